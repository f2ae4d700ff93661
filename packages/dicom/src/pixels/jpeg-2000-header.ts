// The main header of JPEG 2000 and High-Throughput JPEG 2000. ISO/IEC 15444-1 (T.800) Annexes A and I.
import { type Codestream, type HeaderReader, headerReader } from "./codestream.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";

/** What a JPEG 2000 main header announces. */
export interface Jpeg2000Header extends Codestream {
  /** Whether the wavelet is the 5/3 one, the only one that can be undone exactly. */
  readonly reversible: boolean;
}

/** Returns the codestream, taken out of a JP2 file where a writer put one against the rules (PS3.5 § A.4.4). Throws PIXEL_DATA_INVALID (header). */
export function jpeg2000Codestream(encoded: Uint8Array): Uint8Array {
  const reader = headerReader(encoded);
  if (reader.uint16() === startOfCodestream) return encoded;
  reader.at = 0;
  for (;;) {
    const start = reader.at;
    const size = reader.uint32();
    const isCodestream = reader.uint32() === contiguousCodestream;
    if (isCodestream) return encoded.subarray(reader.at, size === 0 ? encoded.length : start + size);
    if (size < 8) throw invalidPixels("header");
    reader.skip(size - 8);
  }
}

/** Reads what a codestream announces. Throws PIXEL_DATA_INVALID (header), or NO_CODEC (variant) when components differ in depth or sampling. */
export function readJpeg2000Header(codestream: Uint8Array): Jpeg2000Header {
  const reader = headerReader(codestream);
  if (reader.uint16() !== startOfCodestream || reader.uint16() !== imageAndTileSize) throw invalidPixels("header");
  const end = reader.at + reader.uint16();
  reader.skip(2);
  const [right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from({ length: 8 }, () =>
    reader.uint32(),
  ) as Eight;
  const samples = reader.uint16();
  if (samples === 0 || right <= left || bottom <= top || tileWidth === 0 || tileHeight === 0)
    throw invalidPixels("header");
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  if (tileLeft > left || tileTop > top || tiles > mostTiles) throw invalidPixels("header");
  const components = Array.from({ length: samples }, () => ({ depth: reader.byte(), sampling: reader.uint16() }));
  const depth = components[0]?.depth ?? 0;
  if (components.some((component) => component.depth !== depth || component.sampling !== notSubsampled))
    throw noCodec("variant");
  if (reader.at !== end) throw invalidPixels("header");
  return {
    rows: bottom - top,
    columns: right - left,
    samples,
    bits: (depth & 0x7f) + 1,
    signed: depth >= 0x80,
    reversible: readReversible(reader),
  };
}

/** Reads on to the default coding style (COD), which every main header has, and says which wavelet it names. T.800 § A.6.1. */
function readReversible(reader: HeaderReader): boolean {
  for (;;) {
    const marker = reader.uint16();
    const end = reader.at + reader.uint16();
    if (marker === codingStyle) {
      reader.skip(9);
      return reader.byte() === 1;
    }
    if (marker === startOfTilePart || marker < 0xff00 || end < reader.at || end > reader.size)
      throw invalidPixels("header");
    reader.at = end;
  }
}

type Eight = [number, number, number, number, number, number, number, number];

const startOfCodestream = 0xff4f;
const imageAndTileSize = 0xff51;
const codingStyle = 0xff52;
const startOfTilePart = 0xff90;
const contiguousCodestream = 0x6a703263;
const mostTiles = 65535;
const notSubsampled = 0x0101;
