// Objects that the store has lost: a backup lists them and keeps what the earlier one has, and a restored folder lists those that are nowhere.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { traces } from "../scratch/traces.ts";
import { restore } from "./restore.ts";

async function backedUp() {
  const opened = await hospital();
  const { scratch, node } = opened;
  const to = join(scratch.folder, "backup");
  const all = [...node.objects.digests()];
  const copyOf = (digest: string, backup = to) =>
    join(backup, "objects", relative(node.objects.folder, node.objects.pathOf(digest)));
  const lose = (...digests: string[]) => {
    for (const digest of digests) rmSync(node.objects.pathOf(digest));
  };
  const restored = (backup = to) => restore(backup, { data: `${scratch.data}-2`, keys: scratch.keys });
  return { ...opened, to, all, copyOf, lose, restored };
}

test("what the store has lost stays in the backup, however often that is made, and comes back from it", async () => {
  const { node, to, all, copyOf, lose, restored } = await backedUp();
  await node.operations.backUp(to);
  lose(...all);
  const damaged = all.map((object) => ({ object, code: "OBJECT_MISSING", inBackup: "whole" }));
  for (const check of [false, true, false]) {
    const progress = vi.fn();
    const made = await node.operations.backUp(to, { check, progress });
    expect(made).toMatchObject({ objects: 6, copied: 0 });
    expect(made.damaged).toEqual(damaged);
    expect(progress).toHaveBeenLastCalledWith(6, 6);
  }
  for (const object of all) expect(existsSync(copyOf(object))).toBe(true);
  expect(await restored()).toMatchObject({ keys: "whole", damaged: [] });
});

test("what neither store nor backup has is listed when the backup is made, and when it is restored", async () => {
  const { node, to, all, lose, restored } = await backedUp();
  const [first = ""] = all;
  lose(first);
  const damaged = [{ object: first, code: "OBJECT_MISSING" }];
  const made = await node.operations.backUp(to);
  expect(made).toMatchObject({ objects: 5, copied: 5 });
  expect(made.damaged).toEqual(damaged);
  const brought = await restored();
  expect(brought.damaged).toEqual(damaged);
  expect(brought.keys).toBe("whole");
});

test("what the backup has of a lost object is told to be damaged, and kept all the same, until the original is taken in", async () => {
  const { scratch, node, to, all, copyOf, lose, restored } = await backedUp();
  const [first = ""] = all;
  const original = join(scratch.folder, "original.dcm");
  linkSync(node.objects.pathOf(first), original);
  await node.operations.backUp(to);
  lose(first);
  const bytes = readFileSync(copyOf(first));
  writeFileSync(copyOf(first), bytes.with(0, (bytes[0] as number) ^ 1));
  for (const _ of [1, 2])
    expect((await node.operations.backUp(to)).damaged).toEqual([
      { object: first, code: "OBJECT_MISSING", inBackup: "damaged" },
    ]);
  expect((await restored()).damaged).toEqual([{ object: first, code: "OBJECT_DIFFERS" }]);
  await node.ingest([original]);
  expect(await node.operations.backUp(to)).toMatchObject({ objects: 6, copied: 1, damaged: [] });
  expect(readFileSync(copyOf(first))).toEqual(bytes);
});

test("a backup drops what was erased, and what was never registered, beside what was lost", async () => {
  const { node, to, all, copyOf, lose, approvers, subject } = await backedUp();
  await node.operations.backUp(to);
  const stray = "ab".repeat(32);
  mkdirSync(dirname(copyOf(stray)), { recursive: true });
  writeFileSync(copyOf(stray), "nobody's");
  await node.operations.forget(subject, approvers);
  const left = [...node.objects.digests()];
  const [lost = ""] = left;
  lose(lost);
  const made = await node.operations.backUp(to);
  expect(made).toMatchObject({ objects: 3, copied: 0 });
  expect(made.damaged).toEqual([{ object: lost, code: "OBJECT_MISSING", inBackup: "whole" }]);
  expect(all.filter((object) => existsSync(copyOf(object)))).toEqual(left);
  expect(existsSync(copyOf(stray))).toBe(false);
  expect(traces(to, ofBerg)).toEqual([]);
});

test("a vault that cannot be read gives nothing in the earlier backup up", async () => {
  const { scratch, node, to, all, copyOf, lose } = await backedUp();
  await node.operations.backUp(to);
  await scratch.close();
  lose(...all);
  const database = new DatabaseSync(join(scratch.data, "vault.db"));
  database.exec("UPDATE part SET content = zeroblob(99)");
  database.close();
  const again = await scratch.open({ create: false });
  expect(await again.operations.backUp(to)).toMatchObject({ objects: 6, copied: 0 });
  for (const object of all) expect(existsSync(copyOf(object))).toBe(true);
});
