// Deflated data sets: inflated into memory, and given up as soon as they grow as no real one does. DICOM PS3.5 § A.5, RFC 1951.
import { Inflate } from "fflate";
import { DicomError } from "../dicom-error.ts";
import { type ByteSource, bytesSource, partsSource } from "./byte-source.ts";
import { endOfStream, keptInflation, notesOfRest } from "./inflation-end.ts";
import type { ReadingLimits } from "./limits.ts";
import type { ReadingNote } from "./notes.ts";

/** An inflated data set. */
export interface Inflation {
  readonly source: ByteSource;
  readonly notes: readonly ReadingNote[];
}

interface Growth {
  readonly inflate: Inflate;
  readonly parts: Uint8Array[];
  size: number;
  /** Steps in a row that gave nothing. */
  idleSteps: number;
}

/** Deflate grows a byte to 1,032 at most: a step never makes more than 8 MiB. */
const stepBytes = 8192;
/** A stored block waits for all of its 64 KiB; whatever gives nothing for longer lies behind the end of the stream. */
const patientSteps = 16;
/** Up to here no growth is suspicious: a black image deflates a thousandfold. */
const innocentBytes = 64 * 2 ** 20;
/** Up to here the parts are copied together, since reading is fastest then. */
const contiguousBytes = 64 * 2 ** 20;
const unexpectedEnd = 0;
/** So often the inflater is kept, since to find the end of the stream it has to be gone back to. */
const keepBytes = 65_536;
/** What a zlib stream has behind the deflated one. RFC 1950 § 2.2. */
const checksumBytes = 4;

/** Inflates what stands in `source` from `start` on. Throws DEFLATE_BOMB, DEFLATE_MALFORMED, TRUNCATED, SOURCE_CHANGED. */
export async function inflateDataSet(source: ByteSource, start: number, limits: ReadingLimits): Promise<Inflation> {
  const growth = newGrowth();
  const hasHeader = await hasZlibHeader(source, start);
  const begin = start + (hasHeader ? 2 : 0);
  if (begin >= source.size) throw new DicomError("TRUNCATED", { offset: source.size });
  let [earlier, later] = [keptInflation(growth.inflate, begin), keptInflation(growth.inflate, begin)];
  let grown = 0;
  let position = begin;
  while (position < source.size && growth.idleSteps < patientSteps) {
    const chunk = await source.read(position, Math.min(keepBytes, source.size - position));
    if (growth.size > grown) [earlier, later] = [later, keptInflation(growth.inflate, position)];
    grown = growth.size;
    for (let at = 0; at < chunk.length && growth.idleSteps < patientSteps; at += stepBytes) {
      const step = chunk.subarray(at, at + stepBytes);
      position += step.length;
      push(growth, step, position === source.size);
      guard(growth.size, position - begin, limits);
    }
  }
  if (position < source.size) push(growth, new Uint8Array(0), true);
  const end = await endOfStream(source, earlier, position);
  const rest = await notesOfRest(source, hasHeader ? Math.min(end + checksumBytes, source.size) : end);
  return { source: sourceOf(growth), notes: hasHeader ? ["DEFLATE_WITH_ZLIB_HEADER", ...rest] : rest };
}

function newGrowth(): Growth {
  const inflate = new Inflate((part) => {
    if (part.length > 0) growth.parts.push(part);
    growth.size += part.length;
    growth.idleSteps = part.length > 0 ? 0 : growth.idleSteps + 1;
  });
  const growth: Growth = { inflate, parts: [], size: 0, idleSteps: 0 };
  return growth;
}

function push({ inflate }: Growth, step: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(step, isLast);
  } catch (cause) {
    const isCut = (cause as { code?: unknown }).code === unexpectedEnd;
    throw new DicomError(isCut ? "TRUNCATED" : "DEFLATE_MALFORMED", {}, { cause });
  }
}

function guard(size: number, deflatedBytes: number, { inflatedBytes, inflationRatio }: ReadingLimits): void {
  const suspicious = size > innocentBytes && size > inflationRatio * deflatedBytes;
  if (size > inflatedBytes || suspicious) throw new DicomError("DEFLATE_BOMB");
}

// Some systems write a zlib stream: a header whose 16 bits are a multiple of 31, for method 8 and a window of at most 32 KiB. RFC 1950 § 2.2.
async function hasZlibHeader(source: ByteSource, start: number): Promise<boolean> {
  if (source.size - start < 2) return false;
  const [method = 0, flags = 0] = await source.read(start, 2);
  return method === 0x78 && (method * 256 + flags) % 31 === 0;
}

function sourceOf({ parts, size }: Growth): ByteSource {
  if (size > contiguousBytes) return partsSource(parts);
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytesSource(bytes);
}
