// A first start that is killed, again and again: the story that is told in the end has every happening, and none twice.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { formatUtcTime, parseEntry } from "@fiducial/core";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { isDemoWaiting, openDemonstration } from "./demonstration.ts";
import { storyOf } from "./story.ts";

const program = join(import.meta.dirname, "..", "..", "scratch", "demonstration-program.ts");
const nowMs = Date.UTC(2026, 0, 15, 12, 20, 30);
const beginsMs = nowMs - 14 * 86_400_000;

/** After how many milliseconds each start is killed: within the founding, the people, the visits. */
const lives = [700, 900, 1100, 1300, 1700, 2300, 3100, 4100];

test("killed at any moment and started again, a story is told whole and once", async () => {
  const { data, keys } = scratchNode();
  for (const lifeMs of lives) {
    const child = spawn(process.execPath, [program, data, keys, String(nowMs)], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(child, "exit");
    await Promise.race([pause(lifeMs), ended]);
    child.kill("SIGKILL");
    await ended;
  }
  const node = await openDemonstration({ data, keys, create: true, demo: true, nowMs: () => nowMs + 60_000 });
  try {
    expect(isDemoWaiting(node)).toBe(false);
    const entries = node.store.entries(0, node.store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
    // A correction gives notice as well: once for either patient, and for who was sent the study.
    const isNotice = ({ statement }: (typeof entries)[number]) =>
      statement.content.kind === "imaging.correction.notified";
    const parties = entries.filter(isNotice).map(({ statement }) => statement.content.open["party"]);
    expect(parties).toEqual(["subject-from", "subject-to", "holder"]);
    const deeds = entries.filter((entry) => !isNotice(entry));
    const stated = Map.groupBy(deeds, ({ statement }) => statement.content.occurredAt);
    const told = storyOf(beginsMs).filter(({ deed }) => !repeatable.has(deed.does));
    expect(told.filter(({ atMs }) => stated.get(formatUtcTime(atMs))?.length !== 1)).toEqual([]);
    const actors = entries.filter(({ statement }) => statement.content.kind === "identity.actor.registered");
    // Twelve people, four devices, the gateway.
    expect(actors).toHaveLength(17);
    expect(node.projection.identity.actors().flatMap(({ id }) => node.projection.identity.roles(id))).toHaveLength(12);
    expect(await node.audit()).toMatchObject({ ok: true });
  } finally {
    await node.close();
  }
}, 300_000);

const repeatable: ReadonlySet<string> = new Set(["device-installed", "person-joins", "key-given"]);
