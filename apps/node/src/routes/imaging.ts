// Studies with the sealed values that a member may see, and the objects as stored.
import type {
  LookupQuery,
  ObjectQuery,
  ObjectVersions,
  StudiesQuery,
  StudyDetail,
  StudyPage,
  StudySearch,
  StudySummary,
} from "@fiducial/api";
import { studyVerified, subjectCorrected } from "@fiducial/contract";
import { type Content, formatUtcTime, type JsonObject, longestReceipt, parseEntry } from "@fiducial/core";
import type { StudyFact, StudyFilter } from "@fiducial/projection";
import type { StudyCriterion } from "@fiducial/vault";
import type { OpenNode } from "../compose.ts";
import type { ObjectRecord } from "../intake/study-records.ts";
import { wholeHistoryOf } from "../logs/history.ts";
import { studiesSharingUid } from "../logs/shared-study-uid.ts";
import { NodeError } from "../node-error.ts";
import type { ObjectFile } from "../objects/object-reader.ts";
import { namedPlace, registeredVersions } from "../verification/verify-files.ts";
import { comparedCopy } from "./compared-copies.ts";
import { earlierStudies } from "./earlier-studies.ts";
import { type RegisteredSeries, registeredSeries, shownSeries } from "./series.ts";
import { countedOnce } from "./study-counts.ts";
import { standingOf } from "./study-standing.ts";
import { deviceNameOf, studyValues } from "./study-values.ts";
import { entryAt, summaryOf } from "./summaries.ts";
import { destinationOf } from "./transfer-destination.ts";

const pageSize = 50;
const msPerDay = 86_400_000;
const registering: readonly string[] = ["imaging.study.registered", "imaging.study.extended", "imaging.study.derived"];

/** Tells whether a statement registered objects of a study. */
export function registersObjectsOf(study: string, { kind, open }: Pick<Content, "kind" | "open">): boolean {
  return registering.includes(kind) && open["study"] === study;
}

export async function studies(node: OpenNode, { limit = pageSize, ...wanted }: StudiesQuery): Promise<StudyPage> {
  return page(node, node.projection.imaging.studies({ ...filterOf(wanted), limit: limit + 1 }), limit);
}

export async function searchStudies(
  node: OpenNode,
  { limit = pageSize, search, ...wanted }: StudySearch,
): Promise<StudyPage> {
  return page(
    node,
    searched(node, search)
      .filter(passing(filterOf(wanted)))
      .slice(0, limit + 1),
    limit,
  );
}

async function page(node: OpenNode, found: readonly StudyFact[], limit: number): Promise<StudyPage> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    studies: await Promise.all(shown.map((fact) => summary(node, fact))),
    ...(found.length > limit && last !== undefined ? { next: last.index } : {}),
    modalities: node.projection.imaging.modalities(),
    total: node.projection.imaging.count(),
  };
}

// Days are whole: the last one ends where the next begins.
function filterOf({ from, to, ...wanted }: Omit<StudiesQuery, "limit">): Omit<StudyFilter, "limit"> {
  return {
    ...wanted,
    ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
    ...(to === undefined ? {} : { toMs: Date.parse(to) + msPerDay }),
  } as Omit<StudyFilter, "limit">;
}

function passing({ before, modality, device, fromMs, toMs }: Omit<StudyFilter, "limit">): (fact: StudyFact) => boolean {
  return (fact) =>
    (before === undefined || fact.index < before) &&
    (modality === undefined || fact.modalities.includes(modality)) &&
    (device === undefined || fact.device === device) &&
    (fromMs === undefined || fact.recordedAtMs >= fromMs) &&
    (toMs === undefined || fact.recordedAtMs < toMs);
}

export async function study(node: OpenNode, handle: string): Promise<StudyDetail> {
  const fact = node.projection.imaging.study(handle);
  if (fact === undefined) throw new NodeError("STUDY_UNKNOWN");
  const history = node.projection.imaging.history(handle).map((index) => shownEntry(node, index));
  const versions = history
    .filter((entry) => registersObjectsOf(handle, { kind: entry.kind, open: entry.open as JsonObject }))
    .map(({ id, index, kind, recordedAt, open }) => ({
      statementId: id,
      index,
      kind,
      recordedAt,
      instances: open["instances"] as number,
    }));
  const registered = await registeredSeries(
    node.vault,
    versions.map(({ statementId }) => statementId),
  );
  const seriesList = shownSeries(registered);
  const sharedUid = studiesSharingUid(node.vault, handle);
  const patientBirthDate = birthDateOf(node, handle, registered);
  return {
    ...(await summary(node, fact)),
    ...(sharedUid.length > 0 && { sharedUid }),
    ...(patientBirthDate === undefined ? {} : { patientBirthDate }),
    ...(seriesList.length > 0 && {
      series: seriesList.length,
      instances: seriesList.reduce((sum, { objects }) => sum + objects.length, 0),
    }),
    seriesList,
    history,
    versions,
    compared: await comparedIn(node, history),
    earlier: await earlierStudies(node, handle, registered),
  };
}

// Images name whom they were made of; whose they are by a correction, the node has no such date of.
function birthDateOf({ logs }: OpenNode, study: string, [first]: readonly RegisteredSeries[]): string | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)$/.exec(first?.header.birthDate ?? "") ?? [];
  const day = parts.join("-");
  if (Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) return undefined;
  return wholeHistoryOf(logs, study).some(({ content }) => content.kind === subjectCorrected.name) ? undefined : day;
}

function shownEntry(node: OpenNode, index: number): StudyDetail["history"][number] {
  const entry = entryAt(node, index);
  return { ...summaryOf(node, index, entry), ...destinationOf(node, entry) };
}

/** As many as people go through. */
const mostCompared = 32;

async function comparedIn(node: OpenNode, history: StudyDetail["history"]): Promise<StudyDetail["compared"]> {
  const found: StudyDetail["compared"] = [];
  const differing = history.filter(({ kind, open }) => kind === studyVerified.name && open["result"] !== "identical");
  for (const { index } of differing.slice(-mostCompared)) {
    const compared = await comparedCopy(node, entryAt(node, index));
    if (compared !== undefined) found.push({ index, ...compared });
  }
  return found;
}

/** An object by its place in the manifest of a statement that registered it with a study. */
export interface ObjectPlace {
  readonly study: string;
  readonly statementId: string;
  readonly item: number;
}

/** The bytes of an object as stored, here or in the PACS. Rejects with OBJECT_UNKNOWN, also for one of another study: that it was shown would be recorded of the wrong one; with OBJECT_NOT_STORED, PACS_*. */
export async function object(node: OpenNode, { study, statementId, item }: ObjectPlace): Promise<ObjectFile> {
  const where = node.logs.placeOf(statementId);
  const entry = where && parseEntry(where.log.reader.entry(where.index));
  if (entry === undefined || !registersObjectsOf(study, entry.statement.content)) throw new NodeError("OBJECT_UNKNOWN");
  const found = node.vault.manifestItem(statementId, item);
  if (found === undefined) throw new NodeError("OBJECT_UNKNOWN");
  const record = found.value as unknown as ObjectRecord;
  return node.objectReader.open({ statement: statementId, place: found.place, record });
}

export async function lookup(
  node: OpenNode,
  { sopInstanceUid }: ObjectQuery,
  { for: use }: LookupQuery,
): Promise<ObjectVersions> {
  const given = use === undefined ? "export" : "look";
  const versions: ObjectVersions["versions"] = [];
  let isFound = false;
  let room = longestReceipt;
  for await (const { place, entry } of registeredVersions(node.vault, node.logs, sopInstanceUid)) {
    isFound = true;
    // Of very many versions, or very long ones, the last come without their attributes: an answer has to fit somewhere.
    const shown = [{ item: place.item, attributes: room > 0 }];
    const receipt = await node.receipts.receipt(place.statement, shown, given).catch(unlessProvable);
    if (receipt === undefined) continue;
    room -= receipt.length;
    versions.push({ statementId: place.statement, ...namedPlace(entry, node.logs), item: place.item, receipt });
  }
  if (!isFound) throw new NodeError("OBJECT_UNKNOWN");
  return { versions };
}

// The end of a log that was lost and recovered may have no checkpoint over it.
function unlessProvable(thrown: unknown): undefined {
  if (!(thrown instanceof NodeError && thrown.code === "CHECKPOINT_MISSING")) throw thrown;
}

/** Studies that an identifier leads to, newest first. Exact values only: they are found by keyed lookups, so that the vault need not be opened row by row. */
export function searched(node: OpenNode, search: string): StudyFact[] {
  return newestFirst(node, [search, ...labelled(node, search), ...studiesBy(node, { patientId: search })]);
}

/** Studies that an accession number, a Study or SOP Instance UID, or a handle leads to, newest first: not by what names a patient. */
export function located(node: OpenNode, text: string): StudyFact[] {
  const ofObject = node.vault.versionsOf({ sopInstanceUid: text }).flatMap(({ study }) => study ?? []);
  return newestFirst(node, [text, ...labelled(node, text), ...ofObject]);
}

function labelled(node: OpenNode, value: string): string[] {
  return ["accession", "studyUid"].flatMap((label) => studiesBy(node, { label, value }));
}

function studiesBy({ vault }: OpenNode, criterion: StudyCriterion): string[] {
  return vault.findStudies(criterion).map(({ study }) => study);
}

function newestFirst({ projection }: OpenNode, handles: readonly string[]): StudyFact[] {
  const facts = [...new Set(handles)].flatMap((handle) => projection.imaging.study(handle) ?? []);
  return facts.sort((a, b) => b.index - a.index);
}

/** A study as a line of a list needs it. */
export async function summary(node: OpenNode, fact: StudyFact): Promise<StudySummary> {
  const { series, instances } = await countedOnce(node, fact);
  const { findings, patientName, description, accession, acquired, bodyPart, equipment } = studyValues(node, fact);
  return {
    study: fact.study,
    index: fact.index,
    registeredAt: formatUtcTime(fact.recordedAtMs),
    modalities: [...fact.modalities],
    series,
    instances,
    findings: [...findings],
    ...standingOf(node, fact.study),
    ...present({
      description,
      accession,
      acquired,
      bodyPart,
      patientId: node.operations.patientOf(fact.study)?.patientId,
      patientName,
      deviceName: equipment && deviceNameOf(equipment),
    }),
  };
}

function present<Name extends string>(
  values: Readonly<Record<Name, string | undefined>>,
): Partial<Record<Name, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<Name, string>
  >;
}
