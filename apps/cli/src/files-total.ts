// How much there is to do: for a line of progress that knows its end.
import { stat } from "node:fs/promises";
import { objectFiles } from "@fiducial/node";
import type { FilesTotal } from "./ledger.ts";

/** Counts the files of what is named, and their bytes; those that cannot be read count for nothing. Ends early, with what it has, when `signal` is aborted. */
export async function filesTotal(paths: readonly string[], signal: AbortSignal): Promise<FilesTotal> {
  let [files, bytes] = [0, 0];
  for await (const found of objectFiles(paths)) {
    if (signal.aborted) break;
    if ("code" in found) continue;
    files++;
    bytes += await stat(found.path).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return { files, bytes };
}
