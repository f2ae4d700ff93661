// From where a request came, coarsely: addresses lead to people and homes, and are not kept. RFC 1918, RFC 4193, RFC 6598.
import { BlockList, isIP } from "node:net";

/** As far away as an address can be told to be. */
export type Network = "this-machine" | "inside" | "outside";

const own = new BlockList();
own.addSubnet("127.0.0.0", 8, "ipv4");
own.addAddress("::1", "ipv6");

const inside = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
] as const)
  inside.addSubnet(network, prefix, "ipv4");
inside.addSubnet("fc00::", 7, "ipv6");
inside.addSubnet("fe80::", 10, "ipv6");

/** Tells whether an IP address is this machine's, of a private network, or of the internet. IPv4 addresses may be mapped. */
export function networkOf(address: string): Network {
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  if (isIP(address) === 0) return "outside";
  if (own.check(address, family)) return "this-machine";
  return inside.check(address, family) ? "inside" : "outside";
}
