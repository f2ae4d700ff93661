import { expect, test } from "vitest";
import { addressGroup } from "./address-group.ts";

test.each([
  ["addresses of one IPv6 network", "2001:db8:1:2::1", "2001:DB8:1:2:ffff::9", true],
  ["neighbouring IPv6 networks", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["an IPv4 address, mapped", "192.0.2.1", "::ffff:192.0.2.1", true],
  ["an IPv4 address, mapped and written otherwise", "192.0.2.1", "::ffff:c000:201", true],
  ["two IPv4 addresses", "192.0.2.1", "192.0.2.2", false],
  ["two mapped ones", "::ffff:192.0.2.1", "::ffff:192.0.2.2", false],
  ["two of one link", "fe80::1%eth0", "fe80::2%eth0", false],
  ["one of a link, twice", "fe80::1%eth0", "fe80:0::1%eth0", true],
  ["this machine and an address like none", "::1", "::", true],
  ["an IPv4 address and the network of zeros", "192.0.2.1", "::c000:201", false],
])("%s", (_, one, other, areOne) => {
  expect(addressGroup(one) === addressGroup(other)).toBe(areOne);
});

test("what is no address stands for itself", () => {
  expect(["", "pipe", "1.2.3"].map(addressGroup)).toEqual(["", "pipe", "1.2.3"]);
});
