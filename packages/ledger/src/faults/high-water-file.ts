// A high-water mark in a file of its own, replaced whole.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { HighWater } from "../log/publication.ts";

/** Keeps the mark in the file at `path`. */
export function highWaterFile(path: string): HighWater {
  return {
    read: () => {
      try {
        return JSON.parse(readFileSync(path, "utf8")) as ReturnType<HighWater["read"]>;
      } catch {
        return undefined;
      }
    },
    write: (head) => {
      const file = openSync(`${path}.new`, "w");
      try {
        writeSync(file, JSON.stringify(head));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${path}.new`, path);
      const folder = openSync(dirname(path), "r");
      try {
        fsyncSync(folder);
      } finally {
        closeSync(folder);
      }
    },
  };
}
