// Somebody whom an issuer knows, without saying which issuer and whom. OpenID Connect Core 1.0 § 2 (iss, sub).
import { createHash } from "node:crypto";

/** A handle for somebody whom an issuer knows: the same each time, and nobody else's. */
export function subjectOf(issuer: string, subject: string): string {
  return createHash("sha256")
    .update(JSON.stringify([issuer, subject]))
    .digest("hex")
    .slice(0, 32);
}
