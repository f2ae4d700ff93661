// Which addresses only this machine reaches.
import { isIP } from "node:net";
import { isThisMachineOnly } from "./networks.ts";

/** Tells whether a host that is listened on, or asked, is this machine and nobody else. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || (isIP(bare) !== 0 && isThisMachineOnly([bare]));
}
