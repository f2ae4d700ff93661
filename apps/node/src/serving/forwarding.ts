// Whether a request says of itself that somebody passed it on. RFC 7239, RFC 9110 § 7.6.3.
import type { IncomingHttpHeaders } from "node:http";

/** Tells whether a request says that it was forwarded: then whoever asked is not known to be at this machine. Not every proxy says so. */
export function saysForwarded(headers: IncomingHttpHeaders): boolean {
  return Object.keys(headers).some((name) => fields.includes(name) || name.startsWith("x-forwarded-"));
}

const fields = ["forwarded", "via", "x-real-ip"];
