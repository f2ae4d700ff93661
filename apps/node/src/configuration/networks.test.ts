// How much of the internet is named, whatever the spelling.
import { expect, test } from "vitest";
import { isLoopback } from "./addresses.ts";
import { isMostOfInternet, isThisMachineOnly } from "./networks.ts";

test.each([
  ["0.0.0.0/0"],
  ["::/0"],
  ["::ffff:0:0/96"],
  ["::ffff:0.0.0.0/96"],
  ["0.0.0.0/1", "128.0.0.0/1"],
  ["::/1", "8000::/1"],
  ["128.0.0.0/1"],
  ["8.0.0.0/7"],
  ["8.0.0.0/8", "9.0.0.0/32"],
  ["2000::/3"],
  ["2001::/16", "2002::/128"],
  ["::/80"],
  Array.from({ length: 4 }, (_, at) => `${at * 64}.0.0.0/2`),
])("%s %s: most of it", (...networks) => {
  expect(isMostOfInternet(networks)).toBe(true);
});

test.each([
  [],
  ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"],
  ["fc00::/7", "fe80::/10", "::1"],
  ["::ffff:10.0.0.0/104"],
  ["8.0.0.0/8"],
  ["8.0.0.0/9", "8.128.0.0/9", "8.1.2.3", "8.0.0.0/8"],
  ["2001::/16", "2001:db8::1"],
  ["192.0.2.1", "2001:db8::/32", "::ffff:192.0.2.7"],
  ["0.0.0.0"],
])("%s %s: not", (...networks) => {
  expect(isMostOfInternet(networks)).toBe(false);
});

test("this machine is named by any address of it, and by nothing that is none", () => {
  expect(isThisMachineOnly(["127.0.0.1", "127.0.0.0/8", "::1", "::ffff:127.0.0.1", "::ffff:127.0.0.0/104"])).toBe(true);
  for (const other of ["126.0.0.0/7", "::/127", "10.0.0.1", "::2"])
    expect([other, isThisMachineOnly(["::1", other])]).toEqual([other, false]);
  for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"])
    expect([host, isLoopback(host)]).toEqual([host, true]);
  for (const host of ["127.999.1.1", "127.0.0.1.example", "127.1", "0.0.0.0", "::", "localhost.example", "128.0.0.1"])
    expect([host, isLoopback(host)]).toEqual([host, false]);
});
