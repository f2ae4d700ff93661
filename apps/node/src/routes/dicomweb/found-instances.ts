// The registered objects under the UIDs of an address: of each the newest version, as stored. DICOM PS3.18 § 10.4.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { OpenNode } from "../../compose.ts";
import type { ObjectRecord } from "../../intake/study-records.ts";
import { NodeError } from "../../node-error.ts";
import type { StoredVersion } from "../../objects/stored-version.ts";
import { registeredVersions } from "../../verification/verify-files.ts";
import type { NamedUids } from "./addresses.ts";

/** A registered version of an object. */
export type FoundInstance = StoredVersion;

/** What finding works with. */
export type FindingNode = Pick<OpenNode, "vault" | "logs" | "objectReader">;

/** Items looked at before others get their turn. */
const itemsATurn = 256;

/** Handles of the registered studies with this UID: several when it came under several patients. */
export function studiesWith({ vault, logs }: FindingNode, studyUid: string): string[] {
  const found = vault.findStudies({ label: "studyUid", value: studyUid });
  return found.map(({ study }) => study).filter((study) => registering({ vault, logs }, study).length > 0);
}

/** Statements that registered objects of a study, oldest first. */
export function registering({ vault, logs }: Pick<FindingNode, "vault" | "logs">, study: string): string[] {
  return vault
    .statementsOf(study)
    .filter((statement) => logs.placeOf(statement) !== undefined && vault.manifestSize(statement) !== undefined);
}

/** The newest version of every object of a study. Others get turns meanwhile. */
export async function instancesOf(node: FindingNode, study: string): Promise<FoundInstance[]> {
  const newest = new Map<string, FoundInstance>();
  let looked = 0;
  for (const statement of registering(node, study))
    for (const { value, place } of node.vault.manifest(statement)) {
      const record = value as unknown as ObjectRecord;
      newest.set(record.sopInstanceUid, { statement, place, record });
      if (++looked % itemsATurn === 0) await nextTurn();
    }
  return [...newest.values()];
}

/** Everything under the UIDs of an address, at least one. Rejects with INSTANCES_UNKNOWN. */
export async function foundUnder(node: FindingNode, uids: NamedUids): Promise<FoundInstance[]> {
  const { study, series, instance } = uids;
  if (instance !== undefined) return [await foundAt(node, { ...uids, instance })];
  const found: FoundInstance[] = [];
  for (const handle of studiesWith(node, study))
    for (const one of await instancesOf(node, handle))
      if (series === undefined || one.record.seriesUid === series) found.push(one);
  if (found.length === 0) throw new NodeError("INSTANCES_UNKNOWN");
  return found;
}

/** The newest version of an object, if it is in the study and the series that the address names. Rejects with INSTANCES_UNKNOWN. */
export async function foundAt(
  node: FindingNode,
  { study, series, instance }: NamedUids & { readonly instance: string },
): Promise<FoundInstance> {
  const handles = studiesWith(node, study);
  let newest: FoundInstance | undefined;
  for await (const { place, record, header } of registeredVersions(node.vault, node.logs, instance))
    if (place.study !== undefined && handles.includes(place.study))
      newest = { statement: place.statement, place: header, record };
  if (newest === undefined || newest.record.seriesUid !== series) throw new NodeError("INSTANCES_UNKNOWN");
  return newest;
}
