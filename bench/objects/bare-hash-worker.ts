// A thread that reads files whole and hashes them.
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";

parentPort?.on("message", (files: readonly string[]) => {
  for (const file of files) hash("sha256", readFileSync(file), "buffer");
  parentPort?.postMessage(files.length);
});
