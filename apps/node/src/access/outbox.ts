// Reads that the ledger could not take yet: a file of encrypted lines, each durable when it is added. Its room is reserved, so that a full disk still takes some.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { KeyProtector } from "@fiducial/vault";
import { syncFolder } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";
import { type LineCipher, lineCipher } from "./line-cipher.ts";
import type { NotedRead } from "./read.ts";

/** A read that waits, with the statement that may have recorded it already. */
export interface WaitingRead {
  readonly read: NotedRead;
  readonly statement?: string;
}

/** Where reads wait until the ledger takes them. */
export interface WaitingReads {
  /** Durable when it returns. Throws ACCESS_NOT_RECORDED when it is as long as it may be, else what the disk says. */
  add(waiting: WaitingRead): void;
  /** Those that wait, oldest first; what is added meanwhile comes too. */
  waiting(): Iterable<WaitingRead & { readonly position: number }>;
  /** Takes one out. After a crash it may be in again, and no other is out. */
  done(position: number): void;
  count(): number;
  /** True when a file was there that could not be read: it was put aside. */
  readonly wasDamaged: boolean;
  close(): void;
}

const format = "fiducial-access-outbox-v1";
/** Reserved, in bytes: some two hundred reads. */
const reserve = 131_072;
/** A file this long takes no more: something else is wrong by then. */
const mostBytes = 67_108_864;
const done = 0x2d;

/** Opens the outbox in the file `path`, making it when it is not there. Rejects as the protector does, and with what the disk says. */
export async function openOutbox(path: string, protector: KeyProtector): Promise<WaitingReads> {
  const before = existsSync(path) ? await contentOf(path, protector).catch(() => undefined) : undefined;
  const wasDamaged = before === undefined && existsSync(path);
  if (wasDamaged) renameSync(path, `${path}.${randomBytes(4).toString("hex")}.damaged`);
  if (before === undefined) await createFile(path, protector);
  const { cipher, first, end: endBefore, torn, lines } = before ?? (await contentOf(path, protector));
  const file = openSync(path, "r+");
  let end = endBefore;

  function write(bytes: Buffer, position: number): void {
    writeSync(file, bytes, 0, bytes.length, position);
    fdatasyncSync(file);
  }
  // A shorter line in its place would leave its end to be read.
  if (torn > 0) write(Buffer.alloc(torn), end);

  return {
    wasDamaged,
    add: (waiting) => {
      const line = Buffer.from(`+${cipher.encrypt(JSON.stringify(waiting))}\n`, "latin1");
      if (end + line.length > mostBytes) throw new NodeError("ACCESS_NOT_RECORDED");
      write(line, end);
      lines.set(end, waiting);
      end += line.length;
    },
    *waiting() {
      for (const [position, waiting] of lines) yield { position, ...waiting };
    },
    done: (position) => {
      write(Buffer.of(done), position);
      lines.delete(position);
      if (lines.size > 0) return;
      write(Buffer.alloc(end - first), first);
      end = first;
    },
    count: () => lines.size,
    close: () => closeSync(file),
  };
}

async function createFile(path: string, protector: KeyProtector): Promise<void> {
  const key = randomBytes(32);
  const head = `${format} ${Buffer.from(await protector.wrap(key)).toString("base64")}\n`;
  key.fill(0);
  const bytes = Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(reserve)]);
  writeFileSync(`${path}.new`, bytes, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}

interface Content {
  readonly cipher: LineCipher;
  /** Where lines begin, and where the next one does. */
  readonly first: number;
  readonly end: number;
  /** Bytes behind that, up to the last one that is not zero. */
  readonly torn: number;
  /** Those that wait, by position. */
  readonly lines: Map<number, WaitingRead>;
}

/** Reads the file. What a crash left half-written at its end was never promised to anybody. Rejects for one that is damaged. */
async function contentOf(path: string, protector: KeyProtector): Promise<Content> {
  const text = readFileSync(path, "latin1");
  const [head, wrapped] = new RegExp(`^${format} ([A-Za-z0-9+/=]+)\n`).exec(text) ?? [];
  if (head === undefined || wrapped === undefined) throw new TypeError("This is no outbox.");
  const cipher = lineCipher(await protector.unwrap(Buffer.from(wrapped, "base64")));
  const lines = new Map<number, WaitingRead>();
  let end = head.length;
  while (text[end] === "+" || text[end] === "-") {
    const next = text.indexOf("\n", end) + 1;
    if (next === 0) break;
    const waiting = JSON.parse(cipher.decrypt(text.slice(end + 1, next - 1))) as WaitingRead;
    if (text[end] === "+") lines.set(end, waiting);
    end = next;
  }
  return { cipher, first: head.length, end, torn: text.slice(end).replace(/\0*$/, "").length, lines };
}
