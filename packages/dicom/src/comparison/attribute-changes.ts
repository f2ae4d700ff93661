// Which attributes differ between a registered object and another, and which of these changes are harmless. docs/formats/fingerprints.md § Comparison.
import { equalBytes, utf8 } from "@fiducial/core";
import { keywordOf, tagOfKeyword } from "../dictionary/dictionary.ts";
import { type Tag, tags } from "../dictionary/tag.ts";
import { readAttributePath } from "../fingerprint/attribute-key.ts";
import { type CanonicalAttribute, readItems } from "../fingerprint/canonical-attributes.ts";
import { canonicalAttribute, forms } from "../fingerprint/canonical-header.ts";
import { type AttributeClass, attributeClass } from "./attribute-classes.ts";
import { type CoercibleWhen, coercibleAttributes } from "./coercible-attributes.ts";
import { isSameColour } from "./colour.ts";
import { characterSetsOf, dependsOnCharacterSet, readableForm } from "./readable-form.ts";
import { attributesByPath, hasValue, type RegisteredView } from "./registered-attributes.ts";

/** One changed attribute. */
export interface AttributeChange {
  /** `gggg,eeee`, or `gggg,xxee,CREATOR`. */
  readonly path: string;
  /** The keyword of PS3.6; absent for private and unknown attributes. */
  readonly keyword?: string;
  /** `reread`: the same bytes, which read otherwise since the character set changed. */
  readonly change: "added" | "removed" | "changed" | "reread";
  readonly class: AttributeClass;
}

/** What besides the attribute itself decides whether its change is harmless. */
export interface ChangeContext {
  /** Whether there are frames, and they show the same: equal as encoded, or as samples. */
  readonly samePicture: boolean;
  /** Whether the frames are encoded otherwise and show the same. */
  readonly reEncoded: boolean;
  readonly registeredSyntax: string;
  readonly candidateSyntax: string;
}

/** Both sides of a comparison. Character sets are undefined where they are the same, or not known. */
interface Sides {
  readonly registered: RegisteredView;
  readonly candidate: ReadonlyMap<string, CanonicalAttribute>;
  readonly context: ChangeContext;
  readonly otherCharacterSet: boolean;
  readonly registeredSets: readonly string[] | undefined;
  readonly candidateSets: readonly string[];
}

const characterSetPath = "0008,0005";
const nothing = new Uint8Array(0);
const latin1 = new TextDecoder("latin1");
const coercibleTags: ReadonlyMap<Tag, CoercibleWhen> = new Map(
  Object.entries(coercibleAttributes).map(([keyword, when]) => [tagOfKeyword(keyword) as Tag, when]),
);

/** Returns the changes from the registered attributes to those of the `candidate` header, by path. Throws CANONICAL_HEADER_MALFORMED. */
export function attributeChanges(
  registered: RegisteredView,
  candidate: Uint8Array,
  context: ChangeContext,
): AttributeChange[] {
  const sides = sidesOf(registered, attributesByPath(candidate), context);
  const paths = new Set([...registered.paths, ...sides.candidate.keys()]);
  return [...paths].sort().flatMap((path) => changeAt(sides, path) ?? []);
}

function sidesOf(
  registered: RegisteredView,
  candidate: ReadonlyMap<string, CanonicalAttribute>,
  context: ChangeContext,
): Sides {
  const now = candidate.get(characterSetPath);
  const before = registered.attribute(characterSetPath);
  const isSame = now === undefined ? !registered.has(characterSetPath) : registered.equals(characterSetPath, now.bytes);
  const registeredSets = before === undefined ? undefined : characterSetsOf([before]);
  const candidateSets = (now === undefined ? undefined : characterSetsOf([now])) ?? [];
  return { registered, candidate, context, otherCharacterSet: !isSame, registeredSets, candidateSets };
}

function changeAt(sides: Sides, path: string): AttributeChange | undefined {
  const change = kindOfChange(sides, path);
  if (change === undefined) return undefined;
  const { tag, creator } = readAttributePath(path) ?? { tag: 0, creator: path };
  const keyword = creator === "" ? keywordOf(tag) : undefined;
  const isHarmless =
    isEmptyChange(sides, path) || (creator === "" && isCoercible(sides, path, tag)) || readsTheSame(sides, path);
  return {
    path,
    ...(keyword === undefined ? {} : { keyword }),
    change,
    class: isHarmless && change !== "reread" ? "coercible" : attributeClass(tag, creator),
  };
}

function kindOfChange(sides: Sides, path: string): AttributeChange["change"] | undefined {
  const now = sides.candidate.get(path);
  if (now === undefined) return "removed";
  if (!sides.registered.has(path)) return "added";
  if (!sides.registered.equals(path, now.bytes)) return "changed";
  // Without the registered header nobody can tell how it read; that it may read otherwise is then said.
  const mayBeReread = sides.otherCharacterSet && dependsOnCharacterSet(now);
  return mayBeReread && !readsTheSame(sides, path) ? "reread" : undefined;
}

// A blank attribute says as much as none.
function isEmptyChange(sides: Sides, path: string): boolean {
  return isBlankOrAbsent(sides.candidate.get(path)) && wasBlankOrAbsent(sides, path);
}

function wasBlankOrAbsent({ registered }: Sides, path: string): boolean {
  return !registered.has(path) || hasValue(registered, path, nothing);
}

function isBlankOrAbsent(now: CanonicalAttribute | undefined): boolean {
  return now === undefined || equalBytes(now.bytes, canonicalAttribute(now.tag, now.creator, nothing));
}

// Text that was written anew in another character set.
function readsTheSame(
  { registered, candidate, otherCharacterSet, registeredSets, candidateSets }: Sides,
  path: string,
): boolean {
  const [before, now] = [registered.attribute(path), candidate.get(path)];
  if (!otherCharacterSet || before === undefined || now === undefined) return false;
  return readableForm(before, registeredSets ?? []) === readableForm(now, candidateSets);
}

function isCoercible(sides: Sides, path: string, tag: Tag): boolean {
  const { samePicture, reEncoded } = sides.context;
  switch (coercibleTags.get(tag)) {
    case undefined:
      return false;
    case "always":
      return true;
    case "grown":
      return hasGrown(sides, path);
    case "transcoded":
      return samePicture && hasGrown(sides, path) && (tag !== tags.lossyImageCompression || saysLossy(sides, path));
    case "re-encoded":
      return reEncoded && (tag !== tags.photometricInterpretation || hasSameColour(sides, path));
  }
}

// Text grows around what it was, a sequence behind it. Without the registered header only an addition is seen to be one.
function hasGrown(sides: Sides, path: string): boolean {
  const [before, now] = [sides.registered.attribute(path), sides.candidate.get(path)];
  if (now === undefined) return false;
  if (wasBlankOrAbsent(sides, path)) return true;
  if (before?.form !== now.form || before.count > 1 || now.count > 1) return false;
  if (now.form === forms.value) return latin1.decode(now.content).includes(latin1.decode(before.content));
  const items = readItems(now);
  return readItems(before).every((item, index) => equalBytes(item, items[index] ?? nothing));
}

function saysLossy({ candidate }: Sides, path: string): boolean {
  return equalBytes(candidate.get(path)?.content ?? nothing, utf8("01"));
}

function hasSameColour({ registered, candidate, context }: Sides, path: string): boolean {
  return isSameColour(registered, candidate.get(path), context);
}
