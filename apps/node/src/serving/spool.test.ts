// What a spool does when its disk fails while a file comes in.
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { spoolOf } from "./spool.ts";

test("whoever sends is told as soon as the disk fails, not when everything has come", async () => {
  const { folder } = scratchNode();
  const limits = { uploads: 1, fileBytes: 1 << 30, waitingBytes: 1 << 30 };
  const spool = spoolOf(() => join(folder, "missing", "file"), limits);
  let sent = 0;
  async function* chunks() {
    for (; sent < 1000; sent++) {
      yield new Uint8Array(1024);
      await new Promise(setImmediate);
    }
  }
  await expect(spool.receive(chunks())).rejects.toMatchObject({ code: "ENOENT" });
  expect(sent).toBeLessThan(500);
  expect(spool.bytes()).toBe(0);
});
