// A disk that takes no events for a while: what waits in memory is bounded, what went is counted and told, and nothing is told twice.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import type { NodeLog } from "../logging/log.ts";
import { awayReceiver } from "../scratch/away-receiver.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { soon } from "../scratch/scratch-server.ts";
import { openAuditTrail } from "./audit-trail.ts";
import type { SecurityEvent } from "./security-event.ts";

/** A trail whose disk can be made to fail, and to work again. */
function scene(mostUnkept: number) {
  const { folder } = scratchNode();
  const path = join(folder, "audit-trail.db");
  const away = awayReceiver();
  const lines: (readonly [string, object | undefined])[] = [];
  const log = { write: (name: string, fields?: object) => void lines.push([name, fields]) } as unknown as NodeLog;
  const open = () => openAuditTrail({ path, receivers: [away.receiver], mostUnkept, log, retryMs: 20, lookMs: 20 });
  const trail = open();
  const disk = new DatabaseSync(path);
  onTestFinished(() => disk.close());
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    ...{ trail, open, away, lines, turn },
    fails: () => disk.exec("CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'no'); END"),
    works: () => disk.exec("DROP TRIGGER no"),
  };
}

test("what went is counted while the disk fails, and told first of all that is told again", async () => {
  const { trail, away, lines, turn, fails, works } = scene(100);
  const heard: SecurityEvent[] = [];
  trail.onEvent((event) => heard.push(event));
  trail.tell("NODE_STARTED");
  await turn();
  fails();
  trail.tell("SIGNED_IN");
  trail.tell("OBJECTS_REGISTERED", { index: 4 });
  const refusals = 250;
  for (let at = 0; at < refusals; at++) {
    trail.tell("REQUEST_REFUSED", { outcome: "refused", count: at });
    await turn();
  }
  const dropped = trail.dropped();
  expect(dropped).toBeGreaterThanOrEqual(refusals + 2 - 100);
  expect(trail.waiting()).toBeLessThanOrEqual(101);
  expect(trail.waiting() + dropped).toBe(refusals + 3);
  expect(lines.map(([name]) => name)).not.toContain("audit-trail.dropped");
  works();
  trail.tell("NODE_STOPPED");
  await turn();
  expect(trail.dropped()).toBe(dropped);
  expect(lines.filter(([name]) => name === "audit-trail.dropped")).toEqual([
    ["audit-trail.dropped", { count: dropped }],
  ]);
  expect(heard.filter(({ event }) => event === "EVENTS_DROPPED")).toMatchObject([
    { outcome: "failed", count: dropped },
  ]);
  away.comeBack();
  await soon(() => expect(trail.waiting()).toBe(0));
  expect(trail.dropped()).toBe(0);
  const told = away.taken();
  expect(told.slice(0, 4)).toMatchObject([
    { event: "NODE_STARTED" },
    { event: "EVENTS_DROPPED", outcome: "failed", count: dropped },
    { event: "SIGNED_IN" },
    { event: "OBJECTS_REGISTERED" },
  ]);
  const counts = told.filter(({ event }) => event === "REQUEST_REFUSED").map(({ count }) => count);
  expect(counts).toEqual(Array.from({ length: refusals - dropped }, (_, at) => at + dropped));
  expect(told.at(-1)).toMatchObject({ event: "NODE_STOPPED" });
  await trail.close();
});

test("how many went is known after a restart, when the disk took that at the end", async () => {
  const { trail, open, away, turn, fails, works } = scene(10);
  fails();
  for (let at = 0; at < 50; at++) {
    trail.tell("REQUEST_REFUSED", { outcome: "refused" });
    await turn();
  }
  const dropped = trail.dropped();
  expect(dropped).toBeGreaterThanOrEqual(40);
  works();
  await trail.close();
  const again = open();
  expect(again.dropped()).toBe(dropped);
  away.comeBack();
  await soon(() => expect(again.waiting()).toBe(0));
  expect(away.taken()[0]).toMatchObject({ event: "EVENTS_DROPPED", count: dropped });
  await again.close();
});

test("a disk that fails for a while and loses nothing leaves nothing to tell", async () => {
  const { trail, away, lines, turn, fails, works } = scene(10);
  fails();
  for (let at = 0; at < 9; at++) trail.tell("REQUEST_REFUSED", { outcome: "refused" });
  await turn();
  works();
  trail.tell("SIGNED_IN");
  away.comeBack();
  await soon(() => expect(away.taken()).toHaveLength(10));
  expect(trail.dropped()).toBe(0);
  expect(lines.map(([name]) => name)).not.toContain("audit-trail.dropped");
  await trail.close();
});
