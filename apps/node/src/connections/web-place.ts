// Where a system that is asked by HTTP is: the host, port and TLS of its address.
import type { SystemPlace } from "./connection-standing.ts";

/** Reads an address with a scheme of http or https, as the configuration has it. Throws TypeError for what is none. */
export function webPlace(address: string): SystemPlace {
  const { hostname, port, protocol } = new URL(address);
  const tls = protocol === "https:";
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? (tls ? 443 : 80) : Number(port), tls };
}
