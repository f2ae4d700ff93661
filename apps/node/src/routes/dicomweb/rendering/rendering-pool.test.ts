// The rendering pool: a picture that takes too long, or ends its worker, costs nobody else theirs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished, test } from "vitest";
import { scratchNode } from "../../../scratch/scratch-node.ts";
import { renderingPool } from "./rendering-pool.ts";

const anybody = { caller: "anybody", signal: new AbortController().signal };

function poolOf(options: Parameters<typeof renderingPool>[0]) {
  const path = join(scratchNode().folder, "one.dcm");
  writeFileSync(path, smallObject({ seed: "one" }));
  const pool = renderingPool(options);
  onTestFinished(() => pool.close());
  return { pool, job: { path, frame: 0, type: "image/png", quality: 90 } as const };
}

test("pictures are made one after the other by the same few workers", async () => {
  const { pool, job } = poolOf({ threads: 1 });
  const pictures = await Promise.all(Array.from({ length: 5 }, () => pool.render(job, anybody)));
  for (const picture of pictures) expect(picture).toEqual(pictures[0]);
});

test("one that takes too long is given up; so many wait, and no more", async () => {
  const { pool, job } = poolOf({ threads: 1, mostWaiting: 1, longestMs: 0 });
  const [first, second, third] = [0, 1, 2].map(() => pool.render(job, anybody));
  await expect(third).rejects.toMatchObject({ code: "BUSY" });
  await expect(first).rejects.toMatchObject({ code: "NOT_RENDERABLE" });
  await expect(second).rejects.toMatchObject({ code: "NOT_RENDERABLE" });
});

test("nobody has all places in which pictures wait", async () => {
  const { pool, job } = poolOf({ threads: 1, mostWaiting: 4 });
  const of = (caller: string) => pool.render(job, { ...anybody, caller });
  const asked = ["one", "one", "one"].map(of);
  await expect(of("one")).rejects.toMatchObject({ code: "BUSY" });
  expect(await Promise.all([...asked, of("two")])).not.toContain(undefined);
});

test("whoever has no picture under way comes before those who have", async () => {
  const { pool, job } = poolOf({ threads: 1 });
  const ended: string[] = [];
  const of = async (caller: string) => {
    await pool.render(job, { ...anybody, caller });
    ended.push(caller);
  };
  await Promise.all(["one", "one", "one", "two"].map(of));
  expect(ended).toEqual(["one", "two", "one", "one"]);
});

test("what waits is dropped when its reader goes, and what is under way is given up", async () => {
  const { pool, job } = poolOf({ threads: 1, mostWaiting: 2, longestMs: 600_000, abandonedMs: 0 });
  const [left, large] = [new AbortController(), { ...job, viewport: { width: 2048, height: 2048 } }];
  const asked = [large, job].map((one) => pool.render(one, { caller: "gone", signal: left.signal }));
  left.abort();
  expect(await Promise.all(asked)).toEqual([undefined, undefined]);
  expect(await pool.render(job, anybody)).toBeInstanceOf(Uint8Array);
  expect(await pool.render(job, { caller: "gone", signal: left.signal })).toBeUndefined();
});

test("a file that is not there, or is no object, is told apart from one without a picture", async () => {
  const { pool, job } = poolOf({});
  await expect(pool.render({ ...job, path: `${job.path}.none` }, anybody)).rejects.toMatchObject({
    code: "STORED_OBJECT_UNREADABLE",
  });
  writeFileSync(job.path, "no object");
  await expect(pool.render(job, anybody)).rejects.toMatchObject({ code: "STORED_OBJECT_UNREADABLE" });
  writeFileSync(job.path, smallObject({ elements: { "7FE00010": undefined } }));
  await expect(pool.render(job, anybody)).rejects.toMatchObject({ code: "FRAME_UNKNOWN" });
});
