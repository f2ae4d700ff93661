// Objects that the disk has damaged: a backup and a restored folder list them, and the rest goes on.
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { hospital } from "../scratch/scratch-hospital.ts";
import { restore } from "./restore.ts";

function flip(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.with(0, (bytes[0] as number) ^ 1));
}

/** Three objects, and where a backup has them. */
async function backedUp() {
  const { scratch, node } = await hospital();
  const to = join(scratch.folder, "backup");
  const [first = "", second = "", third = ""] = node.objects.digests();
  const copyOf = (digest: string) => join(to, "objects", relative(node.objects.folder, node.objects.pathOf(digest)));
  return { scratch, node, to, first, second, third, copyOf };
}

/** Makes a folder of an object's file, which nobody can read, not even root. */
function unreadable(node: OpenNode, digest: string): void {
  rmSync(node.objects.pathOf(digest));
  mkdirSync(node.objects.pathOf(digest));
}

test("a damaged object of the store is listed and copied as it is, and copied anew when it was mended", async () => {
  const { node, to, first, second, copyOf } = await backedUp();
  const whole = readFileSync(node.objects.pathOf(first));
  flip(node.objects.pathOf(first));
  truncateSync(node.objects.pathOf(second), 100);
  const damaged = [first, second].map((object) => ({ object, code: "OBJECT_DIFFERS" }));
  expect(await node.operations.backUp(to)).toMatchObject({ objects: 6, copied: 6, damaged });
  expect(readFileSync(copyOf(first))).toEqual(readFileSync(node.objects.pathOf(first)));
  // Not taken over from the earlier backup, however often it is made.
  expect(await node.operations.backUp(to)).toMatchObject({ objects: 6, copied: 2, damaged });
  writeFileSync(node.objects.pathOf(first), whole);
  expect(await node.operations.backUp(to)).toMatchObject({ objects: 6, copied: 2, damaged: damaged.slice(1) });
  expect(readFileSync(copyOf(first))).toEqual(whole);
});

test("an object that cannot be read is listed and left out", async () => {
  const { scratch, node, to, first, copyOf } = await backedUp();
  unreadable(node, first);
  const damaged = [{ object: first, code: "PATH_UNREADABLE" }];
  expect(await node.operations.backUp(to)).toMatchObject({ objects: 5, copied: 5, damaged });
  expect(() => readFileSync(copyOf(first))).toThrow(expect.objectContaining({ code: "ENOENT" }));
  const restored = await restore(to, { data: `${scratch.data}-2`, keys: scratch.keys });
  expect(restored).toMatchObject({ keys: "whole", damaged: [] });
});

test("a whole object of the earlier backup is not given up for a store's that the disk has cut short", async () => {
  const { node, to, first, copyOf } = await backedUp();
  const whole = readFileSync(node.objects.pathOf(first));
  await node.operations.backUp(to);
  truncateSync(node.objects.pathOf(first), 100);
  const damaged = [{ object: first, code: "OBJECT_DIFFERS" }];
  for (const check of [false, true, false])
    expect(await node.operations.backUp(to, { check })).toMatchObject({ objects: 6, copied: 0, damaged });
  expect(readFileSync(copyOf(first))).toEqual(whole);
});

test("a damaged object of the earlier backup is copied anew when that is read again", async () => {
  const { node, to, first, second, copyOf } = await backedUp();
  await node.operations.backUp(to);
  flip(copyOf(first));
  truncateSync(copyOf(second), 100);
  // Its length tells without reading; of the other nothing is known.
  expect(await node.operations.backUp(to)).toMatchObject({ copied: 1, damaged: [] });
  expect(await node.operations.backUp(to, { check: true })).toMatchObject({ copied: 1, damaged: [] });
  for (const digest of [first, second])
    expect(readFileSync(copyOf(digest))).toEqual(readFileSync(node.objects.pathOf(digest)));
});

test("a restored folder lists what is damaged in the backup, and has the rest", async () => {
  const { scratch, node, to, first, second, third, copyOf } = await backedUp();
  await node.operations.backUp(to);
  const { origin } = node.identity;
  await scratch.close();
  flip(copyOf(second));
  rmSync(copyOf(third));
  mkdirSync(copyOf(third));
  // A folder is no object: fewer than there should be make no whole backup.
  await expect(restore(to, { data: `${scratch.data}-2` })).rejects.toMatchObject({ code: "BACKUP_UNREADABLE" });
  rmSync(copyOf(third), { recursive: true });
  writeFileSync(copyOf(third), "");
  const restored = await restore(to, { data: `${scratch.data}-2`, keys: scratch.keys });
  expect(restored).toMatchObject({ origin, keys: "whole" });
  expect(restored.damaged).toEqual([second, third].map((object) => ({ object, code: "OBJECT_DIFFERS" })));
  const place = join(`${scratch.data}-2`, "objects", relative(join(to, "objects"), copyOf(first)));
  expect(readFileSync(place)).toEqual(readFileSync(copyOf(first)));
});
