// The algorithms that a folder's policies ask for. ML-DSA-44 is loaded only where one of their keys is of that kind.
import { policyKeys, type SignatureVerifiers, signatureVerifiers } from "@fiducial/core";
import { sodiumBackend } from "@fiducial/ledger";
import { policyFile, witnessedFile, witnessesFile } from "./witness-files.ts";

/** Puts together what verifies signatures on checkpoints for a data folder. Rejects with POLICY_UNREADABLE. */
export async function verifiersFor(folder: string): Promise<SignatureVerifiers> {
  const policies = [witnessesFile, witnessedFile].flatMap((name) => policyFile(folder, name) ?? []);
  const isAsked = policies.flatMap(policyKeys).some(({ type }) => type === "ml-dsa-44-cosignature");
  if (!isAsked) return signatureVerifiers(sodiumBackend);
  const { verifyMlDsa44 } = await import("@fiducial/core/ml-dsa-44");
  return signatureVerifiers(sodiumBackend, verifyMlDsa44);
}
