// Attributes as they read, whatever character set their text is in. DICOM PS3.3 § C.12.1.1.2.
import { toHex } from "@fiducial/core";
import { DicomError } from "../dicom-error.ts";
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { tags } from "../dictionary/tag.ts";
import { attributePath } from "../fingerprint/attribute-key.ts";
import {
  type CanonicalAttribute,
  findAttribute,
  readCanonicalHeader,
  readItems,
} from "../fingerprint/canonical-attributes.ts";
import { forms } from "../fingerprint/canonical-header.ts";
import { decodeText } from "../header/character-set.ts";

const deepestNesting = 1000;
/** VRs whose text is in the Specific Character Set. PS3.5 § 6.1.2.2. */
const characterSetVrs: ReadonlySet<string> = new Set(["LO", "LT", "PN", "SH", "ST", "UC", "UT"]);

/** Returns the character sets that a data set declares. */
export function characterSetsOf(attributes: readonly CanonicalAttribute[]): readonly string[] | undefined {
  const declared = findAttribute(attributes, tags.specificCharacterSet);
  return declared === undefined ? undefined : decodeText(declared.content, []).split("\\");
}

/** Returns text that is the same for two attributes exactly when they read the same, each in its own character sets. Throws CANONICAL_HEADER_MALFORMED. */
export function readableForm(attribute: CanonicalAttribute, characterSets: readonly string[], depth = 0): string {
  const { form, content, count, bytes } = attribute;
  if (count > 1) return `${count}:${toHex(bytes)}`;
  if (form === forms.sequence)
    return `[${readItems(attribute)
      .map((item) => readableItem(item, characterSets, depth))
      .join()}]`;
  if (form === forms.value && isInCharacterSet(attribute)) return JSON.stringify(decodeText(content, characterSets));
  return `${form}:${toHex(content)}`;
}

/** Tells whether any text of the attribute reads otherwise in another character set. Throws CANONICAL_HEADER_MALFORMED. */
export function dependsOnCharacterSet(attribute: CanonicalAttribute, depth = 0): boolean {
  checkDepth(depth);
  if (attribute.form === forms.sequence) return readItems(attribute).some((item) => itemDepends(item, depth + 1));
  return isInCharacterSet(attribute) && attribute.content.some((byte) => byte >= 0x80 || byte === 0x1b);
}

function itemDepends(item: Uint8Array, depth: number): boolean {
  return readCanonicalHeader(item).some((attribute) => dependsOnCharacterSet(attribute, depth));
}

// The character set of an item, when it declares one, is not part of what it reads.
function readableItem(item: Uint8Array, inherited: readonly string[], depth: number): string {
  checkDepth(depth);
  const attributes = readCanonicalHeader(item);
  const characterSets = characterSetsOf(attributes) ?? inherited;
  const readable = attributes
    .filter(({ tag }) => tag !== tags.specificCharacterSet)
    .map((attribute) => `${attributePath(attribute)}=${readableForm(attribute, characterSets, depth + 1)}`);
  return `{${readable.join()}}`;
}

// The reader nests no deeper; a header that does was not made by it, and would exhaust the call stack.
function checkDepth(depth: number): void {
  if (depth > deepestNesting) throw new DicomError("CANONICAL_HEADER_MALFORMED");
}

function isInCharacterSet({ tag, creator }: CanonicalAttribute): boolean {
  return creator === "" && characterSetVrs.has(dictionaryEntry(tag)?.vr ?? "");
}
