import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";

test("a damaged object is found by the audit, and whole again when the original is taken in", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const original = scratch.file("one.dcm");
  await node.ingest([original, scratch.file("two.dcm", { seed: "two" })]);
  const [digest = ""] = [...node.objects.digests()];
  const path = node.objects.pathOf(digest);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.with(bytes.length - 1, (bytes.at(-1) as number) ^ 1));
  expect(await node.audit()).toMatchObject({
    ok: false,
    firstBad: { index: null, code: "OBJECT_DIFFERS", object: digest },
  });
  const again = await node.ingest([original, scratch.file("two.dcm", { seed: "two" })]);
  expect(again).toMatchObject({ instances: 0, known: 2 });
  expect(readFileSync(path).equals(bytes)).toBe(true);
  const told: [number, number][] = [];
  expect(await node.audit((...reached) => told.push(reached))).toMatchObject({ ok: true });
  // Objects are counted like entries: they take most of the time.
  expect([told.at(-3), told.at(-1)]).toEqual([
    [node.store.head().edge.size, told[0]?.[1]],
    [told[0]?.[1], told[0]?.[1]],
  ]);
  expect(told[0]?.[1]).toBe(node.store.head().edge.size + 2);
});

test("an object that cannot be read is named by the audit", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  await node.ingest([scratch.file("one.dcm")]);
  const [object = ""] = [...node.objects.digests()];
  rmSync(node.objects.pathOf(object));
  mkdirSync(node.objects.pathOf(object));
  expect(await node.audit()).toMatchObject({ ok: false, firstBad: { index: null, code: "OBJECT_DIFFERS", object } });
});

test("a pipe is refused, named or listed, and the rest goes on", async () => {
  const scratch = scratchNode();
  const pipe = join(scratch.folder, "pipe.dcm");
  execFileSync("mkfifo", [pipe]);
  const result = await (await scratch.open()).ingest([pipe, scratch.file("one.dcm")]);
  expect(result).toMatchObject({ instances: 1, refused: [{ file: pipe, code: "PATH_UNREADABLE" }] });
});

test("objects are for their owner only, small or large, whatever they were copied from", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const [small, large] = [scratch.file("small.dcm"), scratch.file("large.dcm")];
  appendFileSync(large, Buffer.alloc(9 * 2 ** 20));
  for (const file of [small, large]) chmodSync(file, 0o444);
  expect(await node.ingest([small, large])).toMatchObject({ instances: 2, refused: [] });
  const kept = [...node.objects.digests()].map((digest) => statSync(node.objects.pathOf(digest)));
  expect(kept.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600]);
  expect(kept.map(({ size }) => size).sort()).toEqual([small, large].map((file) => statSync(file).size).sort());
  expect(await node.audit()).toMatchObject({ ok: true });
});
