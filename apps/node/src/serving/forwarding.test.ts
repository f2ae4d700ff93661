// Whose address is taken from X-Forwarded-For: the one that a declared proxy added, whatever a client wrote before it. RFC 7239 § 5.2.
import type { InjectOptions } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { boundedApp } from "./bounded-app.ts";
import { defaultLimits } from "./limits.ts";

const edge = "10.0.0.1";
const inner = "10.0.0.2";
const declared = [edge, inner, "2001:db8:1::/48"];
const client = "203.0.113.9";

async function seen(remoteAddress: string, forwardedFor: string | string[], trustedProxies = declared) {
  const app = boundedApp(defaultLimits, { trustedProxies });
  onTestFinished(() => app.close());
  app.get("/seen", ({ ip }) => ip);
  const headers = { host: "localhost", "x-forwarded-for": forwardedFor } as NonNullable<InjectOptions["headers"]>;
  return (await app.inject({ url: "/seen", remoteAddress, headers })).body;
}

test.each([
  ["one proxy, nothing before it", edge, client, client],
  ["one proxy, after what the client wrote", edge, `127.0.0.1, ${client}`, client],
  ["two proxies, each adding whom it saw", inner, `${client}, ${edge}`, client],
  ["two proxies, after what the client wrote", inner, `198.51.100.1, 127.0.0.1, ${client}, ${edge}`, client],
  ["a client that writes the proxies themselves", inner, `198.51.100.1, ${edge}, ${client}, ${edge}`, client],
  ["a proxy by IPv6", "2001:db8:1::7", `127.0.0.1, ${client}, ${edge}`, client],
  ["a proxy by IPv4 within IPv6", `::ffff:${inner}`, `127.0.0.1, ${client}, ::ffff:${edge}`, client],
  ["a client that writes what is no address", edge, `unknown, ;drop, ${client}`, client],
  ["a client by IPv6", edge, "127.0.0.1, 2001:db8:2::9", "2001:db8:2::9"],
  ["a proxy of the other network, which nobody declared", inner, `127.0.0.1, ${client}, 10.0.0.3`, "10.0.0.3"],
  ["a proxy that adds a line of its own", inner, ["127.0.0.1", client, edge], client],
  ["nobody but declared proxies: the one that is furthest", inner, edge, edge],
])("%s", async (_, from, forwardedFor, address) => {
  expect(await seen(from, forwardedFor)).toBe(address);
});

test.each(["10.0.0.3", client, "127.0.0.1"])("whoever is not declared is believed nothing: %s", async (from) => {
  expect(await seen(from, `127.0.0.1, ${edge}`)).toBe(from);
  expect(await seen(from, edge, [])).toBe(from);
});
