// The DICOM JSON Model: attributes by tag, each with its VR and what it holds. DICOM PS3.18 § F.2.

/** A person name by its component groups. PS3.18 § F.2.2, PS3.5 § 6.2.1. */
export interface JsonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

/** One value; null where one of several is empty. */
export type JsonValue = string | number | null | JsonName | DicomJson;

/** One attribute. An empty one has its VR alone. */
export interface JsonAttribute {
  readonly vr: string;
  readonly Value?: readonly JsonValue[];
  readonly InlineBinary?: string;
  readonly BulkDataURI?: string;
}

/** Attributes by tag (eight hex digits in upper case), in the order of the tags. A Map, since objects would put some digits before others. */
export type DicomJson = ReadonlyMap<string, JsonAttribute>;

/** Writes a model as JSON text. */
export function dicomJsonText(model: DicomJson): string {
  const members = Array.from(model, ([tag, attribute]) => `"${tag}":${attributeText(attribute)}`);
  return `{${members.join(",")}}`;
}

/** Writes a tag as the JSON model does: eight hex digits in upper case. */
export function jsonTag(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(8, "0");
}

/** Reads what `jsonTag` writes, in either case, or returns undefined. */
export function tagOfJson(text: string): number | undefined {
  return /^[0-9A-Fa-f]{8}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}

function attributeText({ vr, Value, InlineBinary, BulkDataURI }: JsonAttribute): string {
  const head = `{"vr":${JSON.stringify(vr)}`;
  if (Value !== undefined) return `${head},"Value":[${Value.map(valueText).join(",")}]}`;
  if (InlineBinary !== undefined) return `${head},"InlineBinary":${JSON.stringify(InlineBinary)}}`;
  if (BulkDataURI !== undefined) return `${head},"BulkDataURI":${JSON.stringify(BulkDataURI)}}`;
  return `${head}}`;
}

function valueText(value: JsonValue): string {
  return value instanceof Map ? dicomJsonText(value) : JSON.stringify(value);
}
