// Bulk values: over 1 MiB each, they are hashed where they are, and their digests stand for them. docs/formats/fingerprints.md § Bulk values.
import { newHasher } from "#hasher";
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { numberWidth } from "../dictionary/vr.ts";
import { type ByteSource, chunkBytes } from "../reading/byte-source.ts";
import type { BulkElement, Element } from "../reading/element.ts";
import { bulkBytes } from "../reading/limits.ts";
import { reverseInto } from "./byte-writer.ts";

/** What stands for a bulk value in the canonical header: its length and digest; or itself, when little is left without padding. */
export type BulkValue = { readonly length: number; readonly digest: Uint8Array } | { readonly bytes: Uint8Array };

/** Hashes the values in `bulk`, which stand in `content`. Throws SOURCE_CHANGED. */
export async function readBulkValues(
  content: ByteSource,
  bulk: readonly BulkElement[],
): Promise<Map<Element, BulkValue>> {
  const values = new Map<Element, BulkValue>();
  for (const { element, bigEndian } of bulk) {
    const isText = dictionaryEntry(element.tag)?.valueClass === "text";
    values.set(
      element,
      isText
        ? await textValue(content, element)
        : await plainValue(content, element, bigEndian ? numberWidth(element.vr) : 1),
    );
  }
  return values;
}

/** Returns where the text from `start` to `end` ends without trailing spaces and NULs. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && isPadding(bytes[trimmed - 1] as number)) trimmed--;
  return trimmed;
}

async function plainValue(content: ByteSource, { start, length }: Element, width: number): Promise<BulkValue> {
  const hasher = newHasher();
  for (let at = 0; at < length; at += chunkBytes) {
    const chunk = await content.read(start + at, Math.min(chunkBytes, length - at));
    hasher.update(width === 1 ? chunk : reversed(chunk, width));
  }
  return { length, digest: hasher.digest() };
}

// The padding may be as long as it likes: what was hashed up to the last character that is none is kept aside.
async function textValue(content: ByteSource, { start, length }: Element): Promise<BulkValue> {
  const hasher = newHasher();
  let trimmed = { length: 0, hasher: hasher.fork() };
  for (let at = 0; at < length; at += chunkBytes) {
    const chunk = await content.read(start + at, Math.min(chunkBytes, length - at));
    const end = trimmedEnd(chunk, 0, chunk.length);
    hasher.update(chunk.subarray(0, end));
    if (end > 0) trimmed = { length: at + end, hasher: hasher.fork() };
    hasher.update(chunk.subarray(end));
  }
  if (trimmed.length > bulkBytes) return { length: trimmed.length, digest: trimmed.hasher.digest() };
  return { bytes: await content.read(start, trimmed.length) };
}

function reversed(chunk: Uint8Array, width: number): Uint8Array {
  const bytes = new Uint8Array(chunk.length);
  reverseInto(bytes, 0, chunk, 0, chunk.length, width);
  return bytes;
}

function isPadding(byte: number): boolean {
  return byte === 0x20 || byte === 0x00;
}
