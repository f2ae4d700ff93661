// What a statement says of objects is on disk before the statement is: their bytes, their names, and the folders that have the names.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";

const program = join(import.meta.dirname, "..", "..", "scratch", "intake-program.ts");
const strace = "strace";
const hasStrace = spawnSync(strace, ["-V"]).status === 0;
const studyUid = "2.25.77";

/** A system call: which lines of the record it took, and the paths in it. */
interface Call {
  readonly name: string;
  readonly begun: number;
  readonly ended: number;
  readonly paths: readonly string[];
}

test.skipIf(!hasStrace)(
  "objects are on disk when they are registered, and without one of the flushes they would not be",
  () => {
    const { calls, mark, data } = recorded();
    expect(unflushed(calls, mark, data)).toEqual([]);
    for (const flush of ["fdatasync", "fsync"])
      expect(
        unflushed(
          calls.filter(({ name, paths }) => name !== flush || isLedger(paths)),
          mark,
          data,
        ),
      ).toHaveLength(6);
  },
);

/** Objects that came in after the mark, and were not on disk when the ledger was written to. */
function unflushed(calls: readonly Call[], mark: string, data: string): string[] {
  const marked = calls.findIndex(({ name, paths }) => name === "mkdir" && paths[0] === mark);
  const after = calls.slice(marked);
  const registered = after.find(({ name, paths }) => name === "pwrite64" && isLedger(paths))?.begun ?? 0;
  const named = after.filter(({ name, paths }) => name === "rename" && paths[1]?.startsWith(join(data, "objects")));
  return named.flatMap(({ paths: [from = "", to = ""], begun, ended }) => {
    const bytes = after.find(({ name, paths }) => name === "fdatasync" && paths[0] === from);
    const names = after.find((call) => call.name === "fsync" && call.paths[0] === dirname(to) && call.begun > ended);
    const isOnDisk = bytes !== undefined && bytes.ended < begun && names !== undefined && names.ended < registered;
    return isOnDisk ? [] : [to];
  });
}

function isLedger([path = ""]: readonly string[]): boolean {
  return path.endsWith("ledger.db-wal");
}

function recorded(): { calls: Call[]; mark: string; data: string } {
  const scratch = scratchNode();
  const [mark, trace] = [join(scratch.folder, "mark"), join(scratch.folder, "trace")];
  const files = Array.from({ length: 5 }, (_, at) =>
    scratch.file(`${at}.dcm`, { attributes: { StudyInstanceUID: studyUid } }),
  );
  // Too large to be read whole: it is copied.
  const large = join(scratch.folder, "large.dcm");
  const bytes = smallObject({ seed: "large", attributes: { StudyInstanceUID: studyUid } });
  writeFileSync(large, Buffer.concat([bytes, Buffer.alloc(9 * 2 ** 20)]));
  const first = scratch.file("first.dcm");
  const traced = ["-f", "-qq", "-y", "-s", "0", "-o", trace, "-e", "trace=fdatasync,fsync,rename,pwrite64,mkdir"];
  const { stdout, status } = spawnSync(
    strace,
    [...traced, process.execPath, program, scratch.data, scratch.keys, mark, first, ...files, large],
    { encoding: "utf8" },
  );
  expect([stdout, status]).toEqual(["6\n", 0]);
  return { calls: callsIn(readFileSync(trace, "utf8")), mark, data: scratch.data };
}

/** Reads strace's record: `<thread> name(…) = 0`, or begun on one line and resumed on another. Calls that succeeded, as they began. */
function callsIn(record: string): Call[] {
  const lines = record.split("\n");
  return lines.flatMap((line, begun) => {
    const [, thread = "", name = ""] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (name === "") return [];
    const resumed = new RegExp(`^${thread} +<\\.\\.\\. ${name} resumed>`);
    const isWhole = !line.endsWith("<unfinished ...>");
    const ended = isWhole ? begun : lines.findIndex((later, at) => at > begun && resumed.test(later));
    if (!/ = \d+$/.test(lines[ended] ?? "")) return [];
    const paths = [...line.matchAll(/\d+<([^>]+)>|"([^"]+)"/g)].map(([, ofFile, given]) => ofFile ?? given ?? "");
    return [{ name, begun, ended, paths }];
  });
}
