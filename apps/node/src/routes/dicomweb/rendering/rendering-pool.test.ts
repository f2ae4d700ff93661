// The rendering pool: a picture that takes too long, or ends its worker, costs nobody else theirs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished, test } from "vitest";
import { scratchNode } from "../../../scratch/scratch-node.ts";
import { renderingPool } from "./rendering-pool.ts";

function poolOf(options: Parameters<typeof renderingPool>[0]) {
  const path = join(scratchNode().folder, "one.dcm");
  writeFileSync(path, smallObject({ seed: "one" }));
  const pool = renderingPool(options);
  onTestFinished(() => pool.close());
  return { pool, job: { path, frame: 0, type: "image/png", quality: 90 } as const };
}

test("pictures are made one after the other by the same few workers", async () => {
  const { pool, job } = poolOf({ threads: 1 });
  const pictures = await Promise.all(Array.from({ length: 5 }, () => pool.render(job)));
  for (const picture of pictures) expect(picture).toEqual(pictures[0]);
});

test("one that takes too long is given up; so many wait, and no more", async () => {
  const { pool, job } = poolOf({ threads: 1, mostWaiting: 1, longestMs: 0 });
  const [first, second, third] = [pool.render(job), pool.render(job), pool.render(job)];
  await expect(third).rejects.toMatchObject({ code: "BUSY" });
  await expect(first).rejects.toMatchObject({ code: "NOT_RENDERABLE" });
  await expect(second).rejects.toMatchObject({ code: "NOT_RENDERABLE" });
});

test("a file that is not there, or is no object, is told apart from one without a picture", async () => {
  const { pool, job } = poolOf({});
  await expect(pool.render({ ...job, path: `${job.path}.none` })).rejects.toMatchObject({
    code: "STORED_OBJECT_UNREADABLE",
  });
  writeFileSync(job.path, "no object");
  await expect(pool.render(job)).rejects.toMatchObject({ code: "STORED_OBJECT_UNREADABLE" });
  writeFileSync(job.path, smallObject({ elements: { "7FE00010": undefined } }));
  await expect(pool.render(job)).rejects.toMatchObject({ code: "FRAME_UNKNOWN" });
});
