// Whether somebody at this machine asks: the demonstration lets in nobody else. A proxy on this machine asks at loopback for its whole network, and may say nothing of it.
import type { FastifyRequest } from "fastify";
import { networkOf } from "../access/network.ts";
import { saysForwarded } from "../serving/forwarding.ts";

/** What of a request tells from where it came. */
export type Came = Pick<FastifyRequest, "headers"> & {
  readonly raw: Pick<FastifyRequest["raw"], "httpVersion">;
  readonly socket: Pick<FastifyRequest["socket"], "remoteAddress">;
};

/** Tells whether nothing speaks against it that a browser at this machine sent a request; that its host is a name of this machine is another's to look at. */
export function maySitHere({ headers, raw, socket }: Came): boolean {
  // No browser speaks HTTP/1.0 or less; proxies do that forward nothing and tell nothing unless they are told to.
  return (
    networkOf(socket.remoteAddress ?? "") === "this-machine" &&
    !["0.9", "1.0"].includes(raw.httpVersion) &&
    !saysForwarded(headers)
  );
}

/**
 * Tells whether a form was sent from the node's own page as a browser at this machine sees it. A proxy can write another host into a request; the
 * origin is that of the address at which the browser is.
 */
export function isSentHere({ headers }: Pick<FastifyRequest, "headers">, publicUrl: string): boolean {
  return headers.origin === new URL(publicUrl).origin;
}

/** For pages with such a form: with the usual `no-referrer` a browser says `null` for its origin. Fetch § 3.2, Referrer Policy § 3. */
export const tellsItsOrigin = { "referrer-policy": "same-origin" } as const;
