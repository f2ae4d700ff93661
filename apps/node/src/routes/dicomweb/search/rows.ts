// The rows of an answer: attributes of studies, series and instances as the vault has them. DICOM PS3.18 § 10.6.3.3.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Tag } from "@fiducial/dicom";
import { type DicomJson, headerJson, type JsonAttribute, jsonTag, nameOf } from "@fiducial/dicom/dicomweb";
import type { OpenNode } from "../../../compose.ts";
import { headerIn } from "../../../verification/verify-files.ts";
import { countsOf } from "../../study-counts.ts";
import { addressOf } from "../addresses.ts";
import { type FoundInstance, instancesOf, registering, studyAt } from "../found-instances.ts";
import { availability } from "./availability.ts";
import { allTags, isWithin, type Level, levelOf, tagOf, usualTags } from "./levels.ts";
import type { SearchQuery } from "./search-query.ts";

/** Attributes by JSON tag. */
export type Row = Map<string, JsonAttribute>;

/** Headers read before others get their turn. */
const headersATurn = 32;

/** The study's row, or undefined when nothing of it is kept, or when its UID is none or another patient's study has it: what has no address is found in the page. */
export async function studyRow(
  node: OpenNode,
  study: string,
  query: SearchQuery,
  base: string,
): Promise<Row | undefined> {
  const [statement] = registering(node, study);
  const row = statement === undefined ? undefined : headerRow(node, { statement, place: 0 }, wantedAt("study", query));
  if (row === undefined || !addressing(node, study)(row)) return undefined;
  putAll(row, patientIn(node, study));
  const { series, instances } = await countsOf(node, study);
  put(row, "ModalitiesInStudy", "CS", [...(node.projection.imaging.study(study)?.modalities ?? [])]);
  put(row, "NumberOfStudyRelatedSeries", "IS", [series]);
  put(row, "NumberOfStudyRelatedInstances", "IS", [instances]);
  putAddress(row, base);
  return row;
}

/** The rows of a study's series, each with the study's own attributes. */
export async function seriesRows(node: OpenNode, study: string, query: SearchQuery, base: string): Promise<Row[]> {
  const bySeries = Map.groupBy(await instancesOf(node, study), ({ record }) => record.seriesUid);
  const rows: Row[] = [];
  const patient = patientIn(node, study);
  const isAddressed = addressing(node, study);
  const wanted = query.matches.get(tagOf("SeriesInstanceUID"));
  for (const [uid, instances] of bySeries) {
    if (wanted !== undefined && !wanted.includes(uid)) continue;
    await nextTurn();
    const row = headerRow(node, instances[0] as FoundInstance, wantedAt("series", query));
    if (row === undefined || !isAddressed(row)) continue;
    putAll(row, patient);
    put(row, "NumberOfSeriesRelatedInstances", "IS", [instances.length]);
    putAddress(row, base);
    rows.push(row);
  }
  return rows.sort(byNumber("SeriesNumber"));
}

/** The rows of a study's instances, each with the attributes of study and series. */
export async function instanceRows(node: OpenNode, study: string, query: SearchQuery, base: string): Promise<Row[]> {
  const [series, uids] = [query.matches.get(tagOf("SeriesInstanceUID")), query.matches.get(tagOf("SOPInstanceUID"))];
  const found = (await instancesOf(node, study)).filter(
    ({ record }) =>
      (series === undefined || series.includes(record.seriesUid)) &&
      (uids === undefined || uids.includes(record.sopInstanceUid)),
  );
  const headers = await headersOf(node, found, wantedAt("instance", query));
  const availabilityOf = await availability(node, found, query);
  const patient = patientIn(node, study);
  const isAddressed = addressing(node, study);
  return found
    .flatMap((one) => {
      const row = headers.get(one);
      if (row === undefined || !isAddressed(row)) return [];
      putAll(row, patient);
      put(row, "InstanceAvailability", "CS", [availabilityOf(one)]);
      put(row, "AvailableTransferSyntaxUID", "UI", [one.record.transferSyntaxUid]);
      putAddress(row, base);
      return [row];
    })
    .sort(byNumber("InstanceNumber"));
}

/** What of a row is shown, in the order of the tags. */
export function shownOf(row: Row, { level, shown, showsAll, matches }: SearchQuery, isBelowStudy: boolean): DicomJson {
  const usual = new Set(shownLevels(level, isBelowStudy).flatMap((one) => (showsAll ? allTags(one) : usualTags(one))));
  for (const uid of ["StudyInstanceUID", "SeriesInstanceUID"]) usual.add(tagOf(uid));
  const isShown = (tag: string) =>
    usual.has(tag) || shown.has(tag) || matches.has(tag) || tag === retrieveUrl || (showsAll && level === "instance");
  return new Map([...row].filter(([tag]) => isShown(tag)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const [retrieveUrl, studyInstanceUid] = ["RetrieveURL", "StudyInstanceUID"].map(tagOf) as [string, string];

// A row without a UID is none that a client could use (PS3.18 § 10.6.3.3), and one whose UID leads to another patient's objects none that it may use.
function addressing(node: OpenNode, study: string): (row: Row) => boolean {
  const leads = new Map<unknown, boolean>();
  return (row) => {
    const [uid] = row.get(studyInstanceUid)?.Value ?? [];
    if (typeof uid !== "string" || uid === "") return false;
    const known = leads.get(uid) ?? studyAt(node, uid) === study;
    leads.set(uid, known);
    return known;
  };
}

// Below an address that names the study, its attributes are known; elsewhere rows tell of which study they are.
function shownLevels(level: Level, isBelowStudy: boolean): Level[] {
  const upTo = (["study", "series", "instance"] as const).filter((one) => isWithin(level, one));
  return isBelowStudy ? upTo.filter((one) => one !== "study" || level === "study") : upTo;
}

// Of a header only what is shown, matched or needed to address the row is read.
function wantedAt(level: Level, { matches, shown, showsAll }: SearchQuery): (tag: Tag) => boolean {
  if (showsAll && level === "instance") return () => true;
  const wanted = new Set([...matches.keys(), ...shown].filter((tag) => isWithin(level, levelOf(tag))));
  for (const one of ["study", "series", "instance"] as const)
    if (isWithin(level, one)) for (const tag of showsAll ? allTags(one) : usualTags(one)) wanted.add(tag);
  for (const tag of alwaysRead) wanted.add(tag);
  return (tag) => wanted.has(jsonTag(tag));
}

const alwaysRead = ["SpecificCharacterSet", "PixelRepresentation", "PatientID"].map(tagOf);

function headerRow(
  { vault }: OpenNode,
  { statement, place }: Pick<FoundInstance, "statement" | "place">,
  wanted: (tag: Tag) => boolean,
): Row | undefined {
  const kept = vault.header(statement, place);
  return kept && new Map(headerJson(headerIn(kept).canonicalHeader, wanted));
}

// In the order in which they are kept: each for itself would unpack all those that are packed with it.
async function headersOf(
  node: OpenNode,
  found: readonly FoundInstance[],
  wanted: (tag: Tag) => boolean,
): Promise<Map<FoundInstance, Row>> {
  const rows = new Map<FoundInstance, Row>();
  if (found.length <= 4) {
    for (const one of found) rows.set(one, headerRow(node, one, wanted) ?? new Map());
    return rows;
  }
  for (const [statement, ofStatement] of Map.groupBy(found, (one) => one.statement)) {
    const byPlace = new Map(ofStatement.map((one) => [one.place, one]));
    let place = 0;
    for (const kept of node.vault.headers(statement)) {
      const one = byPlace.get(place++);
      if (place % headersATurn === 0) await nextTurn();
      if (one !== undefined) rows.set(one, new Map(headerJson(headerIn(kept).canonicalHeader, wanted)));
    }
  }
  return rows;
}

// The patient is whoever the ledger says by now: an object keeps the header that it came with. Told once for all rows of a study.
function patientIn(node: OpenNode, study: string): DicomJson {
  const patient = node.operations.patientOf(study);
  const subject = node.vault.subjectOfStudy(study);
  const name = subject === undefined ? undefined : (node.vault.nameOf(subject)?.["name"] as string | undefined);
  const attributes: Row = new Map();
  if (patient !== undefined) {
    put(attributes, "PatientID", "LO", [patient.patientId]);
    // Issuer and id belong together: an id without issuer must not be read as another's.
    put(attributes, "IssuerOfPatientID", "LO", patient.issuer === "" ? [] : [patient.issuer]);
  }
  if (name !== undefined) put(attributes, "PatientName", "PN", [nameOf(name)]);
  return attributes;
}

function putAll(row: Row, attributes: DicomJson): void {
  for (const [tag, attribute] of attributes) row.set(tag, attribute);
}

function put(row: Row, keyword: string, vr: string, Value: NonNullable<JsonAttribute["Value"]>): void {
  row.set(tagOf(keyword), Value.length === 0 ? { vr } : { vr, Value });
}

function putAddress(row: Row, base: string): void {
  const uid = (keyword: string) => row.get(tagOf(keyword))?.Value?.[0] as string | undefined;
  const study = uid("StudyInstanceUID");
  if (study === undefined) return;
  const [series, instance] = [uid("SeriesInstanceUID"), uid("SOPInstanceUID")];
  const deeper = { ...(series === undefined ? {} : { series }), ...(instance === undefined ? {} : { instance }) };
  put(row, "RetrieveURL", "UR", [addressOf(base, { study, ...deeper })]);
}

function byNumber(keyword: string): (a: Row, b: Row) => number {
  const numberOf = (row: Row) => Number(row.get(tagOf(keyword))?.Value?.[0] ?? 0) || 0;
  return (a, b) => numberOf(a) - numberOf(b);
}
