// A name that stands for several addresses: whoever comes in at any of them is within the same bounds, and sees the same certificate.
import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { scratchCertificate } from "../scratch/scratch-certificate.ts";
import { soon } from "../scratch/scratch-server.ts";
import { boundedApp } from "./bounded-app.ts";
import { defaultLimits } from "./limits.ts";
import { listen } from "./listening.ts";

const both = ["127.0.0.1", "127.0.0.2"] as const;

async function scene(addresses: readonly string[] = both, tls?: { readonly cert: string; readonly key: string }) {
  const app = boundedApp({ ...defaultLimits, connections: 4 }, tls === undefined ? {} : { tls });
  onTestFinished(() => app.close());
  app.get("/seen", ({ ip }) => ip);
  const doors = await listen(app, { host: "localhost", port: 0 }, async () => addresses);
  const { port } = app.server.address() as { port: number };
  return { app, doors, port };
}

function ask(host: string, port: number, agent: Agent | false = false): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host, port, path: "/seen", agent }, (answer) => resolve(text(answer))).on("error", reject);
  });
}

test("it answers at each of them", async () => {
  const { port } = await scene();
  for (const host of both) expect(await ask(host, port)).toBe("127.0.0.1");
});

test("nobody's answer is held back at one of them", async () => {
  const { app, port } = await scene();
  const seen: unknown[] = [];
  app.server.on("connection", (socket: Socket) => {
    const name = Object.getOwnPropertySymbols(socket).find(({ description }) => description === "kSetNoDelay");
    seen.push(name && Reflect.get(socket, name));
  });
  for (const host of both) await ask(host, port);
  expect(seen).toEqual([true, true]);
});

test("those who only hold connections take no more places by coming in at another, and keep nobody out", async () => {
  const { port } = await scene();
  const open = new Set<unknown>();
  for (let time = 0; time < 12; time++) {
    const socket = connect({ port, host: both[time % 2] as string });
    onTestFinished(() => void socket.destroy());
    socket
      .resume()
      .on("error", () => {})
      .on("close", () => open.delete(socket));
    await once(socket, "connect");
    open.add(socket);
  }
  // This machine has three quarters of four.
  await soon(() => expect(open.size).toBeLessThanOrEqual(3));
  for (const host of both) expect(await ask(host, port)).toBe("127.0.0.1");
});

test("a certificate that is renewed is the one at each of them", async () => {
  const [before, after] = [scratchCertificate(), scratchCertificate()];
  const { app, port } = await scene(both, { cert: before.certificate, key: before.key });
  const shown = async (host: string) => {
    const socket = connectTls({ host, port, rejectUnauthorized: false });
    await once(socket, "secureConnect");
    const { raw } = socket.getPeerCertificate();
    socket.destroy();
    return raw;
  };
  const first = await shown(both[0]);
  expect(await shown(both[1])).toEqual(first);
  (app.server as unknown as { setSecureContext(given: object): void }).setSecureContext({
    cert: after.certificate,
    key: after.key,
  });
  const second = await shown(both[0]);
  expect(second).not.toEqual(first);
  expect(await shown(both[1])).toEqual(second);
});

test("closing closes each of them, and whoever is connected and silent holds nothing up", async () => {
  const { app, doors, port } = await scene();
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  for (const host of both) await ask(host, port, agent);
  await app.close();
  await doors.closed();
  for (const host of both) await expect(ask(host, port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("an address that this machine has not is left out; a port that is another program's is told", async () => {
  const { port } = await scene([both[0], "192.0.2.1"]);
  expect(await ask(both[0], port)).toBe("127.0.0.1");
  const taken = createServer().listen(0, both[1]);
  onTestFinished(() => void taken.close());
  await once(taken, "listening");
  const app = boundedApp(defaultLimits);
  onTestFinished(() => app.close());
  const where = { host: "localhost", port: (taken.address() as { port: number }).port };
  await expect(listen(app, where, async () => both)).rejects.toMatchObject({ code: "EADDRINUSE" });
});
