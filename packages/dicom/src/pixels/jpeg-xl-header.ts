// The image header of JPEG XL, bare or boxed. ISO/IEC 18181-1 § 9 and Annexes A to E, ISO/IEC 18181-2 § 9.
import { type Codestream, headerReader } from "./codestream.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";

/** What a JPEG XL header announces. */
export interface JpegXlHeader extends Codestream {
  /** Whether colours are stored as XYB, which cannot be undone exactly. */
  readonly perceptual: boolean;
}

/** Reads what a JPEG XL image announces. Throws PIXEL_DATA_INVALID (header), or NO_CODEC (variant) for what DICOM has no use for or what a decoder would convert. */
export function readJpegXlHeader(encoded: Uint8Array): JpegXlHeader {
  const bits = bitReader(codestreamStart(encoded));
  if (bits.read(16) !== startOfCodestream) throw invalidPixels("header");
  const size = readSize(bits);
  if (bits.flag()) return { ...size, samples: 3, bits: 8, signed: false, perceptual: true }; // all metadata by default
  // Orientation, preview and animation each change what a decoder returns.
  if (bits.flag() && bits.read(3) + bits.read(3) !== 0) throw noCodec("variant");
  if (bits.flag()) throw noCodec("variant"); // floating-point samples
  const depth = bits.choice([8, 10, 12, { bits: 6, offset: 1 }]);
  bits.read(1); // whether 16-bit buffers suffice
  if (bits.choice([0, 1, { bits: 4, offset: 2 }, { bits: 12, offset: 1 }]) !== 0) throw noCodec("variant"); // extra channels
  const perceptual = bits.flag();
  return { ...size, samples: readColourSamples(bits), bits: depth, signed: false, perceptual };
}

interface BitReader {
  /** Reads `count` ≤ 30 bits, the lowest first. */
  read(count: number): number;
  flag(): boolean;
  /** Reads a selector of two bits, then the value that it selects. */
  choice(selections: readonly [Selection, Selection, Selection, Selection]): number;
}

type Selection = number | { readonly bits: number; readonly offset: number };

const startOfCodestream = 0x0aff;
const ratios: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];
const sizes: readonly [Selection, Selection, Selection, Selection] = [
  { bits: 9, offset: 1 },
  { bits: 13, offset: 1 },
  { bits: 18, offset: 1 },
  { bits: 30, offset: 1 },
];
const enumeration: readonly [Selection, Selection, Selection, Selection] = [
  0,
  1,
  { bits: 4, offset: 2 },
  { bits: 6, offset: 18 },
];
const rgb = 0;
const grey = 1;
function bitReader(bytes: Uint8Array): BitReader {
  let at = 0;
  const read = (count: number): number => {
    if (at + count > bytes.length * 8) throw invalidPixels("header");
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) value |= (((bytes[at >> 3] as number) >> (at & 7)) & 1) << bit;
    return value;
  };
  return {
    read,
    flag: () => read(1) === 1,
    choice: (selections) => {
      const selection = selections[read(2)] as Selection;
      return typeof selection === "number" ? selection : selection.offset + read(selection.bits);
    },
  };
}

function readSize(bits: BitReader): { rows: number; columns: number } {
  const small = bits.flag();
  const side = () => (small ? (bits.read(5) + 1) * 8 : bits.choice(sizes));
  const rows = side();
  const ratio = ratios[bits.read(3) - 1];
  return { rows, columns: ratio === undefined ? side() : Math.floor((rows * ratio[0]) / ratio[1]) };
}

function readColourSamples(bits: BitReader): 1 | 3 {
  if (bits.flag()) return 3; // sRGB by default
  const hasProfile = bits.flag();
  const space = bits.choice(enumeration);
  if (space === grey) return 1;
  // Samples under an enumerated RGB stay as they are; under a profile of its own an image would be converted, or refused.
  if (space !== rgb || hasProfile) throw noCodec("variant");
  return 3;
}

/** Returns the first bytes of the codestream, gathered from the boxes that carry it where there are any. */
function codestreamStart(encoded: Uint8Array): Uint8Array {
  const reader = headerReader(encoded);
  if (reader.uint16() === 0xff0a) return encoded;
  reader.at = 0;
  const start: number[] = [];
  while (start.length < 64 && reader.at < reader.size) {
    const from = reader.at;
    const announced = reader.uint32();
    const type = reader.uint32();
    const size = announced === 0 ? reader.size - from : announced;
    if (size < 8 || from + size > reader.size) throw invalidPixels("header");
    if (type === wholeCodestream || type === partOfCodestream) {
      start.push(...encoded.subarray(reader.at + (type === partOfCodestream ? 4 : 0), from + size).subarray(0, 64));
    }
    reader.at = from + size;
  }
  return Uint8Array.from(start);
}

const wholeCodestream = 0x6a786c63;
const partOfCodestream = 0x6a786c70;
