// What identifies somebody in DICOM files: every name, id, UID, date, institution and free text, in sequences and private elements too.
import { readFileSync } from "node:fs";
import {
  bytesSource,
  type CanonicalAttribute,
  characterSetsOf,
  decodeText,
  dictionaryEntry,
  fingerprint,
  readCanonicalHeader,
  readItems,
} from "@fiducial/dicom";

/** Names, texts, dates, UIDs and titles of machines. Codes (CS) say what kind of image it is; numbers and times of day say nobody. */
const identifying: ReadonlySet<string> = new Set([
  "PN",
  "LO",
  "SH",
  "LT",
  "ST",
  "UT",
  "UC",
  "UR",
  "AE",
  "DA",
  "DT",
  "UI",
]);
/** UIDs of the standard name kinds of objects and encodings, not somebody's. PS3.6 Annex A. */
const standardUids = "1.2.840.10008.";
/** Longer text is sought by its beginning. */
const longestText = 64;

/** Returns the identifying values of files, each as it stands and by its parts; of what is no DICOM file, nothing. */
export async function identifyingValues(paths: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const path of paths) {
    const source = bytesSource(new Uint8Array(readFileSync(path)));
    const header = await fingerprint(source).then(
      ({ canonicalHeader }) => canonicalHeader,
      () => undefined,
    );
    if (header !== undefined) collect(header, [], found);
  }
  return found;
}

function collect(header: Uint8Array, outer: readonly string[], found: Set<string>): void {
  const attributes = readCanonicalHeader(header);
  const own = characterSetsOf(attributes) ?? [];
  const characterSets = own.length === 0 ? outer : own;
  for (const attribute of attributes) {
    for (const item of readItems(attribute)) collect(item, characterSets, found);
    for (const value of valuesOf(attribute, characterSets)) found.add(value);
  }
}

function valuesOf({ tag, creator, content }: CanonicalAttribute, characterSets: readonly string[]): string[] {
  const vr = creator === "" ? dictionaryEntry(tag)?.vr : undefined;
  // Nobody says of private elements what they are: printable ones are taken for text.
  const isText = creator === "" ? identifying.has(vr ?? "") : content.length < 1024 && isPrintable(content);
  if (!isText) return [];
  const text = decodeText(content, characterSets).trim();
  const parts = [text, ...text.split(/[\\^=]/).map((part) => part.trim())];
  return parts
    .map((part) => part.slice(0, longestText))
    .filter((part) => part.length > 2 && !part.startsWith(standardUids));
}

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}
