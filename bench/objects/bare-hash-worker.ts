// A thread that reads files whole into one buffer and hashes them.
import { hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";

const room = Buffer.allocUnsafeSlow(2 ** 20);

function hashFile(path: string): void {
  const file = openSync(path, "r");
  const size = readSync(file, room, 0, room.length, 0);
  closeSync(file);
  if (size === room.length) throw new Error("A slice of the bench does not fit.");
  hash("sha256", room.subarray(0, size), "buffer");
}

parentPort?.on("message", (files: readonly string[]) => {
  for (const file of files) hashFile(file);
  parentPort?.postMessage(files.length);
});
