// Which studies a search has to look at: those that a key leads to, or the newest, as many as can be looked at. docs/dicomweb.md § Searching.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { DicomJson, JsonAttribute } from "@fiducial/dicom/dicomweb";
import { nameOf } from "@fiducial/dicom/dicomweb";
import type { StudyFact } from "@fiducial/projection";
import type { OpenNode } from "../../../compose.ts";
import { entryAt } from "../../summaries.ts";
import { studyAt } from "../found-instances.ts";
import { type Level, tagOf } from "./levels.ts";
import { matches } from "./matching.ts";
import type { SearchQuery } from "./search-query.ts";

/** Handles of studies, the newest first; and whether more would have had to be looked at. */
export interface Candidates {
  readonly studies: AsyncIterable<string>;
  /** To be asked when they have come. */
  isCut(): boolean;
}

/** Studies that a search without a key looks at. One of series or of instances has to read what each study holds. */
const mostScanned: Readonly<Record<Level, number>> = { study: 10_000, series: 500, instance: 500 };
/** Fewer, when nothing but a header tells whether a study is meant. */
const mostHeaders = 1000;

/** Studies looked at before others get their turn. */
const studiesATurn = 4;
const pageSize = 200;

/** Finds them. What is sealed is found by keyed lookups; only without any of the keys are studies opened one by one. */
export function candidates(node: OpenNode, query: SearchQuery): Candidates {
  const keyed = keyedStudies(node, query);
  if (keyed !== undefined) return { studies: each(newestFirst(node, keyed)), isCut: () => false };
  const cut = { isCut: false };
  return { studies: scanned(node, query, cut), isCut: () => cut.isCut };
}

const tags = {
  studyUid: tagOf("StudyInstanceUID"),
  instanceUid: tagOf("SOPInstanceUID"),
  patientId: tagOf("PatientID"),
  issuer: tagOf("IssuerOfPatientID"),
  accession: tagOf("AccessionNumber"),
};

function keyedStudies(node: OpenNode, { matches: asked }: SearchQuery): string[] | undefined {
  const { vault } = node;
  const uids = asked.get(tags.studyUid);
  if (uids !== undefined) return uids.flatMap((uid) => studyAt(node, uid) ?? []);
  const instances = asked.get(tags.instanceUid);
  if (instances !== undefined)
    return instances.flatMap((sopInstanceUid) =>
      vault.versionsOf({ sopInstanceUid }).flatMap(({ study }) => study ?? []),
    );
  const patientId = exact(asked.get(tags.patientId));
  const issuer = exact(asked.get(tags.issuer));
  if (patientId !== undefined) {
    const criterion = issuer === undefined ? { patientId } : { patientId, issuer };
    return vault.findStudies(criterion).map(({ study }) => study);
  }
  const value = exact(asked.get(tags.accession));
  return value === undefined ? undefined : vault.findStudies({ label: "accession", value }).map(({ study }) => study);
}

// A key leads to what is exactly so.
function exact(values: readonly string[] | undefined): string | undefined {
  const [value] = values ?? [];
  return value === undefined || /[*?]/.test(value) ? undefined : value;
}

function newestFirst({ projection }: OpenNode, handles: readonly string[]): string[] {
  const facts = [...new Set(handles)].flatMap((handle) => projection.imaging.study(handle) ?? []);
  return facts.sort((a, b) => b.index - a.index).map(({ study }) => study);
}

async function* each(handles: readonly string[]): AsyncGenerator<string, void> {
  for (const handle of handles) {
    await nextTurn();
    yield handle;
  }
}

async function* scanned(node: OpenNode, query: SearchQuery, cut: { isCut: boolean }): AsyncGenerator<string, void> {
  const most = mostLookedAt(query);
  let looked = 0;
  for (const fact of newest(node)) {
    if (looked === most) {
      cut.isCut = true;
      return;
    }
    if (looked++ % studiesATurn === 0) await nextTurn();
    if (isPossible(node, fact, query)) yield fact.study;
  }
}

/** Studies that a search without a key looks at. */
export function mostLookedAt({ level, matches: asked }: Pick<SearchQuery, "level" | "matches">): number {
  const needsHeaders = [...asked.keys()].some((tag) => tag !== modalities && !sealedTags.has(tag));
  return needsHeaders ? Math.min(mostHeaders, mostScanned[level]) : mostScanned[level];
}

function* newest({ projection }: OpenNode): Generator<StudyFact, void> {
  let page = projection.imaging.studies({ limit: pageSize });
  while (page.length > 0) {
    yield* page;
    page = projection.imaging.studies({ limit: pageSize, before: page.at(-1)?.index ?? 0 });
  }
}

// What a statement has sealed of its study tells most studies apart without a header.
function isPossible(node: OpenNode, fact: StudyFact, { matches: asked }: SearchQuery): boolean {
  const inProjection = new Map([[modalities, { vr: "CS", Value: fact.modalities }]]);
  if (!agrees(inProjection, asked)) return false;
  return ![...asked.keys()].some((tag) => sealedTags.has(tag)) || agrees(sealedFacts(node, fact), asked);
}

function agrees(known: DicomJson, asked: SearchQuery["matches"]): boolean {
  return [...known].every(([tag, attribute]) => {
    const values = asked.get(tag);
    return values === undefined || matches(attribute, values);
  });
}

const modalities = tagOf("ModalitiesInStudy");
const sealedTags: ReadonlySet<string> = new Set(
  ["StudyDate", "StudyDescription", "AccessionNumber", "PatientName"].map(tagOf),
);

function sealedFacts({ vault, ...node }: OpenNode, { index, study }: StudyFact): DicomJson {
  const opened = vault.disclosures(entryAt(node, index).statement.id)?.disclosures ?? {};
  const text = (field: string) =>
    typeof opened[field]?.value === "string" ? (opened[field].value as string) : undefined;
  const subject = vault.subjectOfStudy(study);
  const name = subject === undefined ? undefined : (vault.nameOf(subject)?.["name"] as string | undefined);
  const known: [string, JsonAttribute][] = [];
  const date = text("acquired")?.slice(0, 10).replaceAll("-", "");
  if (date !== undefined) known.push([tagOf("StudyDate"), { vr: "DA", Value: [date] }]);
  const description = text("description");
  if (description !== undefined) known.push([tagOf("StudyDescription"), { vr: "LO", Value: [description] }]);
  const accession = text("accession");
  if (accession !== undefined) known.push([tagOf("AccessionNumber"), { vr: "SH", Value: [accession] }]);
  if (name !== undefined) known.push([tagOf("PatientName"), { vr: "PN", Value: [nameOf(name)] }]);
  return new Map(known);
}
