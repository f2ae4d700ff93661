// The DICOM JSON Model of a canonical header, for searches: standard attributes, with the VRs of PS3.6. DICOM PS3.18 § F.2, § 10.6.3.
import { isPrivate, type Tag, tags } from "../dictionary/tag.ts";
import { attributesIn, type CanonicalAttribute, readItems } from "../fingerprint/canonical-attributes.ts";
import { forms } from "../fingerprint/canonical-header.ts";
import { type DicomJson, type JsonAttribute, jsonTag } from "./json-model.ts";
import { jsonAttribute } from "./json-value.ts";
import { dictionaryVr } from "./object-json.ts";

/**
 * Writes the model of a canonical header, or of those attributes at its top that `wanted` names. Private attributes and long values are left
 * out: the header does not have them as they were sent. Throws CANONICAL_HEADER_MALFORMED.
 */
export function headerJson(canonicalHeader: Uint8Array, wanted?: (tag: Tag) => boolean): DicomJson {
  const top: Reading = { characterSets: [], isSigned: false, isWanted: wanted ?? (() => true) };
  return attributesOf(canonicalHeader, top);
}

interface Reading {
  readonly characterSets: readonly string[];
  readonly isSigned: boolean;
  readonly isWanted: (tag: Tag) => boolean;
}

function attributesOf(header: Uint8Array, outer: Reading): Map<string, JsonAttribute> {
  const all = [...attributesIn(header)];
  const reading = readingOf(all, outer);
  const attributes = new Map<string, JsonAttribute>();
  for (const attribute of all) {
    if (isPrivate(attribute.tag) || !outer.isWanted(attribute.tag)) continue;
    const written = attributeOf(attribute, reading);
    if (written !== undefined) attributes.set(jsonTag(attribute.tag), written);
  }
  return attributes;
}

// What stands before the attributes that depend on it, in canonical order, or in the item's own header.
function readingOf(all: readonly CanonicalAttribute[], outer: Reading): Reading {
  const contentOf = (tag: Tag) => all.find((attribute) => attribute.tag === tag)?.content;
  const sets = contentOf(tags.specificCharacterSet);
  const signed = contentOf(tags.pixelRepresentation);
  return {
    characterSets: sets === undefined ? outer.characterSets : asciiOf(sets).split("\\"),
    isSigned: signed === undefined ? outer.isSigned : signed[0] === 1,
    isWanted: () => true,
  };
}

function attributeOf(attribute: CanonicalAttribute, reading: Reading): JsonAttribute | undefined {
  const { tag, form, content } = attribute;
  const vr = dictionaryVr(tag, reading.isSigned);
  if (form === forms.sequence) {
    const Value = readItems(attribute).map((item) => attributesOf(item, reading));
    return { vr: "SQ", Value };
  }
  if (vr === undefined || form !== forms.value) return undefined;
  if (vr === "SQ") return { vr };
  if (tag === tags.specificCharacterSet) return { vr, Value: ["ISO_IR 192"] };
  return jsonAttribute(vr, content, { bigEndian: false, characterSets: reading.characterSets });
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 256));
}
