// The series of a study with their objects, as a member may see them. A study may have thousands: others get their turns meanwhile.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ObjectVersionPlace, StudyObject, StudySeries } from "@fiducial/api";
import { type Header, headerOf } from "@fiducial/dicom";
import type { Vault } from "@fiducial/vault";
import type { ObjectRecord } from "../intake/study-records.ts";
import { showsTheSame } from "../objects/shown-version.ts";
import { headerIn } from "../verification/verify-files.ts";

/** What is shown of a header. */
type ShownHeader = Pick<
  Header,
  "instanceNumber" | "rows" | "columns" | "modality" | "seriesNumber" | "seriesDescription" | "birthDate"
>;

/** Objects looked at before others get their turn. */
const objectsATurn = 32;
const mostVersions = 16;

/** A series as it was registered, with the UIDs of its objects. */
export interface RegisteredSeries {
  readonly uid: string;
  readonly header: ShownHeader;
  readonly objects: readonly RegisteredObject[];
}

/** An object of a series: where it is registered, its record, and what is shown of its header. */
interface RegisteredObject {
  readonly statementId: string;
  readonly item: number;
  readonly record: ObjectRecord;
  readonly header: ShownHeader;
  /** Its record in every version, the oldest first, and where that is registered. */
  readonly versions: RegisteredVersion[];
}

interface RegisteredVersion {
  readonly statementId: string;
  readonly item: number;
  readonly record: ObjectRecord;
}

/** Series as members are shown them. */
export function shownSeries(series: readonly RegisteredSeries[]): StudySeries[] {
  return series.map(({ header: { modality = "", seriesDescription, seriesNumber }, objects }, at) => ({
    series: at + 1,
    modality,
    ...(seriesDescription === undefined ? {} : { description: seriesDescription }),
    ...(seriesNumber === undefined ? {} : { number: seriesNumber }),
    objects: objects.map(objectOf),
  }));
}

/** Returns the series that these statements registered, by number. Of an object later versions take the place of the first as far as they show the same. */
export async function registeredSeries(vault: Vault, statements: readonly string[]): Promise<RegisteredSeries[]> {
  const series = new Map<string, { header: ShownHeader; objects: Map<string, RegisteredObject> }>();
  for (const statementId of statements) {
    const headers = await shownHeaders(vault, statementId);
    let item = 0;
    for (const { value, place } of vault.manifest(statementId)) {
      if (item % objectsATurn === 0) await nextTurn();
      const record = value as unknown as ObjectRecord;
      const header = headers[place] ?? {};
      const into = series.get(record.seriesUid) ?? { header, objects: new Map() };
      const version = { statementId, item: item++, record };
      into.objects.set(record.sopInstanceUid, withVersion(into.objects.get(record.sopInstanceUid), version, header));
      series.set(record.seriesUid, into);
    }
  }
  return [...series]
    .map(([uid, { header, objects }]) => ({
      uid,
      header,
      objects: [...objects.values()].sort((a, b) => (a.header.instanceNumber ?? 0) - (b.header.instanceNumber ?? 0)),
    }))
    .sort((a, b) => (a.header.seriesNumber ?? 0) - (b.header.seriesNumber ?? 0));
}

function withVersion(
  known: RegisteredObject | undefined,
  version: RegisteredVersion,
  header: ShownHeader,
): RegisteredObject {
  const versions = known?.versions ?? [];
  versions.push(version);
  const isGiven = known === undefined || showsTheSame((versions[0] as RegisteredVersion).record, version.record);
  return isGiven ? { ...version, header, versions } : { ...known, versions };
}

// In the order in which they are kept: each for itself would unpack all those that are packed with it.
async function shownHeaders(vault: Vault, statementId: string): Promise<ShownHeader[]> {
  const shown: ShownHeader[] = [];
  for (const kept of vault.headers(statementId)) {
    if (shown.length % objectsATurn === 0) await nextTurn();
    shown.push(shownOf(headerOf(headerIn(kept).canonicalHeader, "")));
  }
  return shown;
}

function shownOf(header: Header): ShownHeader {
  const names = [
    ...(["instanceNumber", "rows", "columns", "modality", "seriesNumber", "seriesDescription"] as const),
    "birthDate" as const,
  ];
  return Object.fromEntries(names.flatMap((name) => (header[name] === undefined ? [] : [[name, header[name]]])));
}

function objectOf({
  statementId,
  item,
  record,
  header: { instanceNumber, rows, columns },
  versions,
}: RegisteredObject): StudyObject {
  const size = rows === undefined || columns === undefined ? {} : { rows, columns };
  const number = instanceNumber === undefined ? {} : { instanceNumber };
  return {
    statementId,
    item,
    ...number,
    ...size,
    frames: record.frameCount,
    transferSyntaxUid: record.transferSyntaxUid,
    sizeBytes: record.sizeBytes,
    ...(versions.length === 1 ? {} : { versions: placesOf(versions, { statementId, item }) }),
  };
}

// An object may have very many versions; the last few are those that people ask for.
function placesOf(
  versions: readonly RegisteredVersion[],
  given: Pick<RegisteredVersion, "statementId" | "item">,
): ObjectVersionPlace[] {
  return versions
    .map(({ statementId, item, record }, at) => ({ version: at + 1, statementId, item, frames: record.frameCount }))
    .filter(
      ({ version, statementId, item }) =>
        version === 1 ||
        version > versions.length - mostVersions ||
        (statementId === given.statementId && item === given.item),
    );
}
