import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileWaiting } from "@fiducial/dicom/file";
import { expect, onTestFinished, test } from "vitest";
import { fingerprintPool } from "./fingerprint-pool.ts";
import { bytesCounted, counting, readCounter } from "./read-counter.ts";

function file(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), "read-counter-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "file");
  writeFileSync(path, Buffer.alloc(bytes));
  return path;
}

test("each byte counts once, however often it is read; what is in memory counts at once", async () => {
  const path = file(1000);
  const counter = readCounter();
  await using streamed = counting(openFileWaiting(path, new Uint8Array(10)), counter);
  await streamed.read(0, 100);
  await streamed.read(50, 100);
  await streamed.read(0, 10);
  expect(bytesCounted(counter)).toBe(150);
  await using _held = counting(openFileWaiting(path, new Uint8Array(2000)), counter);
  expect(bytesCounted(counter)).toBe(1150);
});

test("a pool tells what its threads have read, while they read a large file too", async () => {
  const size = 200 * 2 ** 20;
  const path = file(size);
  const pool = fingerprintPool(1);
  onTestFinished(() => pool.close());
  const digested = pool.digest(path);
  const seen = new Set<number>();
  const timer = setInterval(() => seen.add(pool.bytesRead()), 1);
  await digested;
  clearInterval(timer);
  expect(pool.bytesRead()).toBe(size);
  expect([...seen].filter((bytes) => bytes > 0 && bytes < size).length).toBeGreaterThan(2);
});
