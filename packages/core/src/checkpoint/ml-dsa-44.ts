// ML-DSA-44 for cosignatures of other people's witnesses: a door of its own, to be imported when such a key is met. FIPS 204.
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";

/** Tells whether `signature` over `message`, with an empty context, is good under `publicKey`. FIPS 204 § 5.3. */
export function verifyMlDsa44(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const { lengths } = ml_dsa44;
  if (publicKey.length !== lengths.publicKey || signature.length !== lengths.signature) return false;
  return ml_dsa44.verify(signature, message, publicKey);
}
