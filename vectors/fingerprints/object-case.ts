// What a case is, and how its bytes stand in a vector file.
import { explicitLittle, file, identity, join, syntaxes } from "./object-bytes.ts";

/** An object. Those of one group have equal data set digests; those of different groups do not. */
export interface ObjectCase {
  readonly title: string;
  readonly group: string;
  readonly bytes: Uint8Array;
}

/** Bytes in a vector file, end to end: hex, or a pair of bytes in hex and how often it stands. */
export type WrittenBytes = readonly (string | readonly [pair: string, times: number])[];

const shortestRun = 256;

/** Writes an explicit object with these elements between those that make it one. */
export function objectWith(...parts: readonly Uint8Array[]): Uint8Array {
  const [first, second] = identity(explicitLittle);
  return file(syntaxes.explicitLittle, join(first, ...parts, second));
}

/** Writes an object with one element behind those that make it one. */
export function objectBefore(...parts: readonly Uint8Array[]): Uint8Array {
  return file(syntaxes.explicitLittle, join(...identity(explicitLittle), ...parts));
}

/** Writes bytes so that long stretches of the same stay short. */
export function writeBytes(bytes: Uint8Array): WrittenBytes {
  const written: (string | readonly [string, number])[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const run = runAt(bytes, at);
    if (run < shortestRun) {
      at += 1;
      continue;
    }
    if (at > start) written.push(hex(bytes.subarray(start, at)));
    written.push([hex(bytes.subarray(at, at + 2)), run / 2]);
    at += run;
    start = at;
  }
  if (start < bytes.length) written.push(hex(bytes.subarray(start)));
  return written;
}

/** Reads them back. */
export function readBytes(written: WrittenBytes): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      written.map((part) =>
        typeof part === "string" ? Buffer.from(part, "hex") : Buffer.from(part[0].repeat(part[1]), "hex"),
      ),
    ),
  );
}

// How far the two bytes at `at` repeat, in whole pairs.
function runAt(bytes: Uint8Array, at: number): number {
  let end = at + 2;
  while (end < bytes.length && bytes[end] === bytes[end - 2]) end++;
  return end > bytes.length ? 0 : end - at - ((end - at) % 2);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
