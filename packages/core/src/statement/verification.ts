// One signature of a statement: over its pre-authentication encoding, or, for a passkey, over its id in an assertion. DESIGN § 5.
import { fromHex } from "../encoding/bytes.ts";
import type { PublicKey } from "../signature/public-key.ts";
import { type SignatureBackend, verifySignature } from "../signature/verification.ts";
import { verifyAssertion } from "../signature/webauthn.ts";
import type { Statement } from "./envelope.ts";

/** Tells whether signature `index` of the statement is this key's. Never throws. */
export function verifyStatementSignature(
  backend: SignatureBackend,
  statement: Pick<Statement, "id" | "signed" | "signatures">,
  index: number,
  key: PublicKey,
): boolean {
  const signature = statement.signatures[index];
  if (signature === undefined) return false;
  const { sig, webauthn } = signature;
  if (webauthn === undefined) return verifySignature(backend, key, statement.signed, sig);
  return (
    verifyAssertion(backend, key, fromHex(statement.id) as Uint8Array, { ...webauthn, signature: sig }) === undefined
  );
}
