// Headers of JPEG and JPEG-LS frames, up to the first scan. ISO/IEC 10918-1 (T.81) Annex B, ISO/IEC 14495-1 (T.87) Annex C.
import { type Codestream, type HeaderReader, headerReader } from "./codestream.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";

/** The coding process that the frame header names. */
export type JpegProcess = "dct" | "lossless" | "jpeg-ls";

/** What a JPEG or JPEG-LS header announces. */
export interface JpegHeader extends Codestream {
  readonly process: JpegProcess;
  /** Whether the scans carry one component each, which a JPEG-LS decoder returns as planes. */
  readonly planar: boolean;
}

/** Reads the header of a JPEG or JPEG-LS frame. Throws PIXEL_DATA_INVALID (header), or NO_CODEC (variant) for processes that DICOM does not use. */
export function readJpegHeader(encoded: Uint8Array): JpegHeader {
  const reader = headerReader(encoded);
  if (reader.uint16() !== startOfImage) throw invalidPixels("header");
  let frame: FrameHeader | undefined;
  for (let marker = nextMarker(reader); marker !== startOfScan; marker = nextMarker(reader)) {
    const end = reader.at + reader.uint16();
    const process = processes.get(marker);
    if (process !== undefined && frame !== undefined) throw invalidPixels("header");
    if (process !== undefined) frame = readFrame(reader, process);
    else checkSegment(marker);
    if (end < reader.at || end > reader.size) throw invalidPixels("header");
    reader.at = end;
  }
  if (frame === undefined) throw invalidPixels("header");
  reader.skip(2);
  return { ...frame, planar: reader.byte() === 1 && frame.samples > 1 };
}

type FrameHeader = Omit<JpegHeader, "planar">;

const startOfImage = 0xffd8;
const startOfScan = 0xda;

const processes: ReadonlyMap<number, JpegProcess> = new Map([
  [0xc0, "dct"], // baseline
  [0xc1, "dct"], // extended sequential
  [0xc3, "lossless"],
  [0xf7, "jpeg-ls"],
]);

// Progressive (whose many scans would also make decoding time unbounded), hierarchical, and arithmetic coding: retired from DICOM.
const unusedProcesses: ReadonlySet<number> = new Set([
  0xc2, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xde,
]);

function nextMarker(reader: HeaderReader): number {
  if (reader.byte() !== 0xff) throw invalidPixels("header");
  let marker = reader.byte();
  while (marker === 0xff) marker = reader.byte();
  return marker;
}

function readFrame(reader: HeaderReader, process: JpegProcess): FrameHeader {
  const bits = reader.byte();
  const rows = reader.uint16();
  const columns = reader.uint16();
  const samples = reader.byte();
  const sampling = Array.from({ length: samples }, () => {
    reader.skip(1);
    const factors = reader.byte();
    reader.skip(1);
    return factors;
  });
  // The number of rows may be left to a later marker (DNL), which DICOM's Rows makes pointless.
  if (rows === 0) throw noCodec("variant");
  if (process !== "dct" && sampling.some((factors) => factors !== sampling[0])) throw noCodec("variant");
  return { process, bits, rows, columns, samples, signed: false };
}

/** Lets Huffman and quantization tables, restart intervals, JPEG-LS presets, application data and comments pass. */
function checkSegment(marker: number): void {
  if (unusedProcesses.has(marker)) throw noCodec("variant");
  const harmless = [0xc4, 0xdb, 0xdd, 0xf8, 0xfe].includes(marker) || (marker >= 0xe0 && marker <= 0xef);
  if (!harmless) throw invalidPixels("header");
}
