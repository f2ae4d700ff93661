// What a page needs to verify a receipt, and the clock around it.
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";

/** Verifies every receipt under the policy and returns the milliseconds that each took. Throws when one does not verify. */
export function timeVerifying(policy: string, receipts: readonly string[]): number[] {
  const trust = parseTrustPolicy(policy);
  return receipts.map((text) => {
    const begun = performance.now();
    if (!verifyReceipt(parseReceipt(text), trust, nobleBackend).ok) throw new Error("A receipt does not verify.");
    return performance.now() - begun;
  });
}
