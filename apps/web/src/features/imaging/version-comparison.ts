// Two versions of one object, held against each other in this browser: the verdict, and each changed attribute as it reads in both.
import {
  type AttributeClass,
  attributeName,
  attributePath,
  attributeText,
  bytesSource,
  type CanonicalAttribute,
  characterSetsOf,
  compare,
  type FingerprintedObject,
  fingerprint,
  readAttributePath,
  readCanonicalHeader,
  type Verdict,
} from "@fiducial/dicom";
import { node } from "../../ui/node.ts";
import { drawDifference, drawFrame, usualWindow } from "../../ui/picture/drawing.ts";
import { pageDecoder, readPicture } from "../../ui/picture/picture.ts";
import type { VersionPlace } from "./slices.ts";

/** One changed attribute; a side is undefined where the version has it not. */
export interface VersionChange {
  readonly path: string;
  readonly name?: string;
  readonly class: AttributeClass;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What became of the earlier version. */
export interface VersionComparison {
  readonly verdict: Verdict;
  readonly changes: readonly VersionChange[];
  /** Pictures of both and of where they differ; absent when they show the same, or have not the same size. */
  readonly pictures?: {
    readonly before: ImageData;
    readonly after: ImageData;
    readonly difference: ImageData;
    readonly differing: number;
    readonly pixels: number;
  };
}

/** Fetches and compares two versions of an object. Throws ApiError, DicomError. */
export async function compareVersions(
  study: string,
  before: VersionPlace,
  after: VersionPlace,
): Promise<VersionComparison> {
  const [first, second] = await Promise.all([node.object({ study, ...before }), node.object({ study, ...after })]);
  const decoder = pageDecoder();
  const [old, now] = await Promise.all([first, second].map((bytes) => fingerprint(bytesSource(bytes), { decoder })));
  const { verdict, changes } = differencesOf(old as FingerprintedObject, now as FingerprintedObject);
  if (verdict !== "altered") return { verdict, changes };
  const pictures = await picturesOf(first, second);
  return { verdict, changes, ...(pictures && { pictures }) };
}

/** The verdict on `now`, held against `old` alone, and each changed attribute as it reads. Throws CANONICAL_HEADER_MALFORMED. */
export function differencesOf(
  old: FingerprintedObject,
  now: FingerprintedObject,
): Pick<VersionComparison, "verdict" | "changes"> {
  const registered = { fingerprint: old.fingerprint, attributes: { canonicalHeader: old.canonicalHeader } };
  const { verdict, changes = [] } = compare([registered], now);
  const [before, after] = [old, now].map(textsOf) as [TextOf, TextOf];
  return {
    verdict,
    changes: changes.map(({ path, class: kind }) => ({
      path,
      ...nameOf(path),
      class: kind,
      before: before(path),
      after: after(path),
    })),
  };
}

type TextOf = (path: string) => string | undefined;

function textsOf({ canonicalHeader }: FingerprintedObject): TextOf {
  const attributes = readCanonicalHeader(canonicalHeader);
  const characterSets = characterSetsOf(attributes) ?? [];
  const byPath = new Map(attributes.map((one): [string, CanonicalAttribute] => [attributePath(one), one]));
  return (path) => {
    const attribute = byPath.get(path);
    return attribute && attributeText(attribute, characterSets);
  };
}

function nameOf(path: string): { readonly name?: string } {
  const place = readAttributePath(path);
  const name = place?.creator === "" ? attributeName(place.tag) : undefined;
  return name === undefined ? {} : { name };
}

async function picturesOf(
  first: Uint8Array<ArrayBuffer>,
  second: Uint8Array<ArrayBuffer>,
): Promise<VersionComparison["pictures"]> {
  const [before, after] = await Promise.all([readPicture(first), readPicture(second)]);
  if (before === undefined || after === undefined) return undefined;
  const isAlike = (["rows", "columns", "samplesPerPixel"] as const).every((name) => before[name] === after[name]);
  if (!isAlike) return undefined;
  for (let index = 0; index < Math.min(before.frames, after.frames, 64); index++) {
    const [old, now] = await Promise.all([before.frame(index), after.frame(index)]);
    const window = usualWindow(before, old);
    const { pixels: difference, differing } = drawDifference(before, [old, now], window);
    if (differing === 0) continue;
    const pixels = before.rows * before.columns;
    return {
      before: drawFrame(before, old, window),
      after: drawFrame(after, now, window),
      difference,
      differing,
      pixels,
    };
  }
  return undefined;
}
