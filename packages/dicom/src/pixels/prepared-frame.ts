// What surrounds a codec: the frame's own header is read and compared before it runs, its peculiarities are undone after it.
import type { SampleCells } from "./canonical-samples.ts";
import type { CodecTask } from "./codec-host.ts";
import { type Codestream, checkCodestream } from "./codestream.ts";
import { jpeg2000Codestream, readJpeg2000Header } from "./jpeg-2000-header.ts";
import { type JpegProcess, readJpegHeader } from "./jpeg-header.ts";
import { readJpegXlHeader } from "./jpeg-xl-header.ts";
import { interleaved } from "./native-frame.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";
import { type FrameEncoding, lossiness } from "./transfer-syntaxes.ts";

/** The encodings that need a codec. */
export type CodecEncoding = Exclude<FrameEncoding, "native" | "native-big-endian" | "deflated" | "rle">;

/** A frame that its codec may see. */
export interface PreparedFrame {
  readonly task: CodecTask;
  readonly stream: Codestream;
  readonly encoded: Uint8Array;
  /** Whether the codec returns one plane after the other. */
  readonly planar: boolean;
  /** How the codec fills cells that have more bits than the samples: as they are, perhaps beyond their range, or stretched over the whole cell. */
  readonly filling: "as-is" | "beyond" | "stretched";
}

/** Reads the frame's header and holds it against the description. Throws PIXEL_DATA_INVALID (header, mismatch), NO_CODEC (variant) or PIXEL_DATA_TOO_LARGE. */
export function prepareFrame(
  encoding: CodecEncoding,
  description: PixelDescription,
  encoded: Uint8Array,
): PreparedFrame {
  switch (encoding) {
    case "jpeg-dct":
    case "jpeg-lossless":
    case "jpeg-ls":
      return prepareJpeg(encoding, description, encoded);
    case "jpeg-2000":
    case "htj2k":
      return prepareJpeg2000(encoding, description, jpeg2000Codestream(encoded));
    case "jpeg-xl":
      return prepareJpegXl(description, encoded);
  }
}

/** Turns what the codec returned into cells: colour by pixel, values in their own range. Throws PIXEL_DATA_INVALID (refused) when it returned another number of samples. */
export function finishFrame({ task, stream, planar, filling }: PreparedFrame, decoded: Uint8Array): SampleCells {
  const cellBytes = task.cellBits === 8 ? 1 : 2;
  if (decoded.length !== stream.rows * stream.columns * stream.samples * cellBytes) throw invalidPixels("refused");
  const bytes = planar ? interleaved(decoded, cellBytes, stream.samples) : decoded;
  if (filling !== "as-is" && stream.bits < task.cellBits)
    mapCells(bytes, cellBytes, filling === "stretched" ? shrink(task, stream) : clamp(stream));
  return { bytes, cellBytes, shift: 0 };
}

const asDecoded = { planar: false, filling: "as-is" } as const;

function prepareJpeg(
  encoding: "jpeg-dct" | "jpeg-lossless" | "jpeg-ls",
  description: PixelDescription,
  encoded: Uint8Array,
): PreparedFrame {
  const stream = readJpegHeader(encoded);
  checkCodestream(description, stream);
  if (!trustedProcesses[encoding].includes(stream.process)) throw noCodec("variant");
  // Most decoders turn the YCbCr of a lossy frame into RGB, so that is where digests can meet. Lossless ones keep what was put in.
  const toRgb =
    stream.process === "dct" && stream.samples === 3 && isYcbcr(description) && description.pixelRepresentation === 0;
  const isJpegLs = stream.process === "jpeg-ls";
  const task = taskOf(isJpegLs ? "DecodeJpegLs" : "DecodeJpeg", stream, toRgb);
  return {
    ...asDecoded,
    task,
    stream,
    encoded: isJpegLs ? ended(encoded) : encoded,
    planar: isJpegLs && stream.planar,
  };
}

/** Adds an end-of-image marker. CharLS stops at one, but counts zero bits for 2³² steps after bytes that end without it; more than one do no harm. */
function ended(encoded: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(encoded.length + 2);
  bytes.set(encoded);
  bytes.set([0xff, 0xd9], encoded.length);
  return bytes;
}

// Lossy frames do travel under the names of lossless syntaxes. Their digests would pass for exact, so they get none; the same below.
const trustedProcesses: Readonly<Record<"jpeg-dct" | "jpeg-lossless" | "jpeg-ls", readonly JpegProcess[]>> = {
  "jpeg-dct": ["dct", "lossless"],
  "jpeg-lossless": ["lossless"],
  "jpeg-ls": ["jpeg-ls"],
};

function prepareJpeg2000(
  encoding: "jpeg-2000" | "htj2k",
  description: PixelDescription,
  encoded: Uint8Array,
): PreparedFrame {
  const stream = readJpeg2000Header(encoded);
  checkCodestream(description, stream);
  if (!stream.reversible && lossiness(description.transferSyntaxUid) === "lossless") throw noCodec("variant");
  // This decoder would cut colour samples to 8 bits.
  if (encoding === "jpeg-2000" && stream.samples > 1 && stream.bits > 8) throw noCodec("variant");
  if (encoding === "jpeg-2000") return { ...asDecoded, task: taskOf("DecodeJpeg2000", stream, false), stream, encoded };
  // The HTJ2K decoder clamps to 8-bit cells as if they were unsigned; 16-bit cells hold either, and the range is then ours to keep.
  return {
    ...asDecoded,
    task: { ...taskOf("DecodeHtJpeg2000", stream, false), cellBits: 16 },
    stream,
    encoded,
    filling: "beyond",
  };
}

function prepareJpegXl(description: PixelDescription, encoded: Uint8Array): PreparedFrame {
  const stream = readJpegXlHeader(encoded);
  checkCodestream(description, stream);
  // JPEG XL has no signed samples.
  if (description.pixelRepresentation === 1) throw noCodec("variant");
  // Nor can it say that its colours are a YCbCr to be left alone, or that perceptual colours are lossless.
  const isLossless = lossiness(description.transferSyntaxUid) === "lossless";
  if (isLossless && (stream.perceptual || isYcbcr(description))) throw noCodec("variant");
  return { ...asDecoded, task: taskOf("DecodeJpegXl", stream, false), stream, encoded, filling: "stretched" };
}

function isYcbcr(description: PixelDescription): boolean {
  return /^YBR_(?:FULL|PARTIAL)/.test(description.photometricInterpretation.trim());
}

function taskOf(
  name: CodecTask["name"],
  { rows, columns, samples, bits, signed }: Codestream,
  toRgb: boolean,
): CodecTask {
  return { name, rows, columns, samples, signed, toRgb, cellBits: bits <= 8 ? 8 : 16 };
}

/** Undoes the stretching of samples over whole cells, which is exact: the steps of the cells are the finer ones. */
function shrink({ cellBits }: CodecTask, { bits }: Codestream): (cell: number) => number {
  const full = 2 ** cellBits - 1;
  const most = 2 ** bits - 1;
  return (cell) => Math.round((cell * most) / full);
}

/** Keeps 16-bit cells within the range of their samples, which lossy coding leaves. */
function clamp({ bits, signed }: Codestream): (cell: number) => number {
  const least = signed ? -(2 ** (bits - 1)) : 0;
  const most = least + 2 ** bits - 1;
  return (cell) => Math.max(least, Math.min(most, signed ? (cell << 16) >> 16 : cell));
}

function mapCells(bytes: Uint8Array, cellBytes: 1 | 2, change: (cell: number) => number): void {
  for (let at = 0; at < bytes.length; at += cellBytes) {
    const cell = cellBytes === 1 ? (bytes[at] as number) : (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    const value = change(cell);
    bytes[at] = value;
    if (cellBytes === 2) bytes[at + 1] = value >> 8;
  }
}
