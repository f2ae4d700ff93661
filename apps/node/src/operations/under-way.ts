// What was begun and cannot be left half-done, written down before it begins: handles, statement ids and counts, nothing of anybody.
import { join } from "node:path";
import { readJsonFile, removeFile, replaceFile } from "../folder/durable-file.ts";

/** Survivors as an erasure's statement counts them. */
export interface SurvivorCounts {
  readonly receipts: number;
  readonly backups: number;
  readonly copies: number;
}

/** An operation under way. */
export type UnderWay =
  | {
      readonly operation: "erasure";
      readonly subject: string;
      readonly studies: readonly string[];
      /** The statements that approve it, in order: the last one counts. */
      readonly approvals: readonly string[];
      readonly survivors: SurvivorCounts;
    }
  | { readonly operation: "destruction"; readonly studies: readonly string[]; readonly approvals: readonly string[] }
  | { readonly operation: "correction"; readonly study: string; readonly statement: string };

export interface Journal {
  read(): UnderWay | undefined;
  begin(work: UnderWay): void;
  end(): void;
}

/** The journal of a data folder: one small file, there only while something is under way. */
export function openJournal(folder: string): Journal {
  const path = join(folder, "under-way.json");
  return {
    read: () => readJsonFile(path) as UnderWay | undefined,
    begin: (work) => replaceFile(path, `${JSON.stringify(work)}\n`),
    end: () => removeFile(path),
  };
}
