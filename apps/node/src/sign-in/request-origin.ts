// Whether a page of another site asks in the name of whoever has a cookie here. Fetch Metadata Request Headers, RFC 6454 § 7.
import type { FastifyRequest } from "fastify";

/**
 * Tells whether a page of another site led a browser to this address, or had it asked in the background. Browsers send the session along with a link,
 * and what is read by it would be on record as read by whoever clicked. What a browser says nothing about, or somebody typed, is not from elsewhere.
 */
export function isLedFromElsewhere({ headers }: Pick<FastifyRequest, "headers">): boolean {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/** Tells of a request that changes something whether a page of this very origin sent it; what a browser says nothing about is taken for another's. */
export function isFromElsewhere(
  { method, headers }: Pick<FastifyRequest, "method" | "headers">,
  origin: string,
): boolean {
  if (safeMethods.includes(method)) return false;
  // Pages cannot set this field. Forms of a page that tells no referrer have the origin "null", so this one comes first.
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin !== origin : site !== "same-origin";
}
