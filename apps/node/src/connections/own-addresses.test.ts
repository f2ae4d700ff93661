import { expect, test } from "vitest";
import { addressesOf, isLoopback } from "./own-addresses.ts";

const interfaces = {
  lo: [
    { address: "127.0.0.1", internal: true },
    { address: "::1", internal: true },
  ],
  lan: [
    { address: "2001:db8::7", internal: false },
    { address: "fe80::7", internal: false },
    { address: "192.0.2.7", internal: false },
  ],
  gone: undefined,
};

test("a listener at all addresses is reached at those of the network", () => {
  expect(addressesOf("0.0.0.0", interfaces)).toEqual(["192.0.2.7"]);
  expect(addressesOf("::", interfaces)).toEqual(["192.0.2.7", "2001:db8::7"]);
  expect(addressesOf("0.0.0.0", { lo: interfaces.lo })).toEqual([]);
});

test("a listener at one address, or at a name, is reached there", () => {
  expect(addressesOf("192.0.2.9", interfaces)).toEqual(["192.0.2.9"]);
  expect(addressesOf("fiducial.example", interfaces)).toEqual(["fiducial.example"]);
});

test.each([
  ["127.0.0.1", true],
  ["127.8.0.1", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["127.example", false],
  ["192.0.2.7", false],
])("%s is of this machine alone: %s", (host, alone) => {
  expect(isLoopback(host)).toBe(alone);
});
