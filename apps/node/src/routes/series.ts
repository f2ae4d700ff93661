// The series of a study with their objects, as a member may see them. A study may have thousands: others get their turns meanwhile.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { StudyObject, StudySeries } from "@fiducial/api";
import { type Header, headerOf } from "@fiducial/dicom";
import type { Vault } from "@fiducial/vault";
import type { ObjectRecord } from "../intake/study-records.ts";
import { headerIn } from "../verification/verify-files.ts";

/** What is shown of a header. */
type ShownHeader = Pick<
  Header,
  "instanceNumber" | "rows" | "columns" | "modality" | "seriesNumber" | "seriesDescription"
>;

/** Objects looked at before others get their turn. */
const objectsATurn = 32;
const mostEarlier = 16;

/** Returns the series that these statements registered. Later versions of an object take the place of earlier ones. */
export async function seriesOf(vault: Vault, statements: readonly string[]): Promise<StudySeries[]> {
  const series = new Map<string, { header: ShownHeader; objects: Map<string, StudyObject> }>();
  for (const statementId of statements) {
    const headers = await shownHeaders(vault, statementId);
    let item = 0;
    for (const { value, place } of vault.manifest(statementId)) {
      if (item % objectsATurn === 0) await nextTurn();
      const record = value as unknown as ObjectRecord;
      const header = headers[place] ?? {};
      const into = series.get(record.seriesUid) ?? { header, objects: new Map() };
      const before = into.objects.get(record.sopInstanceUid);
      const object = objectOf(statementId, item++, record, header);
      into.objects.set(record.sopInstanceUid, before === undefined ? object : { ...object, earlier: placesOf(before) });
      series.set(record.seriesUid, into);
    }
  }
  return [...series.values()]
    .sort((a, b) => (a.header.seriesNumber ?? 0) - (b.header.seriesNumber ?? 0))
    .map(({ header: { modality = "", seriesDescription, seriesNumber }, objects }, at) => ({
      series: at + 1,
      modality,
      ...(seriesDescription === undefined ? {} : { description: seriesDescription }),
      ...(seriesNumber === undefined ? {} : { number: seriesNumber }),
      objects: [...objects.values()].sort((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0)),
    }));
}

// An object may have very many versions; the last few are those that people ask for.
function placesOf({ earlier = [], statementId, item }: StudyObject): NonNullable<StudyObject["earlier"]> {
  return [...earlier, { statementId, item }].slice(-mostEarlier);
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
  const names = ["instanceNumber", "rows", "columns", "modality", "seriesNumber", "seriesDescription"] as const;
  return Object.fromEntries(names.flatMap((name) => (header[name] === undefined ? [] : [[name, header[name]]])));
}

function objectOf(
  statementId: string,
  item: number,
  record: ObjectRecord,
  { instanceNumber, rows, columns }: ShownHeader,
): StudyObject {
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
  };
}
