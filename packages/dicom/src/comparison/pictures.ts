// Do two versions show the same? Told from the digests of their frames, and never beyond what decoders allow. docs/formats/fingerprints.md § Comparison.
import type { Fingerprint } from "../fingerprint/fingerprint.ts";
import type { PixelsUnavailable } from "../fingerprint/pixel-samples.ts";
import { frameEncoding, lossiness } from "../pixels/transfer-syntaxes.ts";
import type { CheckFault } from "../receipt-check/check-faults.ts";

/** The digests that a comparison needs of a registered version, as its record has them. */
export type RegisteredFingerprint = Pick<Fingerprint, "file" | "dataset" | "frames" | "pixels" | "transferSyntaxUid"> &
  Pick<Partial<Fingerprint>, "pixelsUnavailable" | "frameCount">;

/** Why nothing can be said: no samples on one side, decoders that need not agree, or no attributes to compare. */
export type UndecidedReason = PixelsUnavailable | Extract<CheckFault, "LOSSY_DECODERS_DIFFER" | "ATTRIBUTES_UNKNOWN">;

/** How the frames of two versions relate. */
export type PictureRelation =
  | "both-none"
  | "same-frames"
  | "same-samples"
  | "different"
  | { readonly undecided: UndecidedReason };

/** Near-lossless JPEG-LS loses something once; what is left decodes to the same samples everywhere. ISO/IEC 14495-1 § 7. */
const exactThoughLossy = "1.2.840.10008.1.2.4.81";

/** Compares frames. `wasLossy` says that the registered header tells of lossy compression in its past, (0028,2110) = 01. */
export function relatePictures(
  registered: RegisteredFingerprint,
  candidate: Fingerprint,
  wasLossy: boolean,
): PictureRelation {
  if (registered.frames === null || candidate.frames === null) {
    return registered.frames === candidate.frames ? "both-none" : "different";
  }
  if (registered.frames === candidate.frames) return "same-frames";
  const sameEncoding = encodingOf(registered.transferSyntaxUid) === encodingOf(candidate.transferSyntaxUid);
  const undecided = withoutSamples(registered, candidate);
  if (undecided === "PIXEL_DATA_INVALID" && registered.pixels !== null && sameEncoding) return "different";
  if (undecided !== undefined) return { undecided };
  if (registered.pixels === candidate.pixels) return "same-samples";
  const lossyBefore = isInexact(registered.transferSyntaxUid);
  const lossyNow = isInexact(candidate.transferSyntaxUid) && wasLossy;
  return !sameEncoding && (lossyBefore || lossyNow) ? { undecided: "LOSSY_DECODERS_DIFFER" } : "different";
}

// Samples that cannot be made prove nothing, but for one thing: nobody re-encodes an image into its own encoding and breaks it, so that
// one is the registered image, damaged.
function withoutSamples(registered: RegisteredFingerprint, candidate: Fingerprint): PixelsUnavailable | undefined {
  if (registered.pixels === null) return registered.pixelsUnavailable ?? "NO_CODEC";
  return candidate.pixels === null ? (candidate.pixelsUnavailable ?? "NO_CODEC") : undefined;
}

// Decoders of these may differ from each other in the last bit.
function isInexact(transferSyntaxUid: string): boolean {
  return lossiness(transferSyntaxUid) !== "lossless" && transferSyntaxUid !== exactThoughLossy;
}

function encodingOf(transferSyntaxUid: string): string {
  const encoding = frameEncoding(transferSyntaxUid) ?? transferSyntaxUid;
  return encoding === "native-big-endian" ? "native" : encoding;
}
