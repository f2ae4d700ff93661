// What a sender is told of each of its objects: the Store Instances Response Module, in the DICOM JSON Model. DICOM PS3.18 § 10.5.3, § I.2.
import { type DicomJson, dicomJsonText, type JsonAttribute } from "@fiducial/dicom/dicomweb";
import { addressOf } from "../addresses.ts";

/** UIDs of an object as far as they are known; empty where it has none. */
export interface SentObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid?: string;
}

/** What became of one part: stored, or refused with a Failure Reason. What could not be read has no UIDs. */
export type PartOutcome =
  | { readonly stored: SentObject }
  | { readonly failureReason: number; readonly object: SentObject | undefined };

/** The status and the text of an answer. */
export interface StoreResponse {
  readonly status: 200 | 202 | 409;
  readonly text: string;
}

/** Writes the answer to a sender: 200 when all were stored, 202 when some were, 409 when none was. */
export function storeResponse(outcomes: readonly PartOutcome[], base: string): StoreResponse {
  const stored = outcomes.flatMap((outcome) => ("stored" in outcome ? [outcome.stored] : []));
  const failed = outcomes.flatMap((outcome) => ("stored" in outcome ? [] : [outcome]));
  const named = failed.filter(({ object }) => object !== undefined);
  const unnamed = failed.filter(({ object }) => object === undefined);
  const model: [string, JsonAttribute][] = [
    ...retrieveUrl(stored, base),
    ...sequence(
      "00081198",
      named.map(({ object, failureReason }) => failedItem(object as SentObject, failureReason)),
    ),
    ...sequence("00081199", stored.map(storedItem)),
    ...sequence(
      "0008119A",
      unnamed.map(({ failureReason }) => new Map([reason(failureReason)])),
    ),
  ];
  const status = failed.length === 0 ? 200 : stored.length > 0 ? 202 : 409;
  return { status, text: dicomJsonText(new Map(model)) };
}

// One address for everything, where there is one.
function retrieveUrl(stored: readonly SentObject[], base: string): [string, JsonAttribute][] {
  const [study, ...others] = new Set(stored.map(({ studyInstanceUid }) => studyInstanceUid));
  if (study === undefined || others.length > 0) return [];
  return [["00081190", { vr: "UR", Value: [addressOf(base, { study })] }]];
}

function sequence(tag: string, items: readonly DicomJson[]): [string, JsonAttribute][] {
  return items.length === 0 ? [] : [[tag, { vr: "SQ", Value: items }]];
}

function storedItem({ sopClassUid, sopInstanceUid }: SentObject): DicomJson {
  return new Map([
    ["00081150", uid(sopClassUid)],
    ["00081155", uid(sopInstanceUid)],
    // Type 2: an object has its own address once its study has settled.
    ["00081190", { vr: "UR" }],
  ]);
}

function failedItem({ sopClassUid, sopInstanceUid }: SentObject, failureReason: number): DicomJson {
  return new Map([["00081150", uid(sopClassUid)], ["00081155", uid(sopInstanceUid)], reason(failureReason)]);
}

function reason(failureReason: number): [string, JsonAttribute] {
  return ["00081197", { vr: "US", Value: [failureReason] }];
}

function uid(text: string): JsonAttribute {
  return text === "" ? { vr: "UI" } : { vr: "UI", Value: [text] };
}
