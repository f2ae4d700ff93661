// The registered objects under the UIDs of an address: of each the newest version that shows what the first one shows, as stored. DICOM PS3.18 § 10.4.
// Whoever can send can send anything under UIDs that are known: it is registered, and it takes the place of nothing.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { OpenNode } from "../../compose.ts";
import type { ObjectRecord } from "../../intake/study-records.ts";
import { NodeError } from "../../node-error.ts";
import { showsTheSame } from "../../objects/shown-version.ts";
import type { StoredVersion } from "../../objects/stored-version.ts";
import { registeredVersions } from "../../verification/verify-files.ts";
import type { NamedUids } from "./addresses.ts";

/** A registered version of an object. */
export type FoundInstance = StoredVersion;

/** What finding works with. */
export type FindingNode = Pick<OpenNode, "vault" | "logs" | "objectReader">;

/** Items looked at before others get their turn. */
const itemsATurn = 256;

/**
 * The handle of the registered study with this UID. When it came under several patients, of the one under whom it came first: one address must
 * not show two patients' objects. The others are in the page, each by itself.
 */
export function studyAt({ vault, logs }: Pick<FindingNode, "vault" | "logs">, studyUid: string): string | undefined {
  const found = vault.findStudies({ label: "studyUid", value: studyUid }).flatMap(({ study }) => {
    const [first] = registering({ vault, logs }, study);
    const place = first === undefined ? undefined : logs.placeOf(first);
    return place === undefined ? [] : [{ study, isEnded: place.log !== logs.current, index: place.index }];
  });
  const [first] = found.sort((a, b) => Number(b.isEnded) - Number(a.isEnded) || a.index - b.index);
  return first?.study;
}

/** Statements that registered objects of a study, oldest first. */
export function registering({ vault, logs }: Pick<FindingNode, "vault" | "logs">, study: string): string[] {
  return vault
    .statementsOf(study)
    .filter((statement) => logs.placeOf(statement) !== undefined && vault.manifestSize(statement) !== undefined);
}

/** Every object of a study, in the version that is given. Others get turns meanwhile. */
export async function instancesOf(node: FindingNode, study: string): Promise<FoundInstance[]> {
  const objects = new Map<string, { readonly first: ObjectRecord; given: FoundInstance }>();
  let looked = 0;
  for (const statement of registering(node, study))
    for (const { value, place } of node.vault.manifest(statement)) {
      const record = value as unknown as ObjectRecord;
      const one = { statement, place, record };
      const known = objects.get(record.sopInstanceUid);
      if (known === undefined) objects.set(record.sopInstanceUid, { first: record, given: one });
      else if (showsTheSame(known.first, record)) known.given = one;
      if (++looked % itemsATurn === 0) await nextTurn();
    }
  return [...objects.values()].map(({ given }) => given);
}

/** Everything under the UIDs of an address, at least one. Rejects with INSTANCES_UNKNOWN. */
export async function foundUnder(node: FindingNode, uids: NamedUids): Promise<FoundInstance[]> {
  const { study, series, instance } = uids;
  if (instance !== undefined) return [await foundAt(node, { ...uids, instance })];
  const found: FoundInstance[] = [];
  const handle = studyAt(node, study);
  for (const one of handle === undefined ? [] : await instancesOf(node, handle))
    if (series === undefined || one.record.seriesUid === series) found.push(one);
  if (found.length === 0) throw new NodeError("INSTANCES_UNKNOWN");
  return found;
}

/** An object in the version that is given, if it is in the study and the series that the address names. Rejects with INSTANCES_UNKNOWN. */
export async function foundAt(
  node: FindingNode,
  { study, series, instance }: NamedUids & { readonly instance: string },
): Promise<FoundInstance> {
  const handle = studyAt(node, study);
  let first: ObjectRecord | undefined;
  let given: FoundInstance | undefined;
  for await (const { place, record, header } of registeredVersions(node.vault, node.logs, instance)) {
    if (handle === undefined || place.study !== handle) continue;
    first ??= record;
    if (showsTheSame(first, record)) given = { statement: place.statement, place: header, record };
  }
  if (given === undefined || given.record.seriesUid !== series) throw new NodeError("INSTANCES_UNKNOWN");
  return given;
}
