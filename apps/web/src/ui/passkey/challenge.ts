// A statement id as a challenge. docs/formats/keys.md § WebAuthn.
import { fromHex, toBase64Url } from "@fiducial/core";

/** The challenge of whoever signs a statement with this id (64 hex digits), base64url. */
export function challengeOf(statementId: string): string {
  return toBase64Url(fromHex(statementId) ?? new Uint8Array());
}
