// Files of a watched folder that were refused, so that a restart does not count them again. Paths may name patients: they are kept as digests.
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile, replaceFile } from "../folder/durable-file.ts";
import { versionOfNode } from "../node-version.ts";

export interface RefusedFiles {
  /** Whether the file was refused as it is now, by this version of the node. */
  isRefused(path: string, state: string): boolean;
  note(path: string, state: string): void;
  /** Writes what was noted, of files that are there still. A disk that does not take it has them counted again at the next start. */
  keep(paths: Iterable<string>): void;
}

/** A folder of more has other worries. */
const mostFiles = 100_000;
const Kept = z.object({ version: z.string(), files: z.record(z.string(), z.string()) });

/** Opens the list of the folder `id` in the data folder; one that cannot be read is empty. What another version refused, this one may take. */
export function refusedFiles(data: string, id: string): RefusedFiles {
  const folder = join(data, "feeds");
  const path = join(folder, `${id.replaceAll(":", "~")}.refused.json`);
  const version = versionOfNode();
  const files = new Map<string, string>(read(path, version));
  let isChanged = false;
  return {
    isRefused: (file, state) => files.get(digestOf(file)) === digestOf(state),
    note: (file, state) => {
      if (files.size >= mostFiles) return;
      files.set(digestOf(file), digestOf(state));
      isChanged = true;
    },
    keep: (paths) => {
      if (!isChanged) return;
      const there = new Set([...paths].map(digestOf));
      for (const digest of files.keys()) if (!there.has(digest)) files.delete(digest);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        replaceFile(path, `${JSON.stringify({ version, files: Object.fromEntries(files) })}\n`);
        isChanged = false;
      } catch {
        // Counts are nothing that a folder has to fail for; it is tried again at the next look.
      }
    },
  };
}

function read(path: string, version: string): readonly (readonly [string, string])[] {
  try {
    const kept = Kept.parse(readJsonFile(path));
    return kept.version === version ? Object.entries(kept.files) : [];
  } catch {
    return [];
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
