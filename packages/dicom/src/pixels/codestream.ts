// What an encoded frame says about itself, read from its own header and compared with the DICOM header before any codec sees it.
import { type PixelDescription, samplesPerFrame } from "./pixel-description.ts";
import { invalidPixels, noCodec, PixelError } from "./pixel-error.ts";

/** The shape that an encoded frame announces. */
export interface Codestream {
  readonly rows: number;
  readonly columns: number;
  /** Components of a pixel. */
  readonly samples: number;
  /** Bits of a sample. */
  readonly bits: number;
  /** Whether samples are two's complement. Only JPEG 2000 can say so. */
  readonly signed: boolean;
}

/** A big-endian reader that refuses to leave its bytes. */
export interface HeaderReader {
  /** Bytes read so far. */
  at: number;
  readonly size: number;
  byte(): number;
  uint16(): number;
  uint32(): number;
  /** Passes over `count` bytes. */
  skip(count: number): void;
}

// Codecs hold a frame several times over, in up to 16 bytes a sample, within the 2 GiB that their module can address.
const codecLimitSamples = 64 * 1024 * 1024;

/** Opens `bytes` as a header. Reading past their end throws PIXEL_DATA_INVALID (header). */
export function headerReader(bytes: Uint8Array): HeaderReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const reader: HeaderReader = {
    at: 0,
    size: bytes.length,
    byte: () => view.getUint8(advance(1)),
    uint16: () => view.getUint16(advance(2)),
    uint32: () => view.getUint32(advance(4)),
    skip: (count) => {
      advance(count);
    },
  };
  function advance(count: number): number {
    const from = reader.at;
    if (from + count > bytes.length) throw invalidPixels("header");
    reader.at += count;
    return from;
  }
  return reader;
}

/**
 * Checks that what a frame announces is what its description says, so that no codec allocates or decodes by contradicting sizes.
 * Throws PIXEL_DATA_INVALID (mismatch), PIXEL_DATA_TOO_LARGE, or NO_CODEC (variant) for shapes in which the value of a sample would be a guess.
 */
export function checkCodestream(description: PixelDescription, stream: Codestream): void {
  const { rows, columns, samplesPerPixel } = description;
  if (stream.rows !== rows || stream.columns !== columns || stream.samples !== samplesPerPixel)
    throw invalidPixels("mismatch");
  if (stream.samples !== 1 && stream.samples !== 3) throw noCodec("variant");
  const samples = samplesPerFrame(description);
  if (samples > codecLimitSamples)
    throw new PixelError("PIXEL_DATA_TOO_LARGE", { sizeBytes: 2 * samples, limitBytes: 2 * codecLimitSamples });
  if (stream.bits > 16 || description.bitsStored > 16) throw noCodec("variant");
  if (description.floatBits !== undefined || description.highBit !== description.bitsStored - 1)
    throw noCodec("variant");
  // With fewer bits than stored, the sign of a sample is known only when both headers agree on it.
  const agreed = stream.signed === (description.pixelRepresentation === 1);
  const cellBits = stream.bits <= 8 ? 8 : 16;
  const extended = !stream.signed || description.bitsStored <= cellBits;
  if (stream.bits < description.bitsStored && !(agreed && extended)) throw noCodec("variant");
}
