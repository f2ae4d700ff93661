// The bytes of one frame, as `frames` takes them: encoded, or native and little-endian, each frame from a byte of its own. docs/formats/fingerprints.md § Frames.
import { concat } from "@fiducial/core";
import { numberWidth } from "../dictionary/vr.ts";
import { type ByteSource, chunkBytes, plainView } from "../reading/byte-source.ts";
import type { PixelData, Region } from "../reading/element.ts";
import { reverseInto } from "./byte-writer.ts";
import type { BitSpan, FrameLayout } from "./frame-layout.ts";

/** Gives frame `index` piece by piece. */
export async function* framePieces(
  content: ByteSource,
  layout: FrameLayout,
  index: number,
): AsyncGenerator<Uint8Array> {
  if (layout.bits !== undefined) yield* nativePieces(content, layout.pixelData, layout.bits(index));
  else for (const fragment of layout.fragments(index)) yield* regionPieces(content, fragment);
}

/** Gives frame `index` at once and without a copy, when it stands in memory in one piece as it is; else undefined. */
export function frameInMemory({ bytes }: ByteSource, layout: FrameLayout, index: number): Uint8Array | undefined {
  if (bytes === undefined) return undefined;
  if (layout.bits === undefined) {
    const [only, ...others] = layout.fragments(index);
    return only === undefined || others.length > 0 ? undefined : bytes.subarray(only.start, only.start + only.length);
  }
  const { pixelData } = layout;
  const { from, to } = layout.bits(index);
  if (from % 8 !== 0 || to % 8 !== 0 || (pixelData.bigEndian && numberWidth(pixelData.vr) > 1)) return undefined;
  return bytes.subarray(pixelData.start + from / 8, pixelData.start + to / 8);
}

/** Gives frame `index` whole. */
export async function frameBytes(content: ByteSource, layout: FrameLayout, index: number): Promise<Uint8Array> {
  const standing = frameInMemory(content, layout, index);
  if (standing !== undefined) return plainView(standing);
  const pieces: Uint8Array[] = [];
  for await (const piece of framePieces(content, layout, index)) pieces.push(piece);
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? plainView(only) : concat(...pieces);
}

/** Returns how many bytes frame `index` has. */
export function frameSize(layout: FrameLayout, index: number): number {
  if (layout.bits === undefined) return layout.fragments(index).reduce((size, { length }) => size + length, 0);
  const { from, to } = layout.bits(index);
  return Math.ceil((to - from) / 8);
}

async function* regionPieces(content: ByteSource, { start, length }: Region): AsyncGenerator<Uint8Array> {
  const step = content.bytes === undefined ? chunkBytes : length;
  for (let at = 0; at < length; at += step) yield await content.read(start + at, Math.min(step, length - at));
}

async function* nativePieces(
  content: ByteSource,
  pixelData: PixelData,
  { from, to }: BitSpan,
): AsyncGenerator<Uint8Array> {
  const first = Math.floor(from / 8);
  const size = Math.ceil((to - from) / 8);
  const step = content.bytes === undefined ? chunkBytes : size;
  const usedBits = (to - from) % 8;
  for (let at = 0; at < size; at += step) {
    const end = Math.min(at + step, size);
    const piece = await shifted(content, pixelData, first + at, end - at, from % 8);
    yield end === size && usedBits !== 0 ? masked(piece, usedBits) : piece;
  }
}

// A one-bit frame may begin within a byte: its bits move down to the lowest.
async function shifted(
  content: ByteSource,
  pixelData: PixelData,
  at: number,
  size: number,
  shift: number,
): Promise<Uint8Array> {
  const wanted = Math.min(size + (shift === 0 ? 0 : 1), pixelData.length - at);
  const bytes = await littleEndian(content, pixelData, at, wanted);
  if (shift === 0) return bytes;
  return Uint8Array.from(
    { length: size },
    (_, index) => ((bytes[index] ?? 0) >> shift) | ((bytes[index + 1] ?? 0) << (8 - shift)),
  );
}

function masked(piece: Uint8Array, usedBits: number): Uint8Array {
  const copy = new Uint8Array(piece);
  copy[copy.length - 1] = (copy[copy.length - 1] as number) & ((1 << usedBits) - 1);
  return copy;
}

// Numbers of big-endian pixel data are reversed where they stand in the whole, of which a frame need not begin with a whole one.
async function littleEndian(content: ByteSource, pixelData: PixelData, at: number, size: number): Promise<Uint8Array> {
  const width = pixelData.bigEndian ? numberWidth(pixelData.vr) : 1;
  if (width === 1) return content.read(pixelData.start + at, size);
  const first = at - (at % width);
  const end = Math.min(Math.ceil((at + size) / width) * width, pixelData.length);
  const stored = await content.read(pixelData.start + first, end - first);
  const bytes = new Uint8Array(stored.length);
  reverseInto(bytes, 0, stored, 0, stored.length, width);
  return bytes.subarray(at - first, at - first + size);
}
