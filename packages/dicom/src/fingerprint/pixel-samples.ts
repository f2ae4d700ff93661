// How the samples of an object's frames are come by: as they stand, by rearranging, or by decoding. docs/formats/fingerprints.md § Pixels.
import { tags } from "../dictionary/tag.ts";
import { nativeSamples } from "../pixels/native-frame.ts";
import type { PixelDecoder } from "../pixels/pixel-decoder.ts";
import {
  checkDescription,
  defaultLimitBytes,
  isChromaHalved,
  type PixelDescription,
} from "../pixels/pixel-description.ts";
import { PixelError, type PixelErrorCode } from "../pixels/pixel-error.ts";
import { frameEncoding } from "../pixels/transfer-syntaxes.ts";
import type { PixelData } from "../reading/element.ts";
import type { FrameLayout } from "./frame-layout.ts";
import { isArrangedAsSamples, standsAsSamples } from "./native-samples.ts";

/** Why an object has no digest of its samples: a PixelError, or its frames or their byte order cannot be told. */
export type PixelsUnavailable = PixelErrorCode | "FRAMES_AMBIGUOUS" | "BYTE_ORDER_AMBIGUOUS";

/** How to come by samples. Decoding gives back the very bytes it was given when they are samples already. */
export type SampleSource =
  | { readonly way: "as-they-stand" }
  | { readonly way: "decode"; readonly decode: (frame: Uint8Array) => Promise<Uint8Array> }
  | { readonly way: "none"; readonly why: PixelsUnavailable };

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const encapsulatedUncompressed = "1.2.840.10008.1.2.1.98";

/** Tells how the samples of these frames are come by; compressed ones only with a `decoder`. */
export function sampleSource(
  transferSyntaxUid: string,
  layout: FrameLayout,
  decoder: PixelDecoder | undefined,
): SampleSource {
  if (layout.notes.includes("FRAMES_AMBIGUOUS")) return none("FRAMES_AMBIGUOUS");
  const isEncapsulated = layout.bits === undefined;
  if (isEncapsulated && !isCompressed(transferSyntaxUid)) return none("NO_CODEC");
  if (!layout.isComplete) return none("PIXEL_DATA_INVALID");
  const description = describePixels(transferSyntaxUid, layout);
  if (!isEncapsulated) return nativeSource(layout.pixelData, description);
  if (decoder === undefined) return none("NO_CODEC");
  return { way: "decode", decode: (frame) => decoder.canonicalFrame(description, frame) };
}

// The native frames given here are little-endian, whatever the object is.
function nativeSource({ bigEndian, vr }: PixelData, description: PixelDescription): SampleSource {
  // Some systems reverse 32-bit samples whole, others word by word as OW asks: PS3.5 § 7.3 against § 8.1.1 of 2016.
  if (bigEndian && vr === "OW" && description.bitsAllocated > 16) return none("BYTE_ORDER_AMBIGUOUS");
  const asTheyStand = isArrangedAsSamples(description) && fillsItsCells(description);
  try {
    checkDescription(description, asTheyStand ? Number.POSITIVE_INFINITY : defaultLimitBytes);
  } catch (error) {
    if (error instanceof PixelError) return none(error.code);
    throw error;
  }
  if (asTheyStand) return { way: "as-they-stand" };
  return {
    way: "decode",
    decode: async (frame) => (standsAsSamples(description, frame) ? frame : nativeSamples(description, frame, false)),
  };
}

function fillsItsCells({ bitsStored, bitsAllocated, floatBits }: PixelDescription): boolean {
  return floatBits !== undefined || bitsStored === bitsAllocated;
}

// Encapsulated frames under the name of a native syntax come from an object whose syntax nobody stated.
function isCompressed(transferSyntaxUid: string): boolean {
  const encoding = frameEncoding(transferSyntaxUid);
  if (encoding === undefined) return false;
  return !encoding.startsWith("native") || transferSyntaxUid === encapsulatedUncompressed;
}

/** Describes these frames as frameBytes gives them: encoded as the transfer syntax says, or native and little-endian. */
export function describePixels(
  transferSyntaxUid: string,
  { format, pixelData, bits, pictures }: FrameLayout,
): PixelDescription {
  const floatBits =
    pixelData.tag === tags.floatPixelData ? 32 : pixelData.tag === tags.doubleFloatPixelData ? 64 : undefined;
  const { rows, columns, samplesPerPixel, photometricInterpretation } = format;
  const description: PixelDescription = {
    ...{ rows, columns, samplesPerPixel, photometricInterpretation },
    transferSyntaxUid: bits === undefined ? transferSyntaxUid : explicitLittleEndian,
    bitsAllocated: floatBits ?? format.bitsAllocated,
    bitsStored: floatBits ?? format.bitsStored,
    highBit: floatBits === undefined ? format.highBit : floatBits - 1,
    pixelRepresentation: format.pixelRepresentation as 0 | 1,
    planarConfiguration: format.planarConfiguration as 0 | 1,
    numberOfFrames: pictures,
    ...(floatBits === undefined ? {} : { floatBits }),
  };
  // Full chroma under the name of halved chroma: frame-layout.ts told it by the length.
  const frame = bits?.(0);
  const full = rows * columns * samplesPerPixel * description.bitsAllocated;
  const isFull = frame !== undefined && frame.to - frame.from === full;
  return isFull && isChromaHalved(description)
    ? { ...description, photometricInterpretation: "YBR_FULL" }
    : description;
}

function none(why: PixelsUnavailable): SampleSource {
  return { way: "none", why };
}
