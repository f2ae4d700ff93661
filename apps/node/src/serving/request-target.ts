// What a request is addressed to, looked at before any route: one host, named once, and a path of this node. RFC 9112 § 3.2, RFC 9110 § 7.2.
import type { IncomingMessage } from "node:http";
import { NodeError } from "../node-error.ts";

/**
 * Checks whom a request is addressed to. Throws HOST_FOREIGN when it names several hosts, or another in its target than in its Host field:
 * what lies between would believe the one and the node the other. Throws REQUEST_INVALID for a target that is no path.
 */
export function checkTarget({ rawHeaders, url = "" }: IncomingMessage): void {
  const hosts = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "host");
  if (hosts.length > 1) throw new NodeError("HOST_FOREIGN");
  if (url.startsWith("/")) return;
  const authority = /^http:\/\/([^/?#@]+)(?:[/?]|$)/i.exec(url)?.[1];
  if (authority === undefined) throw new NodeError("REQUEST_INVALID");
  if (authority.toLowerCase() !== hosts[0]?.toLowerCase()) throw new NodeError("HOST_FOREIGN");
}

/** Tells whether a Host field names this machine as only a program on it would: a page of another site that found the loopback address names its own. */
export function namesThisMachine(host: string | undefined): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host ?? "");
}
