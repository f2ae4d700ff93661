// What a program did to its files, read from strace's record, and what a loss of power may leave of that: POSIX fsync(2), by sectors.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { SeededRandom } from "./seeded-random.ts";

/** One thing that a program did. Paths are whole. */
export type DiskEvent =
  | { readonly did: "make" | "flush" | "remove"; readonly path: string }
  | { readonly did: "write"; readonly path: string; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly did: "cut"; readonly path: string; readonly size: number }
  | { readonly did: "rename"; readonly path: string; readonly to: string };

/** Contents by path. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Reads a record made with `-y -xx -s 1000000`. Calls that failed did nothing. */
export function readRecord(trace: string): DiskEvent[] {
  const ends = new Map<string, number>();
  return readFileSync(trace, "latin1")
    .split("\n")
    .flatMap((line) => {
      const [, call, rest, result] = /^\d+ +(\w+)\((.*)\) += (\d+)/.exec(line) ?? [];
      if (call === undefined || rest === undefined) return [];
      return eventsOf(call, rest, Number(result), ends);
    });
}

// Every path and every buffer is in hexadecimal, so that no quotation mark, bracket or comma is part of one.
function eventsOf(call: string, rest: string, result: number, ends: Map<string, number>): DiskEvent[] {
  const strings = [...rest.matchAll(/"((?:\\x..)*)"/g)].map(([, hex = ""]) => unhex(hex));
  const [first = "", second = ""] = strings.map((bytes) => bytes.toString());
  const path = unhex(/^\d+<((?:\\x..)*)>/.exec(rest)?.[1] ?? "").toString();
  const last = Number(/(\d+)$/.exec(rest)?.[1]);
  switch (call) {
    case "openat":
      ends.set(first, 0);
      if (rest.includes("O_TRUNC"))
        return [
          { did: "make", path: first },
          { did: "cut", path: first, size: 0 },
        ];
      return rest.includes("O_CREAT") ? [{ did: "make", path: first }] : [];
    case "pwrite64":
      return [{ did: "write", path, offset: last, bytes: (strings[0] as Buffer).subarray(0, result) }];
    case "write": {
      const offset = ends.get(path) ?? 0;
      ends.set(path, offset + result);
      return [{ did: "write", path, offset, bytes: (strings[0] as Buffer).subarray(0, result) }];
    }
    case "ftruncate":
      return [{ did: "cut", path, size: last }];
    case "fsync":
    case "fdatasync":
      return [{ did: "flush", path }];
    case "rename":
      return [{ did: "rename", path: first, to: second }];
    case "unlink":
      return [{ did: "remove", path: first }];
    default:
      throw new Error(`nobody knows what ${call} does to files`);
  }
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

/** How much of what was not flushed a loss of power leaves: nothing, all, the first part, or any sectors. */
export const losses = ["nothing", "everything", "a beginning", "any sectors"] as const;
export type Loss = (typeof losses)[number];

/** The files in a folder after power failed when these events had happened, starting from files that were flushed long before. */
export function afterPowerLoss(before: Files, events: readonly DiskEvent[], loss: Loss, random: SeededRandom): Files {
  const { flushedNames, pendingNames } = replayed(before, events);
  const names = new Map(flushedNames);
  const ofNames =
    loss === "any sectors" ? pendingNames.filter(() => random.oneIn(2)) : beginning(pendingNames, loss, random);
  for (const [path, file] of ofNames.flat()) rename(names, path, file);
  return new Map(
    [...names].map(([path, { flushed, pending }]) => {
      const left = loss === "any sectors" ? anySectors(pending, random) : beginning(pending, loss, random);
      return [path, changed(flushed, left)];
    }),
  );
}

function beginning<Item>(pending: readonly Item[], loss: Loss, random: SeededRandom): readonly Item[] {
  const end = loss === "nothing" ? 0 : loss === "everything" ? pending.length : random.below(pending.length + 1);
  return pending.slice(0, end);
}

/** A file as it lies on disk, and what was done to it since its last flush. */
interface File {
  flushed: Uint8Array;
  pending: Change[];
}
type Write = Extract<DiskEvent, { did: "write" }>;
type Change = Write | Extract<DiskEvent, { did: "cut" }>;

/** Names belong to their folder and are flushed with it; a rename is one change. */
type NameChange = readonly (readonly [path: string, file: File | undefined])[];

interface Disk {
  readonly flushedNames: Map<string, File>;
  readonly pendingNames: NameChange[];
}

function replayed(before: Files, events: readonly DiskEvent[]): Disk {
  const names = new Map([...before].map(([path, bytes]) => [path, { flushed: bytes, pending: [] } as File]));
  let flushedNames = new Map(names);
  let pendingNames: NameChange[] = [];
  const change = (...changes: NameChange) => {
    pendingNames.push(changes);
    for (const [path, file] of changes) rename(names, path, file);
  };
  const folders = new Set(events.map(({ path }) => dirname(path)));
  const flush = (path: string, file: File | undefined) => {
    if (file !== undefined) {
      file.flushed = changed(file.flushed, file.pending);
      file.pending = [];
    } else if (folders.has(path)) {
      flushedNames = new Map(names);
      pendingNames = [];
    }
  };
  for (const event of events) {
    const file = names.get(event.path);
    if (event.did === "flush") flush(event.path, file);
    if (event.did === "make" && file === undefined) change([event.path, { flushed: new Uint8Array(), pending: [] }]);
    if (event.did === "remove") change([event.path, undefined]);
    if (event.did === "rename") change([event.to, file], [event.path, undefined]);
    if (event.did === "write" || event.did === "cut") file?.pending.push(event);
  }
  return { flushedNames, pendingNames };
}

function rename(names: Map<string, File>, path: string, file: File | undefined): void {
  if (file === undefined) names.delete(path);
  else names.set(path, file);
}

const sectorBytes = 512;

// Each sector is left as it was after some of the writes that touched it, in their order.
function anySectors(pending: readonly Change[], random: SeededRandom): Change[] {
  const ends = new Map<number, number>();
  return pending.flatMap((change, at): readonly Change[] => {
    if (change.did === "cut") return random.oneIn(2) ? [change] : [];
    return sectorsOf(change).filter(({ offset }) => {
      const sector = Math.floor(offset / sectorBytes);
      const end = ends.get(sector) ?? random.below(pending.length + 1);
      ends.set(sector, end);
      return at < end;
    });
  });
}

function sectorsOf(write: Write): Write[] {
  const parts: Write[] = [];
  for (let from = 0; from < write.bytes.length; ) {
    const offset = write.offset + from;
    const to = Math.min(write.bytes.length, from + sectorBytes - (offset % sectorBytes));
    parts.push({ ...write, offset, bytes: write.bytes.subarray(from, to) });
    from = to;
  }
  return parts;
}

function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  const ends = changes.map((change) => (change.did === "cut" ? change.size : change.offset + change.bytes.length));
  const room = new Uint8Array(Math.max(bytes.length, ...ends));
  room.set(bytes);
  let { length } = bytes;
  for (const change of changes) {
    if (change.did === "write") {
      room.set(change.bytes, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
    } else {
      room.fill(0, change.size);
      length = change.size;
    }
  }
  return room.subarray(0, length);
}
