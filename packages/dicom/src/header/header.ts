// What a ledger and its users need to know of an object, read from its canonical header. DICOM PS3.3.
import type { OffsetTime } from "@fiducial/core";
import { type Tag, tags } from "../dictionary/tag.ts";
import { attributesIn, type CanonicalAttribute } from "../fingerprint/canonical-attributes.ts";
import { forms } from "../fingerprint/canonical-header.ts";
import { decodeText } from "./character-set.ts";
import { offsetTime, offsetTimeOfDateTime } from "./offset-time.ts";

/** Texts of the header, decoded; absent when missing or blank. Several values are separated by a backslash, as in DICOM. */
const textTags = {
  sopClassUid: 0x00080016,
  sopInstanceUid: 0x00080018,
  studyInstanceUid: 0x0020000d,
  seriesInstanceUid: 0x0020000e,
  modality: 0x00080060,
  patientId: 0x00100020,
  issuerOfPatientId: 0x00100021,
  patientName: 0x00100010,
  birthDate: 0x00100030,
  sex: 0x00100040,
  accessionNumber: 0x00080050,
  studyId: 0x00200010,
  studyDate: 0x00080020,
  studyTime: 0x00080030,
  seriesDate: 0x00080021,
  seriesTime: 0x00080031,
  acquisitionDate: 0x00080022,
  acquisitionTime: 0x00080032,
  acquisitionDateTime: 0x0008002a,
  contentDate: 0x00080023,
  contentTime: 0x00080033,
  timezoneOffset: 0x00080201,
  manufacturer: 0x00080070,
  model: 0x00081090,
  serialNumber: 0x00181000,
  stationName: 0x00081010,
  softwareVersions: 0x00181020,
  deviceUid: 0x00181002,
  institutionName: 0x00080080,
  bodyPart: 0x00180015,
  laterality: 0x00200060,
  studyDescription: 0x00081030,
  seriesDescription: 0x0008103e,
  imageType: 0x00080008,
  photometricInterpretation: 0x00280004,
  lossyImageCompression: 0x00282110,
} as const satisfies Readonly<Record<string, Tag>>;

/** Numbers of the header; absent when missing or unreadable. */
const numberTags = {
  seriesNumber: 0x00200011,
  instanceNumber: 0x00200013,
  rows: 0x00280010,
  columns: 0x00280011,
  samplesPerPixel: 0x00280002,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  pixelRepresentation: 0x00280103,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
} as const satisfies Readonly<Record<string, Tag>>;

const named: ReadonlySet<Tag> = new Set<Tag>([
  tags.specificCharacterSet,
  ...Object.values(textTags),
  ...Object.values(numberTags),
]);

type Texts = { readonly [Name in keyof typeof textTags]?: string };
type Numbers = { readonly [Name in keyof typeof numberTags]?: number };

/** Header values by name. They are patient data: keep them in the vault. */
export interface Header extends Texts, Numbers {
  readonly transferSyntaxUid: string;
}

/** No field shown to people or used as a key is longer; the rest of a longer one is left out. */
const longestText = 1024;

/** Reads the header values from a canonical header; the transfer syntax stands beside it. Throws CANONICAL_HEADER_MALFORMED. */
export function headerOf(canonicalHeader: Uint8Array, transferSyntaxUid: string): Header {
  const attributes = new Map<Tag, CanonicalAttribute>();
  for (const attribute of attributesIn(canonicalHeader))
    if (named.has(attribute.tag)) attributes.set(attribute.tag, attribute);
  const characterSets = textOf(attributes.get(tags.specificCharacterSet), []).split("\\");
  const header: Record<string, string | number> = { transferSyntaxUid };
  for (const [name, tag] of Object.entries(textTags)) {
    const text = textOf(attributes.get(tag), characterSets).trim();
    if (text !== "") header[name] = text;
  }
  for (const [name, tag] of Object.entries(numberTags)) {
    const number = numberOf(attributes.get(tag));
    if (number !== undefined) header[name] = number;
  }
  return header as unknown as Header;
}

/** Returns when the object was acquired, as well as it is known: of the acquisition, else of its content, series or study. */
export function acquiredAt(header: Header): OffsetTime | undefined {
  const { timezoneOffset: offset } = header;
  return (
    offsetTimeOfDateTime(header.acquisitionDateTime, offset) ??
    offsetTime(header.acquisitionDate, header.acquisitionTime, offset) ??
    offsetTime(header.contentDate, header.contentTime, offset) ??
    offsetTime(header.seriesDate, header.seriesTime, offset) ??
    studyStartedAt(header)
  );
}

/** Returns when the study began. */
export function studyStartedAt({ studyDate, studyTime, timezoneOffset }: Header): OffsetTime | undefined {
  return offsetTime(studyDate, studyTime, timezoneOffset);
}

function textOf(attribute: CanonicalAttribute | undefined, characterSets: readonly string[]): string {
  if (attribute === undefined || attribute.form !== forms.value) return "";
  return decodeText(attribute.content.subarray(0, longestText), characterSets);
}

// Binary numbers are little-endian in a canonical header; integer strings are text.
function numberOf(attribute: CanonicalAttribute | undefined): number | undefined {
  if (attribute === undefined || attribute.form !== forms.value) return undefined;
  const { tag, content } = attribute;
  if (integerStrings.has(tag)) {
    const text = textOf(attribute, []).trim();
    return /^[+-]?\d{1,12}$/.test(text) ? Number(text) : undefined;
  }
  return content.length === 2 ? (content[0] as number) + 256 * (content[1] as number) : undefined;
}

const integerStrings: ReadonlySet<Tag> = new Set<Tag>([
  numberTags.seriesNumber,
  numberTags.instanceNumber,
  numberTags.numberOfFrames,
]);
