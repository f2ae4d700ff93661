// Canonical samples as typed arrays, for a viewer.
import { canonicalBytes, isPacked } from "./canonical-samples.ts";
import { containerBytes, type PixelDescription, samplesPerFrame } from "./pixel-description.ts";
import { invalidPixels } from "./pixel-error.ts";

/** Sample values, colour by pixel; one-bit samples as 0 and 1. */
export type ReadableSamples =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** Reads canonical samples as numbers, in a copy that the caller may change. Assumes a little-endian machine, as all browsers' are. Throws PIXEL_DATA_INVALID (length). */
export function readableSamples(description: PixelDescription, canonical: Uint8Array): ReadableSamples {
  if (canonical.length !== canonicalBytes(description)) throw invalidPixels("length");
  if (isPacked(description)) {
    return Uint8Array.from(
      { length: samplesPerFrame(description) },
      (_, index) => ((canonical[index >> 3] as number) >> (index & 7)) & 1,
    );
  }
  const { buffer } = new Uint8Array(canonical);
  if (description.floatBits === 32) return new Float32Array(buffer);
  if (description.floatBits === 64) return new Float64Array(buffer);
  const signed = description.pixelRepresentation === 1;
  switch (containerBytes(description)) {
    case 1:
      return signed ? new Int8Array(buffer) : new Uint8Array(buffer);
    case 2:
      return signed ? new Int16Array(buffer) : new Uint16Array(buffer);
    case 4:
      return signed ? new Int32Array(buffer) : new Uint32Array(buffer);
    case 8:
      return signed ? new BigInt64Array(buffer) : new BigUint64Array(buffer);
  }
}
