// Where a deflated stream ends, and what stands behind it. RFC 1951 § 3.2.3, DICOM PS3.5 § A.5.
import { Inflate } from "fflate";
import { type ByteSource, chunkBytes } from "./byte-source.ts";
import type { ReadingNote } from "./notes.ts";

/** An inflater as it was once, before the byte at `position`. */
export interface EarlierInflation {
  readonly inflate: Inflate;
  readonly position: number;
}

/** Keeps an inflater as it is now. */
export function keptInflation(inflate: Inflate, position: number): EarlierInflation {
  return { inflate: copyOf(inflate), position };
}

/**
 * Finds the byte behind the end of a stream that is complete before the byte at `limit`, from an inflater that had not reached its end.
 * Throws SOURCE_CHANGED.
 */
export async function endOfStream(source: ByteSource, earlier: EarlierInflation, limit: number): Promise<number> {
  const bytes = await source.read(earlier.position, limit - earlier.position);
  let [least, most] = [0, bytes.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (isComplete(earlier.inflate, bytes.subarray(0, middle))) most = middle;
    else least = middle + 1;
  }
  return earlier.position + most;
}

/** Tells what stands from `end` on: nothing, or the zero that makes a length even, is not worth a note. Throws SOURCE_CHANGED. */
export async function notesOfRest(source: ByteSource, end: number): Promise<ReadingNote[]> {
  for (let position = end; position < source.size; position += chunkBytes) {
    const chunk = await source.read(position, Math.min(chunkBytes, source.size - position));
    if (chunk.some((byte) => byte !== 0)) return ["TRAILING_BYTES"];
  }
  return source.size - end > 1 ? ["TRAILING_ZEROS"] : [];
}

function isComplete(inflate: Inflate, bytes: Uint8Array): boolean {
  try {
    copyOf(inflate).push(bytes, true);
    return true;
  } catch {
    return false;
  }
}

// An inflater has no way to be copied, and is made of nothing but values and whom it tells.
function copyOf(inflate: Inflate): Inflate {
  const copy = new Inflate(() => {});
  const values = Object.entries(inflate).filter(([, value]) => typeof value !== "function");
  return Object.assign(copy, structuredClone(Object.fromEntries(values)));
}
