// How much of the internet a list of networks names, however it is written: halves, overlaps, IPv4 within IPv6. RFC 4632 § 3.1, RFC 4291 § 2.5.5.2, RFC 1918, RFC 4193.
import { isIP } from "node:net";

/** A range of 128-bit addresses, both ends in it; IPv4 as ::ffff:0:0/96. */
interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Tells whether networks (`10.0.0.0/8`) are together more of the internet than one organization has: more than a /8 of IPv4 or a /16 of IPv6,
 * not counting what is private, local or loopback.
 */
export function isMostOfInternet(networks: readonly string[]): boolean {
  const ranges = merged(networks.map(rangeOf));
  const outside = (within: Range) =>
    sizeIn(ranges, within) - local.reduce((sum, one) => sum + shared(ranges, one, within), 0n);
  return outside(ipv4) > 1n << 24n || outside(everything) - outside(ipv4) > 1n << 112n;
}

/** Tells whether networks name addresses of this machine only; so does an empty list. */
export function isThisMachineOnly(networks: readonly string[]): boolean {
  return networks
    .map(rangeOf)
    .every((one) => loopback.some(({ first, last }) => first <= one.first && one.last <= last));
}

const everything = { first: 0n, last: (1n << 128n) - 1n };
const ipv4 = rangeOf("::ffff:0:0/96");
const loopback = ["127.0.0.0/8", "::1"].map(rangeOf);
const local = [
  ...["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"],
  ...["::1", "fc00::/7", "fe80::/10"],
].map(rangeOf);

function rangeOf(network: string): Range {
  const [address = "", prefix] = network.split("/");
  const whole = isIP(address) === 4 ? 32 : 128;
  const free = BigInt(whole - Number(prefix ?? whole));
  const first = (numberOf(address) >> free) << free;
  return { first, last: first + (1n << free) - 1n };
}

/** An address as a number of 128 bits; IPv4 within ::ffff:0:0/96. */
export function numberOf(address: string): bigint {
  if (isIP(address) === 4)
    return 0xffff_0000_0000n + address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  // A URL writes every IPv6 address in groups, also one that ends in dots.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const after = groups(tail ?? "");
  const all = [...groups(head), ...Array<string>(8 - groups(head).length - after.length).fill("0"), ...after];
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const all: Range[] = [];
  for (const one of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = all.at(-1);
    if (before === undefined || one.first > before.last + 1n) all.push(one);
    else if (one.last > before.last) all[all.length - 1] = { first: before.first, last: one.last };
  }
  return all;
}

function shared(ranges: readonly Range[], one: Range, within: Range): bigint {
  return one.first >= within.first && one.last <= within.last ? sizeIn(ranges, one) : 0n;
}

function sizeIn(ranges: readonly Range[], within: Range): bigint {
  return ranges.reduce((sum, { first, last }) => {
    const from = first > within.first ? first : within.first;
    const to = last < within.last ? last : within.last;
    return to < from ? sum : sum + to - from + 1n;
  }, 0n);
}
