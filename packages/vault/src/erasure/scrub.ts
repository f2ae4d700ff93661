// After a destruction: the file is rewritten without the deleted rows, so that their bytes are in it no more. In a thread, since it takes as long as the file is large.
import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { VaultError } from "../vault-error.ts";

const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "./scrub-worker.ts" : "./scrub-worker.js", import.meta.url);

/** Tells whether rows were deleted since the file was last rewritten: a process may have died between. */
export function isScrubDue(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM meta WHERE name = 'scrub'").get() !== undefined;
}

/** Rewrites the vault at `path` and empties its write-ahead log. Nobody may write meanwhile; reading is fine. */
export function scrub(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData: { path } });
    let errcode: number | undefined;
    worker.on("message", (failure: { errcode: number }) => {
      errcode = failure.errcode;
    });
    worker.on("error", reject);
    worker.on("exit", (exitCode) => {
      if (errcode !== undefined) reject(Object.assign(new Error("SQLite failed."), { errcode }));
      else if (exitCode === 0) resolve();
      else reject(new VaultError("VAULT_FAILED"));
    });
  });
}
