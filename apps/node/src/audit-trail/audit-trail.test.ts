// The audit trail: every event reaches every receiver at least once, in order, and nobody who tells waits. RFC 5424, RFC 5425, RFC 6587.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { silentLog } from "../logging/log.ts";
import { awayReceiver } from "../scratch/away-receiver.ts";
import { searchFor } from "../scratch/identifier-search.ts";
import { scratchCertificate, writeCertificate } from "../scratch/scratch-certificate.ts";
import { startScratch } from "../scratch/scratch-configuration.ts";
import { member, scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { operatorOf, soon } from "../scratch/scratch-server.ts";
import { openAuditTrail } from "./audit-trail.ts";
import { fileReceiver } from "./file-receiver.ts";
import type { Receiver } from "./receiver.ts";
import type { SecurityEvent } from "./security-event.ts";
import { type SyslogOptions, syslogReceiver } from "./syslog-receiver.ts";

const source = { origin: "fiducial.local/0123456789abcdef", organization: "0".repeat(32) };

/** A SIEM that takes framed syslog; tells what it got, and can be cut off. */
async function siem(made: (listener: (socket: Socket) => void) => Server, port = 0) {
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  const server = made((socket) => {
    sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (let space = pending.indexOf(" "); space > 0; space = pending.indexOf(" ")) {
        const length = Number(pending.toString("latin1", 0, space));
        if (pending.length < space + 1 + length) break;
        messages.push(pending.toString("utf8", space + 1, space + 1 + length));
        pending = pending.subarray(space + 1 + length);
      }
    });
  }).listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  onTestFinished(cut);
  return { messages, cut, port: (server.address() as { port: number }).port };
}

function trailTo(receivers: readonly Receiver[], folder: string, options: { readonly mostBytes?: number } = {}) {
  const trail = openAuditTrail({
    ...options,
    path: join(folder, "audit-trail.db"),
    receivers,
    log: silentLog,
    retryMs: 20,
    lookMs: 20,
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await trail.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...trail, close };
}

const syslog = (port: number, options: Partial<SyslogOptions> = {}) =>
  syslogReceiver(
    { host: "127.0.0.1", port, tls: false, format: "json", holdMs: 50, patienceMs: 2000, ...options },
    source,
  );
const eventsIn = (messages: readonly string[]) =>
  messages.map((message) => JSON.parse(message.slice(message.indexOf("\ufeff") + 1)) as SecurityEvent);

describe("a SIEM over syslog", () => {
  test("gets each event in order, framed, as RFC 5424 has it", async () => {
    const { folder } = scratchNode();
    const { messages, port } = await siem(createTcpServer);
    const trail = trailTo([syslog(port, { format: "dicom" })], folder);
    for (let at = 0; at < 450; at++) trail.tell("LOG_AUDITED", { index: at });
    await soon(() => expect(messages).toHaveLength(450));
    expect(messages[0]).toMatch(/^<85>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ fiducial \d+ DICOM\+RFC3881 - \ufeff<\?xml /);
    await soon(() => expect(trail.waiting()).toBe(0));
  });

  test("over TLS is believed only with a certificate of the roots that are named", async () => {
    const { folder } = scratchNode();
    const paths = { certificate: join(folder, "siem.pem"), key: join(folder, "siem.key") };
    const certificate = scratchCertificate();
    writeCertificate(paths, certificate);
    const { messages, port } = await siem((listener) =>
      createTlsServer({ cert: certificate.certificate, key: certificate.key }, listener),
    );
    const wrong = trailTo([syslog(port, { tls: true })], folder);
    wrong.tell("NODE_STARTED");
    await soon(() => expect(wrong.waiting()).toBe(1));
    await wrong.close();
    expect(messages).toEqual([]);
    const right = trailTo([syslog(port, { tls: true, host: "localhost", ca: paths.certificate })], folder);
    right.tell("NODE_STOPPED");
    await soon(() => expect(eventsIn(messages).map(({ event }) => event)).toEqual(["NODE_STARTED", "NODE_STOPPED"]));
  });

  test("that is away, or is cut off, gets everything when it is back: at least once, in order", async () => {
    const { folder } = scratchNode();
    const first = await siem(createTcpServer);
    const trail = trailTo([syslog(first.port, { holdMs: 300 })], folder);
    for (let at = 0; at < 5; at++) trail.tell("LOG_AUDITED", { index: at });
    await soon(() => expect(first.messages.length).toBe(5));
    // Cut off before it counts as taken.
    await first.cut();
    for (let at = 5; at < 10; at++) trail.tell("LOG_AUDITED", { index: at });
    await soon(() => expect(trail.waiting()).toBe(10));
    const second = await siem(createTcpServer, first.port);
    await soon(() => expect(trail.waiting()).toBe(0));
    const places = eventsIn(second.messages).map(({ index }) => index);
    expect([...new Set(places)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("gets after a restart what was told before it", async () => {
    const { folder } = scratchNode();
    const before = trailTo([syslog(1)], folder);
    before.tell("NODE_STARTED");
    await before.close();
    const { messages, port } = await siem(createTcpServer);
    trailTo([syslog(port)], folder);
    await soon(() => expect(eventsIn(messages).map(({ event }) => event)).toEqual(["NODE_STARTED"]));
  });

  test("that takes connections and reads nothing holds nobody up", async () => {
    const { folder } = scratchNode();
    const deaf = createTcpServer({ pauseOnConnect: true }, () => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => deaf.once("listening", resolve));
    onTestFinished(() => void deaf.close());
    const trail = trailTo([syslog((deaf.address() as { port: number }).port, { patienceMs: 100 })], folder);
    const begun = performance.now();
    for (let at = 0; at < 20_000; at++) trail.tell("LOG_AUDITED", { index: at });
    expect(performance.now() - begun).toBeLessThan(2000);
    await trail.close();
  });
});

test("each receiver has a place of its own, and what all have goes", async () => {
  const { folder } = scratchNode();
  mkdirSync(join(folder, "out"));
  const file = join(folder, "out", "events");
  const stuck: Receiver = {
    name: "stuck",
    deliver: () => Promise.reject(new Error("no")),
    handed: () => 0,
    close: () => {},
  };
  const both = trailTo([fileReceiver(file), stuck], folder);
  both.tell("NODE_STARTED");
  await soon(() => expect(readFileSync(file, "utf8").split("\n")).toHaveLength(2));
  expect(both.waiting()).toBe(1);
  await both.close();
  const one = trailTo([fileReceiver(file)], folder);
  one.tell("NODE_STOPPED");
  await soon(() => expect(one.waiting()).toBe(0));
  expect(
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as SecurityEvent).event),
  ).toEqual(["NODE_STARTED", "NODE_STOPPED"]);
});

test("what waits is bounded: refusals go first, the oldest of them, and how many went is told", async () => {
  const { folder } = scratchNode();
  const away = awayReceiver();
  const trail = trailTo([away.receiver], folder, { mostBytes: 50_000 });
  trail.tell("SIGNED_IN", { actor: { type: "person" } });
  trail.tell("OBJECTS_ACCESSED", { index: 7 });
  const refusals = 3000;
  for (let at = 0; at < refusals; at++) {
    trail.tell("REQUEST_REFUSED", { outcome: "refused", code: "NOT_SIGNED_IN", count: at });
    if (at % 100 === 99) await new Promise(setImmediate);
  }
  await soon(() => expect(trail.dropped()).toBeGreaterThan(2000));
  expect(trail.waiting()).toBeLessThan(500);
  away.comeBack();
  await soon(() => expect(trail.waiting()).toBe(0));
  const of = (name: string) => away.taken().filter(({ event }) => event === name);
  expect([of("SIGNED_IN"), of("OBJECTS_ACCESSED")].map(({ length }) => length)).toEqual([1, 1]);
  const dropped = of("EVENTS_DROPPED").reduce((sum, { count = 0 }) => sum + count, 0);
  expect(dropped + of("REQUEST_REFUSED").length).toBe(refusals);
  expect(of("REQUEST_REFUSED").at(-1)).toMatchObject({ count: refusals - 1 });
  expect(trail.dropped()).toBe(0);
});

test("how many went is known after a restart, and a journal of an earlier version is kept on", async () => {
  const { folder } = scratchNode();
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, "audit-trail.db"));
  database.exec("CREATE TABLE event (place INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT");
  database.prepare("INSERT INTO event (json) VALUES (?)").run(JSON.stringify({ event: "NODE_STARTED" }));
  database.close();
  const before = trailTo([awayReceiver().receiver], folder, { mostBytes: 20_000 });
  for (let at = 0; at < 1000; at++) {
    before.tell("REQUEST_REFUSED", { outcome: "refused" });
    if (at % 100 === 99) await new Promise(setImmediate);
  }
  await soon(() => expect(before.dropped()).toBeGreaterThan(500));
  const dropped = before.dropped();
  await before.close();
  const away = awayReceiver();
  const after = trailTo([away.receiver], folder, { mostBytes: 20_000 });
  expect(after.dropped()).toBe(dropped);
  away.comeBack();
  await soon(() => expect(after.waiting()).toBe(0));
  expect(away.taken().map(({ event }) => event)).toContain("NODE_STARTED");
});

test("without receivers nothing is kept, and listeners hear all the same", () => {
  const { folder } = scratchNode();
  mkdirSync(folder, { recursive: true });
  const trail = trailTo([], folder);
  const heard: string[] = [];
  const stop = trail.onEvent(({ event }) => void heard.push(event));
  trail.tell("SIGNED_IN");
  stop();
  trail.tell("SIGNED_OUT");
  expect(heard).toEqual(["SIGNED_IN"]);
  expect(existsSync(join(folder, "audit-trail.db"))).toBe(false);
});

test("a node tells of its start and stop, refusals, acts, registrations and audits, and of no patient", async () => {
  const scratch = scratchNode();
  const file = join(scratch.folder, "events");
  const { server, node, stop } = await startScratch([`siem.file=${file}`], {}, scratch);
  const identifiers = ["PAT-4711-X", "DOE^JANE", "ACC-0815-Y", "1.2.826.0.1.3680043.9.9999.7"];
  const [patientId = "", patientName = "", accession = "", studyUid = ""] = identifiers;
  await takeIn(scratch, node, { patientId, patientName, accession, studyUid, objects: 1 });
  await member(scratch, node, "Dora Keeper", "auditor");
  await fetch(`${server.url}/api/v1/studies/${patientName}?x=${patientId}`);
  const { client, request } = operatorOf(server);
  await (await request("/api/v1/audits", { method: "POST" })).text();
  const { entries } = await client.entries({ kind: "identity.role.granted", limit: 1 });
  await stop();
  const text = readFileSync(file, "utf8");
  const told = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as SecurityEvent);
  expect(new Set(told.map(({ event }) => event))).toEqual(
    new Set([
      "NODE_STARTED",
      "CONFIGURATION_READ",
      "LOG_CHANGED",
      "OBJECTS_REGISTERED",
      "MEMBER_CHANGED",
      "ROLES_CHANGED",
      "REQUEST_REFUSED",
      "LOG_AUDITED",
      "NODE_STOPPED",
    ]),
  );
  expect(told.find(({ event }) => event === "REQUEST_REFUSED")).toMatchObject({
    route: "/api/v1/studies/:study",
    code: "NOT_SIGNED_IN",
    outcome: "refused",
    address: "127.0.0.1",
  });
  expect(told.find(({ event }) => event === "ROLES_CHANGED")).toMatchObject({
    kind: "identity.role.granted",
    index: entries[0]?.index,
    statementId: entries[0]?.id,
  });
  expect(searchFor([...identifiers, "Dora Keeper"])(Buffer.from(text))).toEqual([]);
});
