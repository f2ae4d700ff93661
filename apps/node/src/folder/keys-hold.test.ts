import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noteEnded } from "../logs/ended-origins.ts";
import { checkRecovery, recover } from "../operations/recover.ts";
import { health } from "../routes/health.ts";
import { type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";
import { holdKeys } from "./keys-hold.ts";

const device = (serial: string) => ({ name: `CT ${serial}`, manufacturer: "Maker", model: "M", serial });

/** A node that runs, and a copy of its folder from before its newest entries. */
async function copied(scratch: ScratchNode) {
  await (await scratch.open()).operations.devices.add(device("1"));
  await scratch.close();
  const copy = join(scratch.folder, "copy");
  cpSync(scratch.data, copy, { recursive: true });
  const node = await scratch.open();
  const held = node.store.head().edge.size;
  await node.operations.devices.add(device("2"));
  await node.operations.devices.add(device("3"));
  const { size } = await node.publication.covering(node.store.head().edge.size);
  return { node, copy, held, size, where: { data: copy, keys: scratch.keys } };
}

test("a copy is neither opened nor recovered while a node signs with its keys; whose is told", async () => {
  const scratch = scratchNode();
  const other = scratchNode();
  const { node, copy, held, size, where } = await copied(scratch);
  const inUse = { code: "KEYS_IN_USE", data: { folder: scratch.data } };
  await expect(other.open(where)).rejects.toMatchObject(inUse);
  expect(() => checkRecovery(where)).toThrow(expect.objectContaining({ code: "KEYS_IN_USE" }));
  expect(() => recover(where)).toThrow(expect.objectContaining({ code: "KEYS_IN_USE" }));
  await node.operations.devices.add(device("4"));
  expect(health(node)).toMatchObject({ troubles: [] });

  await scratch.close();
  await expect(other.open(where)).rejects.toMatchObject({ code: "BACKUP_TOO_OLD" });
  const ending = checkRecovery(where);
  expect(ending).toEqual({ reason: "too-old", held, signed: expect.any(Number), lost: ending.signed - held });
  expect(ending.signed).toBeGreaterThan(size);
  // Keys of its own are another matter.
  cpSync(scratch.keys, join(scratch.folder, "drill-keys"), { recursive: true });
  await scratch.open();
  expect(() => checkRecovery({ data: copy, keys: join(scratch.folder, "drill-keys") })).not.toThrow();
});

test("a node whose log was ended where its hold on the keys was not seen signs nothing more, and says so", async () => {
  const scratch = scratchNode();
  const { node } = await copied(scratch);
  const { size } = node.store.head().edge;
  noteEnded(scratch.keys, node.identity.origin, "fiducial.local/successor");
  expect(health(node)).toMatchObject({ status: "degraded", troubles: [{ code: "LOG_ENDED" }] });
  await expect(node.operations.devices.add(device("4"))).rejects.toMatchObject({ code: "LOG_ENDED" });
  expect(node.store.head().edge.size).toBe(size);
  expect(node.publication.latest()?.size).toBe(size);
});

test("what others signed is not taken either, and the log says on what it stopped", async () => {
  const scratch = scratchNode();
  const { node } = await copied(scratch);
  const { size } = node.store.head().edge;
  const entry = node.store.entry(0) as Uint8Array;
  noteEnded(scratch.keys, node.identity.origin, "fiducial.local/successor");
  await expect(node.replica.submit([{ id: "", bytes: entry }])).rejects.toMatchObject({ code: "LOG_ENDED" });
  expect((await node.replica.stopped)?.code).toBe("LOG_ENDED");
  expect(node.store.head().edge.size).toBe(size);
  expect(health(node).troubles).toEqual([{ code: "LOG_ENDED" }]);
});

test("a key that has signed further elsewhere meanwhile signs nothing here", async () => {
  const scratch = scratchNode();
  const { node } = await copied(scratch);
  const mark = join(scratch.keys, "high-water.json");
  const { size } = node.store.head().edge;
  const rootHash = "ab".repeat(32);
  const text = readFileSync(mark, "utf8");
  writeFileSync(mark, text.replace(/"rootHash":"\w+","size":\d+/, `"rootHash":"${rootHash}","size":${size + 9}`));
  const before = node.publication.latest()?.size;
  await node.operations.devices.add(device("4"));
  await expect(node.publication.covering(node.store.head().edge.size)).rejects.toMatchObject({
    code: "BACKUP_TOO_OLD",
  });
  expect(node.publication.latest()?.size).toBe(before);
  expect(readFileSync(mark, "utf8")).toContain(`"size":${size + 9}`);
});

test("a node whose folder of keys is gone does not get an empty one", async () => {
  const scratch = scratchNode();
  await scratch.open();
  await scratch.close();
  rmSync(scratch.keys, { recursive: true });
  await expect(scratch.open()).rejects.toMatchObject({ code: "KEYS_MISSING" });
});

test("a folder of keys that is none, or cannot be locked, is told as such", async () => {
  const scratch = scratchNode();
  writeFileSync(scratch.keys, "");
  await expect(scratch.open()).rejects.toMatchObject({ code: "KEYS_NOT_WRITABLE" });
  rmSync(scratch.keys);
  mkdirSync(join(scratch.keys, "lock"), { recursive: true });
  await expect(scratch.open()).rejects.toMatchObject({ code: "KEYS_NOT_WRITABLE" });
});

test("keys that could not be told of are not held on to", () => {
  const { folder } = scratchNode();
  const keys = join(folder, "keys");
  mkdirSync(join(keys, "holder.json"), { recursive: true });
  const hold = () => holdKeys(keys, folder, false);
  expect(hold).toThrow(expect.objectContaining({ code: "KEYS_NOT_WRITABLE" }));
  expect(hold).toThrow(expect.objectContaining({ code: "KEYS_NOT_WRITABLE" }));
  rmSync(join(keys, "holder.json"), { recursive: true });
  hold()();
});

test("while it cannot be told whether the log was ended nothing is signed, and what was signed before is taken as ever", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const bytes = node.store.entry(0) as Uint8Array;
  const list = join(scratch.keys, "ended-logs.json");
  mkdirSync(list);
  await expect(node.operations.devices.add(device("1"))).rejects.toMatchObject({ code: "KEYS_MISSING" });
  const outcomes = await node.replica.submit([{ id: "", bytes }]);
  expect(outcomes).toHaveLength(1);
  // Whatever was to be signed meanwhile is signed later.
  const { size } = node.store.head().edge;
  const covered = node.publication.covering(size + 1);
  rmSync(list, { recursive: true });
  await node.operations.devices.add(device("2"));
  await covered;
  expect(health(node)).toMatchObject({ troubles: [] });
});
