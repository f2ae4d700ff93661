// A thread that reads files whole into one buffer and hashes them; or hashes them twice and keeps a copy, flushed while the next is read.
import { hash } from "node:crypto";
import { closeSync, fdatasync, openSync, readSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { parentPort } from "node:worker_threads";
import type { HashingWork } from "./bare-hash.ts";

const room = Buffer.allocUnsafeSlow(2 ** 20);
const flushed = promisify(fdatasync);

function read(path: string): Uint8Array {
  const file = openSync(path, "r");
  const size = readSync(file, room, 0, room.length, 0);
  closeSync(file);
  if (size === room.length) throw new Error("A slice of the bench does not fit.");
  return room.subarray(0, size);
}

async function keepAll({ files, folder }: HashingWork & { readonly folder: string }): Promise<void> {
  let last: Promise<void> | undefined;
  for (const path of files) {
    const bytes = read(path);
    for (let pass = 0; pass < 2; pass++) hash("sha256", bytes, "buffer");
    const copy = openSync(join(folder, basename(path)), "wx");
    writeSync(copy, bytes);
    await last;
    last = flushed(copy).then(() => closeSync(copy));
  }
  await last;
}

parentPort?.on("message", async ({ files, folder }: HashingWork) => {
  if (folder === undefined) for (const file of files) hash("sha256", read(file), "buffer");
  else await keepAll({ files, folder });
  parentPort?.postMessage(files.length);
});
