// Reads a canonical header back: its attributes, each with its own canonical bytes. docs/formats/fingerprints.md § Canonical header, § Paths.
import { DicomError } from "../dicom-error.ts";
import { isPrivate, type Tag } from "../dictionary/tag.ts";
import { type AttributeKey, compareAttributeKeys } from "./attribute-key.ts";
import { forms } from "./canonical-header.ts";

/** One attribute, a sequence with all its items. An attribute that stands more than once is one with several values. */
export interface CanonicalAttribute extends AttributeKey {
  /** Its canonical bytes: key, form, length and content, once or more. */
  readonly bytes: Uint8Array;
  /** How to read `content`: one of `forms`. */
  readonly form: number;
  /** The first of its values. */
  readonly content: Uint8Array;
  /** How often it stands. */
  readonly count: number;
}

/** Reads the attributes of a canonical header, in canonical order. Throws CANONICAL_HEADER_MALFORMED. */
export function readCanonicalHeader(header: Uint8Array): CanonicalAttribute[] {
  return [...attributesIn(header)];
}

/** Reads the attributes one by one, for whoever keeps but a few. Throws CANONICAL_HEADER_MALFORMED. */
export function* attributesIn(header: Uint8Array): Generator<CanonicalAttribute> {
  let last: CanonicalAttribute | undefined;
  let start = 0;
  for (let offset = 0; offset < header.length; ) {
    const next = attributeAt(header, offset);
    const order = last === undefined ? -1 : compareAttributeKeys(last, next);
    if (order > 0) throw malformed();
    if (order < 0 && last !== undefined) yield last;
    if (order < 0) start = offset;
    offset += next.bytes.length;
    last =
      last === undefined || order < 0
        ? next
        : { ...last, bytes: header.subarray(start, offset), count: last.count + 1 };
  }
  if (last !== undefined) yield last;
}

/** Reads the items of a sequence, a canonical header each; none when it is no sequence. Throws CANONICAL_HEADER_MALFORMED. */
export function readItems({ form, content }: CanonicalAttribute): Uint8Array[] {
  const items: Uint8Array[] = [];
  if (form !== forms.sequence) return items;
  for (let offset = 0; offset < content.length; ) {
    const end = offset + 4 + uint32At(content, offset);
    if (end > content.length) throw malformed();
    items.push(content.subarray(offset + 4, end));
    offset = end;
  }
  return items;
}

/** Returns the attribute with this standard tag, or undefined. */
export function findAttribute(attributes: readonly CanonicalAttribute[], tag: Tag): CanonicalAttribute | undefined {
  return attributes.find((attribute) => attribute.tag === tag && attribute.creator === "");
}

function attributeAt(header: Uint8Array, start: number): CanonicalAttribute {
  const tag = uint32At(header, start);
  let offset = start + 4;
  let creator = "";
  if (isPrivate(tag)) {
    const end = offset + 4 + uint32At(header, offset);
    creator = characters(header, offset + 4, end);
    offset = end;
  }
  const form = header[offset] ?? forms.fragments + 1;
  const contentStart = offset + 5;
  const end = contentStart + uint32At(header, offset + 1);
  if (form > forms.fragments || end > header.length) throw malformed();
  return {
    tag,
    creator,
    bytes: header.subarray(start, end),
    form,
    content: header.subarray(contentStart, end),
    count: 1,
  };
}

function uint32At(bytes: Uint8Array, offset: number): number {
  if (offset + 4 > bytes.length) throw malformed();
  const [first, second] = [bytes[offset] as number, bytes[offset + 1] as number];
  return ((first << 24) | (second << 16) | ((bytes[offset + 2] as number) << 8) | (bytes[offset + 3] as number)) >>> 0;
}

function characters(bytes: Uint8Array, start: number, end: number): string {
  if (end > bytes.length) throw malformed();
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

function malformed(): DicomError {
  return new DicomError("CANONICAL_HEADER_MALFORMED");
}
