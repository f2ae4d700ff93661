// The addresses at which others reach a listener of this machine, to be entered at a modality.
import { isIPv4, isIPv6 } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, "address" | "internal">[] | undefined>>;

/** Names the addresses that a listener at `host` has: itself, or for all of a family (`0.0.0.0`, `::`) those of the network. Addresses that are of use on one cable alone are left out. */
export function addressesOf(host: string, interfaces: Interfaces = networkInterfaces()): readonly string[] {
  if (host !== "0.0.0.0" && host !== "::") return [host];
  const outward = Object.values(interfaces)
    .flatMap((all = []) => all)
    .filter(({ internal }) => !internal)
    .map(({ address }) => address);
  const own = outward.filter((address) => (isIPv4(address) ? true : host === "::" && !/^fe[89ab]/i.test(address)));
  return [...new Set(own)].sort((a, b) => Number(isIPv6(a)) - Number(isIPv6(b)));
}

/** Whether only programs of this machine reach a listener at `host`. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}
