// The verdict on an object: is it what was registered, and if not, what became of it? docs/formats/fingerprints.md § Comparison.
import { utf8 } from "@fiducial/core";
import { readAttributePath } from "../fingerprint/attribute-key.ts";
import { attributesIn } from "../fingerprint/canonical-attributes.ts";
import type { Fingerprint, FingerprintedObject } from "../fingerprint/fingerprint.ts";
import { type AttributeChange, attributeChanges } from "./attribute-changes.ts";
import { isContent } from "./content.ts";
import { type PictureRelation, type RegisteredFingerprint, relatePictures, type UndecidedReason } from "./pictures.ts";
import { hasValue, type RegisteredAttributes, type RegisteredView, viewOf } from "./registered-attributes.ts";

/** What became of an object, best first. */
export type Verdict = "identical" | "header-changed" | "same-pixels" | "undecided" | "altered" | "unknown";

/** One version of an object, as registered. Without attributes the verdict says less. */
export interface RegisteredVersion {
  readonly fingerprint: RegisteredFingerprint;
  readonly attributes?: RegisteredAttributes;
}

/** What differs besides attributes: the exact bytes, their transfer syntax, the frames as encoded, the samples; and bytes behind the object that nobody registered. */
export type Difference = "FILE" | "TRANSFER_SYNTAX" | "FRAMES" | "SAMPLES" | "TRAILING_BYTES";

/** The verdict and what it rests on. */
export interface Comparison {
  readonly verdict: Verdict;
  /** Which of the versions it is about, by index; absent for `unknown`. */
  readonly version?: number;
  readonly differences: readonly Difference[];
  /** The changed attributes by path; absent when the registered ones are not known. */
  readonly changes?: readonly AttributeChange[];
  /** Whether nothing changed but what is harmless. */
  readonly harmless: boolean;
  /** The version that it matches came later under this UID, and shows something else than the first: of the first the object is an altered copy. Said as well, by who knows of studies, of one under another patient. Never harmless. */
  readonly contested?: true;
  /** Why `undecided`. */
  readonly reason?: UndecidedReason;
}

/** From best to worst. An object is `altered` only when no version is left that it might be. */
const ranks: readonly Verdict[] = ["identical", "header-changed", "same-pixels", "undecided", "altered", "unknown"];
/** Overlay Bits Allocated (60xx,0100): 1 for an overlay with data of its own. PS3.3 § C.9.2. */
const overlayBitsAllocated = 0x60000100;
const lossyImageCompressionPath = "0028,2110";

/** Compares `candidate` with every registered version of the same object, the oldest first, and returns the best match. Throws CANONICAL_HEADER_MALFORMED. */
export function compare(registered: readonly RegisteredVersion[], candidate: FingerprintedObject): Comparison {
  let best: Comparison = { verdict: "unknown", differences: [], harmless: false };
  let isAlteredOfFirst = false;
  for (const [version, { fingerprint, attributes }] of registered.entries()) {
    const judged = judge(fingerprint, attributes === undefined ? undefined : viewOf(attributes), candidate);
    if (version === 0) isAlteredOfFirst = judged.verdict === "altered";
    if (isBetter(judged, best)) best = { ...judged, version };
  }
  // Whoever can send can have anything registered under a UID that is known: that makes no other picture of it the registered one.
  const isContested = isAlteredOfFirst && best.verdict !== "altered";
  return isContested ? { ...best, harmless: false, contested: true } : best;
}

function judge(
  registered: RegisteredFingerprint,
  view: RegisteredView | undefined,
  candidate: FingerprintedObject,
): Comparison {
  const { fingerprint, canonicalHeader, header } = candidate;
  const wasLossy = view !== undefined && hasValue(view, lossyImageCompressionPath, utf8("01"));
  const pictures = relatePictures(registered, fingerprint, wasLossy);
  const differences = differencesOf(registered, candidate, pictures);
  // What stands behind an object is read by nobody, as far as we know; another reader may know better.
  const isAlone = !differences.includes("TRAILING_BYTES");
  if (registered.dataset === fingerprint.dataset) {
    return { verdict: "identical", differences, changes: [], harmless: isAlone };
  }
  const changes =
    view &&
    attributeChanges(view, canonicalHeader, {
      samePicture: pictures === "same-frames" || pictures === "same-samples",
      reEncoded: pictures === "same-samples",
      registeredSyntax: registered.transferSyntaxUid,
      candidateSyntax: fingerprint.transferSyntaxUid,
    });
  const known = changes === undefined ? {} : { changes };
  if (typeof pictures === "object")
    return { verdict: "undecided", differences, ...known, harmless: false, reason: pictures.undecided };
  if (pictures === "different") return { verdict: "altered", differences, ...known, harmless: false };
  if (pictures === "both-none" && changes === undefined)
    return { verdict: "undecided", differences, harmless: false, reason: "ATTRIBUTES_UNKNOWN" };
  if (pictures === "both-none" && changes?.some((change) => changesContent(change, header.sopClassUid))) {
    return { verdict: "altered", differences, ...known, harmless: false };
  }
  const verdict = pictures === "same-samples" ? "same-pixels" : "header-changed";
  const mayHaveLost =
    verdict === "same-pixels" && (hasOverlayInPixels(canonicalHeader) || hasOtherExcess(registered, fingerprint));
  return { verdict, differences, ...known, harmless: isHarmless(verdict, changes) && !mayHaveLost && isAlone };
}

// Frames that are equal under another data set digest, with no attribute to show for it, are pixel data of another kind.
function isHarmless(verdict: Verdict, changes: readonly AttributeChange[] | undefined): boolean {
  if (changes === undefined || (verdict === "header-changed" && changes.length === 0)) return false;
  return changes.every((change) => change.class === "coercible");
}

// Overlays drawn in unused bits of the samples (retired in 2004) are no part of the samples: equal samples say nothing of them.
function hasOverlayInPixels(canonicalHeader: Uint8Array): boolean {
  for (const { tag, content } of attributesIn(canonicalHeader)) {
    if ((tag & 0xff01ffff) >>> 0 === overlayBitsAllocated && content[0] !== 1) return true;
  }
  return false;
}

// What stands behind the frames announced is a leaf of `frames` and no sample. A reader that counts frames by the length of all would show it.
function hasOtherExcess({ frameCount }: RegisteredFingerprint, candidate: Fingerprint): boolean {
  const isOther = frameCount !== undefined && frameCount !== candidate.frameCount;
  return isOther || candidate.notes.includes("PIXEL_DATA_EXCESS");
}

function changesContent(change: AttributeChange, sopClassUid: string | undefined): boolean {
  const { tag, creator } = readAttributePath(change.path) ?? { tag: 0, creator: change.path };
  return change.class !== "coercible" && isContent(tag, creator, sopClassUid);
}

function differencesOf(
  registered: RegisteredFingerprint,
  { fingerprint }: FingerprintedObject,
  pictures: PictureRelation,
): Difference[] {
  const differences: Difference[] = [];
  if (registered.file !== fingerprint.file) differences.push("FILE");
  if (registered.transferSyntaxUid !== fingerprint.transferSyntaxUid) differences.push("TRANSFER_SYNTAX");
  if (registered.frames !== fingerprint.frames) differences.push("FRAMES");
  if (pictures === "different") differences.push("SAMPLES");
  if (registered.file !== fingerprint.file && fingerprint.notes.includes("TRAILING_BYTES"))
    differences.push("TRAILING_BYTES");
  return differences;
}

// Between equal verdicts, the version with fewer changes that are not harmless; between those, the one registered later.
function isBetter(judged: Comparison, best: Comparison): boolean {
  const rank = ranks.indexOf(judged.verdict) - ranks.indexOf(best.verdict);
  return rank === 0 ? harmfulChanges(judged) <= harmfulChanges(best) : rank < 0;
}

function harmfulChanges({ changes, harmless }: Comparison): number {
  if (harmless) return 0;
  return changes?.filter((change) => change.class !== "coercible").length ?? Number.POSITIVE_INFINITY;
}
