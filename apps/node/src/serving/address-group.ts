// Whose an address is, for limits that count by address: whoever has one IPv6 address has the 2^64 of its network. RFC 4291 § 2.5.4, RFC 6177 § 2.
import { isIP } from "node:net";
import { numberOf } from "../configuration/networks.ts";

/**
 * Names those who are counted together: an IPv4 address, also mapped into IPv6; an IPv6 network of 64 bits. Addresses of one link are counted one
 * by one, since all machines on it share their prefix (RFC 4291 § 2.5.6). What is no address stands for itself.
 */
export function addressGroup(address: string): string {
  const [plain = ""] = address.split("%");
  if (isIP(plain) === 0) return address;
  const number = numberOf(plain);
  if (number >> 32n === 0xffffn) return dotted(number & 0xffff_ffffn);
  return number >> 118n === linkLocal ? number.toString(16) : `${(number >> 64n).toString(16)}/64`;
}

// fe80::/10
const linkLocal = 0x3fan;

function dotted(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((bits) => (number >> bits) & 0xffn).join(".");
}
