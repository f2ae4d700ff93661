// In what our DICOM JSON Model may differ from pydicom's, and why.

/** A model as JSON.parse reads it. */
export interface Model {
  readonly [tag: string]:
    | {
        readonly vr: string;
        readonly Value?: readonly unknown[];
        readonly BulkDataURI?: string;
        readonly InlineBinary?: string;
      }
    | undefined;
}

type Attribute = Model[string];
type Rule = (tag: string, ours: Attribute, theirs: Attribute) => boolean;

const pixels = new Set(["7FE00008", "7FE00009", "7FE00010"]);
const isPrivate = (tag: string) => Number.parseInt(tag.charAt(3), 16) % 2 === 1;

const rules: readonly Rule[] = [
  // Pixel data are taken out before pydicom writes; here they are an address.
  (tag, _, theirs) => pixels.has(tag) && theirs === undefined,
  // PS3.18 § F.2.2: group lengths are not part of the model.
  (tag, ours) => tag.endsWith("0000") && ours === undefined,
  // The text is UTF-8, whatever the object was in.
  (tag, ours) => tag === "00080005" && ours?.Value?.[0] === "ISO_IR 192",
  // pydicom has dictionaries of private attributes; here what has no VR is UN.
  (tag, ours, theirs) => isPrivate(tag) && ours?.vr === "UN" && theirs !== undefined,
  // PS3.18 § F.2.5: what is empty has its VR alone; pydicom writes an empty list for a sequence without items.
  (_, ours, theirs) =>
    ours?.vr === "SQ" && theirs?.vr === "SQ" && ours.Value === undefined && theirs.Value?.length === 0,
  // PS3.18 § F.2.5: an empty one of several values is null, and padding is no part of a value; pydicom writes both as texts.
  (_, ours, theirs) => JSON.stringify(ours) === JSON.stringify(withoutPadding(theirs)),
  // Encapsulated pixel data of an icon: an address here, the fragments with their item tags there.
  (tag, ours, theirs) => tag === "7FE00010" && ours?.BulkDataURI !== undefined && theirs?.InlineBinary !== undefined,
];

function withoutPadding(attribute: Attribute): Attribute {
  if (attribute?.Value === undefined) return attribute;
  const Value = attribute.Value.map((value) => (typeof value === "string" ? value.trimEnd() || null : value));
  return { vr: attribute.vr, Value };
}

/** Tells whether a rule allows the difference. */
export function allowed(tag: string, ours: Attribute, theirs: Attribute): boolean {
  return rules.some((rule) => rule(tag, ours, theirs));
}
