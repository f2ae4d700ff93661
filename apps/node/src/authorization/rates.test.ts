import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { defaultLimits } from "../serving/limits.ts";
import { countRates } from "./rates.ts";

test("whoever has an IPv6 network tries as often as whoever has one address", async () => {
  const app = Fastify({ logger: false });
  onTestFinished(() => app.close());
  const rates = await countRates(app, { ...defaultLimits, signInsPerMinute: 2 });
  app.get("/", async (request) => rates.tried(request).then(() => "let in"));
  app.setErrorHandler((thrown: { code: string }, _, reply) => reply.status(429).send(thrown.code));
  const tried = async (remoteAddress: string) => (await app.inject({ url: "/", remoteAddress })).body;
  const ends = ["1", "2", "3"].map((end) => `2001:db8:0:1::${end}`);
  expect([await tried(ends[0] ?? ""), await tried(ends[1] ?? ""), await tried(ends[2] ?? "")]).toEqual([
    "let in",
    "let in",
    "TOO_MANY_REQUESTS",
  ]);
  expect(await tried("2001:db8:0:2::1")).toBe("let in");
  expect([await tried("192.0.2.1"), await tried("192.0.2.1")]).toEqual(["let in", "let in"]);
  expect([await tried("::ffff:192.0.2.1"), await tried("192.0.2.2")]).toEqual(["TOO_MANY_REQUESTS", "let in"]);
});
