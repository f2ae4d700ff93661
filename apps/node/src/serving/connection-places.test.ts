// Places for connections: so many of one address, and whoever says nothing goes before whoever comes is refused.
import { get as httpsGet } from "node:https";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { scratchCertificate } from "../scratch/scratch-certificate.ts";
import { serve, soon } from "../scratch/scratch-server.ts";
import { boundedApp } from "./bounded-app.ts";
import { connectionPlaces, type PlacedConnection } from "./connection-places.ts";
import { defaultLimits } from "./limits.ts";

const remote = "192.0.2.1";

function scene(limits: { connections: number; connectionsPerAddress: number }, trustedProxies: readonly string[] = []) {
  const closed: string[] = [];
  const places = connectionPlaces(limits, trustedProxies);
  const of = (name: string, address = remote): PlacedConnection => places.take(address, () => closed.push(name));
  return { closed, of };
}

test("one address has so many; of those that say nothing the longest silent goes", () => {
  const { closed, of } = scene({ connections: 10, connectionsPerAddress: 2 });
  const first = of("first");
  const second = of("second");
  first.began();
  of("third");
  expect(closed).toEqual(["second"]);
  second.left();
  first.ended();
  of("fourth").began();
  expect(closed).toEqual(["second", "third"]);
  of("fifth");
  expect(closed).toEqual(["second", "third", "first"]);
});

test("one address whose connections are all used is refused, and others are not", () => {
  const { closed, of } = scene({ connections: 10, connectionsPerAddress: 2 });
  const held = [of("first"), of("second")];
  for (const one of held) one.began();
  of("third");
  of("mapped", `::ffff:${remote}`);
  expect(closed).toEqual(["third", "mapped"]);
  of("other", "192.0.2.2");
  held[0]?.left();
  of("again");
  expect(closed).toEqual(["third", "mapped"]);
});

test("addresses of one IPv6 network are one, and a declared proxy in it is another", () => {
  const { closed, of } = scene({ connections: 10, connectionsPerAddress: 2 }, ["2001:db8::80"]);
  for (const end of [1, 2, 3]) of(`host ${end}`, `2001:db8::${end}`).began();
  expect(closed).toEqual(["host 3"]);
  of("proxy", "2001:db8::80").began();
  of("neighbour", "2001:db8:0:1::1").began();
  expect(closed).toEqual(["host 3"]);
});

test("when all are taken, a silent one of the address that has most goes first", () => {
  const { closed, of } = scene({ connections: 4, connectionsPerAddress: 3 });
  of("polite", "192.0.2.2");
  for (const name of ["one", "two", "three"]) of(name);
  of("new", "192.0.2.3");
  expect(closed).toEqual(["one"]);
});

test("when all are taken and used, whoever comes is refused", () => {
  const { closed, of } = scene({ connections: 2, connectionsPerAddress: 2 });
  for (const address of ["192.0.2.2", "192.0.2.3"]) of("used", address).began();
  of("new");
  expect(closed).toEqual(["new"]);
});

test.each([
  ["a declared proxy", "192.0.2.1", ["192.0.2.1"], 8],
  ["a declared network of them", "192.0.2.1", ["192.0.2.0/24"], 8],
  ["a declared proxy over both protocols", "::ffff:192.0.2.1", ["192.0.2.1"], 8],
  ["a declared proxy by IPv6", "2001:db8::1", ["2001:db8::/32"], 8],
  ["this machine", "127.0.0.1", [], 6],
  ["this machine by IPv6", "::1", [], 6],
])("%s has more", (_, address, proxies, most) => {
  const { closed, of } = scene({ connections: 8, connectionsPerAddress: 2 }, proxies);
  for (let time = 0; time < most; time++) of("held", address).began();
  expect(closed).toEqual([]);
  of("beyond", address);
  expect(closed).toEqual(["beyond"]);
});

test("those who only hold connections keep nobody out", async () => {
  const { server } = await serve({ connections: 8, connectionsPerAddress: 4 });
  const port = Number(new URL(server.url).port);
  const open = new Set<unknown>();
  for (let time = 0; time < 12; time++) {
    const socket = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.1" });
    onTestFinished(() => void socket.destroy());
    socket
      .resume()
      .on("error", () => {})
      .on("close", () => open.delete(socket));
    await new Promise((resolve) => socket.once("connect", resolve));
    open.add(socket);
    if (time % 2 === 0) socket.write("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  await soon(() => expect(open.size).toBeLessThanOrEqual(6));
  for (let time = 0; time < 12; time++) {
    const one = rawConnection(server.url);
    one.write("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(statusAndCode(await one.answer)).toEqual([200, undefined]);
  }
});

test("over TLS a connection on which something is asked keeps its place, and is one whose place is given back", async () => {
  const { certificate: cert, key } = scratchCertificate();
  const app = boundedApp({ ...defaultLimits, connections: 4 }, { tls: { cert, key } });
  onTestFinished(() => app.close());
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  app.get("/slow", async () => {
    asked.resolve();
    return answer.promise;
  });
  app.get("/quick", () => "quick");
  const port = Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
  const get = (path: string) =>
    new Promise<string>((resolve, reject) => {
      httpsGet({ port, host: "127.0.0.1", path, ca: cert, agent: false }, async (response) =>
        resolve(await text(response)),
      ).on("error", reject);
    });
  const slow = get("/slow");
  await asked.promise;
  for (let time = 0; time < 8; time++) {
    const socket = connect({ port, host: "127.0.0.1" }).on("error", () => {});
    onTestFinished(() => void socket.destroy());
    await new Promise((resolve) => socket.once("connect", resolve));
    expect(await get("/quick")).toBe("quick");
  }
  answer.resolve("slow");
  expect(await slow).toBe("slow");
});
