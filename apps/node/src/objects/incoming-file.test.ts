import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, expect, test, vi } from "vitest";
import { incomingFile } from "./incoming-file.ts";

const folder = mkdtempSync(join(tmpdir(), "incoming-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("what comes in is written in order, for its owner only", async () => {
  const path = join(folder, "whole");
  const file = incomingFile(path);
  const pieces = Array.from({ length: 3000 }, (_, at) => Buffer.from(`${at} `));
  for (const piece of pieces) await file.write(piece);
  await file.end();
  expect(readFileSync(path, "utf8")).toBe(pieces.join(""));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("an empty file is one", async () => {
  const path = join(folder, "empty");
  await incomingFile(path).end();
  expect(readFileSync(path)).toHaveLength(0);
});

test("whoever is faster than the disk has to wait, for bytes and for pieces", async () => {
  const [large, small] = [incomingFile(join(folder, "large")), incomingFile(join(folder, "small"))];
  const free = (file: typeof large, piece: Buffer) => {
    let count = 0;
    while (file.write(piece) === undefined) count += 1;
    return count;
  };
  // Nothing is written as long as this test does not wait.
  expect(free(large, Buffer.alloc(65_536))).toBe(15);
  expect(free(small, Buffer.alloc(1))).toBe(511);
  await Promise.all([large.write(Buffer.alloc(1)), small.write(Buffer.alloc(1))]);
  await Promise.all([large.end(), small.end()]);
  expect(statSync(join(folder, "large")).size).toBe(16 * 65_536 + 1);
});

test("a file ends when everything was written before, as when its last piece is an empty one", async () => {
  const path = join(folder, "written");
  const file = incomingFile(path);
  void file.write(Buffer.from("all of it"));
  await vi.waitFor(() => expect(statSync(path).size).toBe(9));
  // What has been written is noted a moment after it is there.
  await setImmediate();
  await file.end();
  expect(readFileSync(path, "utf8")).toBe("all of it");
});

test("a disk that fills up in the middle is told at the end", async () => {
  const path = join(folder, "full");
  const file = incomingFile(path);
  void file.write(Buffer.alloc(100));
  await vi.waitFor(() => expect(statSync(path).size).toBe(100));
  vi.spyOn(Object.getPrototypeOf(await fileHandle()), "writev").mockRejectedValueOnce(
    Object.assign(new Error("full"), { code: "ENOSPC" }),
  );
  await file.write(Buffer.alloc(2 ** 20));
  await setImmediate();
  expect(file.write(Buffer.alloc(2 ** 20))).toBeUndefined();
  await expect(file.end()).rejects.toMatchObject({ code: "ENOSPC" });
  expect(existsSync(path)).toBe(false);
});

test("a failure is told at the end, nobody waits for it, and nothing stays", async () => {
  const [unwritable, taken] = [incomingFile(join(folder, "not", "there")), incomingFile(join(folder, "taken"))];
  writeFileSync(join(folder, "taken"), "somebody's");
  for (const file of [unwritable, taken]) {
    await file.write(Buffer.alloc(2 ** 21));
    expect(file.write(Buffer.alloc(2 ** 21))).toBeUndefined();
  }
  await expect(unwritable.end()).rejects.toMatchObject({ code: "ENOENT" });
  await expect(taken.end()).rejects.toMatchObject({ code: "EEXIST" });
});

test("a file that is given up is gone, in the middle too", async () => {
  const path = join(folder, "dropped");
  const file = incomingFile(path);
  const wait = file.write(Buffer.alloc(2 ** 21));
  await file.drop();
  await wait;
  expect(file.write(Buffer.alloc(2 ** 21))).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});

async function fileHandle() {
  const handle = await open(join(folder, "any"), "w");
  await handle.close();
  return handle;
}
