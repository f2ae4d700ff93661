import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatUtcTime, parseEntry } from "@fiducial/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type NodeOptions, type OpenNode, openNode } from "../compose.ts";
import { personaSubject, personas } from "../demo-issuer/personas.ts";
import { restore } from "../operations/restore.ts";
import { health } from "../routes/health.ts";
import { demoFilesFolder } from "./demo-files.ts";
import { type DemonstrationOptions, demoFolder, isDemoWaiting, openDemonstration } from "./demonstration.ts";
import { storyOf } from "./story.ts";

const nowMs = Date.UTC(2026, 0, 15, 12, 20, 30);
const beginsMs = Date.UTC(2026, 0, 1, 12, 20, 30);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "demo-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const optionsOf = (name: string, options: Partial<NodeOptions>): NodeOptions => ({
  ...{ data: join(folder, name), keys: join(folder, `${name}-keys`), create: true, nowMs: () => nowMs },
  ...options,
});

async function within<Result>(
  opening: Promise<OpenNode>,
  work: (node: OpenNode) => Result | Promise<Result>,
): Promise<Result> {
  const node = await opening;
  try {
    return await work(node);
  } finally {
    await node.close();
  }
}

const demonstration = (name: string, how: DemonstrationOptions = {}, options: Partial<NodeOptions> = demoFolder) =>
  openDemonstration(optionsOf(name, options), how);

function entriesOf({ store }: OpenNode) {
  return store.entries(0, store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
}

/** What of a story's entries is the same whenever it is told: everything but handles, keys and what is sealed under them. */
function outlineOf(node: OpenNode): string[] {
  return entriesOf(node).map(({ recordedAt, findings, statement: { content } }) =>
    JSON.stringify([recordedAt, content.occurredAt, content.kind, findings, content.open["result"] ?? null]),
  );
}

let outline: string[];

test("the story of an empty folder is told once, within its fortnight, by people who are found again when they sign in, and the audit passes", async () => {
  const steps: string[] = [];
  const told = await within(
    demonstration("whole", { progress: (done, total) => steps.push(`${done}/${total}`) }),
    async (node) => {
      expect([isDemoWaiting(node), health(node).demo]).toEqual([false, true]);
      const entries = entriesOf(node);
      const times = entries.map(({ recordedAt }) => recordedAt);
      expect(times.filter((time) => time < formatUtcTime(beginsMs) || time > formatUtcTime(nowMs))).toEqual([]);
      expect(entries.flatMap(({ findings }) => findings)).not.toContain("RECORDED_AFTERWARDS");
      for (const { id, name, role } of personas)
        await node.operations.people.admit({ subject: personaSubject(id), name, roles: [role] });
      expect(entriesOf(node)).toHaveLength(entries.length);
      expect(await node.audit()).toMatchObject({ ok: true, size: entries.length });
      outline = outlineOf(node);
      return entries.length;
    },
  );
  expect(steps.at(-1)).toBe(`${steps.length}/${steps.length}`);
  await within(demonstration("whole", {}, { organizationName: "Another Name", nowMs: () => nowMs + 1 }), (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, true]);
    expect(entriesOf(node)).toHaveLength(told);
  });
}, 240_000);

test("the story has what its readers come for, and nobody in it who is not said to be invented", async () => {
  await within(demonstration("whole"), async (node) => {
    const findings = entriesOf(node).flatMap(({ findings }) => findings);
    expect(findings).toEqual(expect.arrayContaining(["COPY_ALTERED", "HEADER_CHANGED", "BREAK_GLASS", "READ_REFUSED"]));
    const kinds = new Set(entriesOf(node).map(({ statement }) => statement.content.kind));
    for (const kind of ["study.extended", "study.rejected", "hold.placed", "hold.released", "correction.completed"])
      expect(kinds).toContain(`imaging.${kind}`);
    const studies = node.projection.imaging.studies({ limit: 100 });
    expect(studies.length).toBeGreaterThanOrEqual(25);
    expect(studies.filter(({ device }) => device === null)).toEqual([]);
    for (const { study } of studies) {
      const name = node.vault.nameOf(node.vault.subjectOfStudy(study) ?? "")?.["name"];
      expect(name).toMatch(/^Demo\^Patient \d+$/);
    }
    const people = await node.operations.members.list({ names: true });
    expect(people.map(({ name }) => name)).toEqual(personas.map(({ name }) => name));
    expect(people.filter(({ name = "" }) => !name.endsWith("(demo)"))).toEqual([]);
    const altered = await node.verify(join(demoFilesFolder(node), "altered-copy.dcm"));
    expect([altered.verdict, altered.changedAttributes]).toEqual(["altered", []]);
    const returned = await node.verify(join(demoFilesFolder(node), "header-changed-copy.dcm"));
    expect([returned.verdict, returned.harmless]).toEqual(["header-changed", true]);
  });
});

test("a restored story is not told again, nor promised, whether the backup says that it was told or not", async () => {
  const backup = join(folder, "backup");
  const keys = join(folder, "whole-keys");
  const entries = await within(demonstration("whole"), async (node) => {
    await node.operations.backUp(backup);
    return entriesOf(node).length;
  });
  await restore(backup, { data: join(folder, "restored"), keys });
  for (const isMarked of [true, false]) {
    if (!isMarked) rmSync(join(folder, "restored", "demo-story.json"));
    const told = vi.fn();
    await within(demonstration("restored", { progress: told }, { ...demoFolder, keys }), (node) => {
      expect([isDemoWaiting(node), health(node).demo, entriesOf(node).length]).toEqual([false, true, entries]);
    });
    expect(told).not.toHaveBeenCalled();
  }
});

test("cut off on any day and told again, a story is the same, with nothing twice", async () => {
  for (const last of [1, 6, 13]) {
    const cut = new AbortController();
    const progress = (day: number) => day >= last && cut.abort();
    await within(demonstration("cut", { progress, signal: cut.signal }), (node) => {
      expect(isDemoWaiting(node)).toBe(true);
    });
  }
  await within(demonstration("cut", {}, { nowMs: () => nowMs + 86_400_000 }), (node) => {
    expect(isDemoWaiting(node)).toBe(false);
    expect(outlineOf(node)).toEqual(outline);
  });
}, 240_000);

test("a moment tells two happenings apart, and whatever the weekday is a story has all its parts", () => {
  for (let day = 0; day < 7; day++) {
    const story = storyOf(beginsMs + day * 86_400_000 + day * 3_333_333);
    expect(new Set(story.map(({ atMs }) => atMs)).size).toBe(story.length);
    expect(story).toEqual(storyOf(beginsMs + day * 86_400_000 + day * 3_333_333));
    const does = new Set(story.map(({ deed }) => deed.does));
    expect(does.size).toBe(13);
    const arrivals = story.filter(({ deed }) => deed.does === "objects-arrive");
    expect(arrivals.length).toBeGreaterThanOrEqual(30);
  }
});

test("two demonstrations may have their keys in one place", async () => {
  const keys = join(folder, "whole-keys");
  const cut = new AbortController();
  const how = { progress: () => cut.abort(), signal: cut.signal };
  await within(demonstration("neighbour", how, { ...demoFolder, keys }), (node) => {
    const kinds = entriesOf(node).map(({ statement }) => statement.content.kind);
    // The gateway's, and those of the people who sign.
    expect(kinds.filter((kind) => kind === "identity.key.registered")).toHaveLength(6);
  });
});

test("any other folder is none, even with the demonstration's name, and none becomes one later", async () => {
  await within(demonstration("own", {}, { organizationName: demoFolder.organizationName }), (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, false]);
  });
  await within(demonstration("own"), (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, false]);
    expect(existsSync(demoFilesFolder(node))).toBe(false);
  });
});

test("a demonstration's folder that was made before there were stories has none to tell", async () => {
  await within(openNode(optionsOf("older", demoFolder)), (node) => expect(isDemoWaiting(node)).toBe(false));
  await within(demonstration("older"), (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, true]);
    expect(node.projection.imaging.count()).toBe(0);
  });
});
