// The token with which a collector gets metrics.
import { createHash, timingSafeEqual } from "node:crypto";

/** Tells whether an Authorization field shows the token. Takes as long for a wrong one as for the right one. RFC 6750 § 2.1. */
export function showsToken(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined || token === "") return false;
  const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? "")?.[1] ?? "";
  const [a, b] = [given, token].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(a as Buffer, b as Buffer);
}
