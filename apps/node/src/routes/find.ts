// Finds things by what people have of them: numbers, ids, digests, UIDs, names of machines and organizations.
import type { FindQuery, FoundPlace, FoundPlaces, StudyPlace } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import type { StudyFact } from "@fiducial/projection";
import { authorize } from "../authorization/authorize.ts";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { actorOf } from "./identity.ts";
import { located, searched, summary } from "./imaging.ts";
import { nameOf, summaryOf } from "./summaries.ts";

const mostOfEach = 20;
const entryNumber = /^(?:#\s*)?(\d{1,9})$/;

/** Everything that `text` leads to, as far as the caller may know of it. Nothing found is an empty list, never an error. */
export async function find(node: OpenNode, { text }: FindQuery, caller: Caller): Promise<FoundPlaces> {
  const indexes = [
    ...entriesOf(node, text),
    ...(authorize("objects.verify", caller) ? entriesOfObject(node, text) : []),
  ];
  const entries = [...new Set(indexes)].filter((index) => index < node.store.head().edge.size).sort((a, b) => b - a);
  const facts = authorize("studies.read", caller) ? searched(node, text) : [];
  const studies = await Promise.all(facts.slice(0, mostOfEach).map((fact) => summary(node, fact)));
  const histories = locatesOnly(caller) ? located(node, text) : [];
  return {
    places: [
      ...entries.slice(0, mostOfEach).map((index): FoundPlace => ({ type: "entry", entry: summaryOf(node, index) })),
      ...studies.map((study): FoundPlace => ({ type: "study", study })),
      ...histories.slice(0, mostOfEach).map((fact): FoundPlace => ({ type: "history", history: studyPlace(fact) })),
      ...membersOf(node, text).slice(0, mostOfEach),
    ],
  };
}

/** Tells whether `text` names an entry by its number. */
export function numbersEntry(text: string): boolean {
  return entryNumber.test(text);
}

/** Tells whether somebody finds that a study is here, and is shown nothing else of it. */
function locatesOnly(caller: Caller): boolean {
  return authorize("studies.find", caller) && !authorize("studies.read", caller);
}

function studyPlace({ study, index, recordedAtMs, modalities }: StudyFact): StudyPlace {
  return { study, index, registeredAt: formatUtcTime(recordedAtMs), modalities: [...modalities] };
}

// Places in the log that grows; what a recovery ended is looked at with the command.
function entriesOf({ store }: OpenNode, text: string): number[] {
  const number = entryNumber.exec(text)?.[1];
  if (number !== undefined) return [Number(number)];
  const lower = text.toLowerCase();
  return /^[0-9a-f]{64}$/.test(lower) ? listOf(store.indexOf(lower)) : [];
}

// By the digest of a file, or a SOP Instance UID: as a lookup would.
function entriesOfObject({ store, vault }: OpenNode, text: string): number[] {
  const lower = text.toLowerCase();
  const isUid = /^\d+(?:\.\d+){2,}$/.test(text);
  const key = isUid ? { sopInstanceUid: text } : /^[0-9a-f]{64}$/.test(lower) ? { file: lower } : undefined;
  if (key === undefined) return [];
  return [...vault.versionsOf(key)].flatMap(({ statement }) => listOf(store.indexOf(statement)));
}

function listOf(index: number | undefined): number[] {
  return index === undefined ? [] : [index];
}

function membersOf(node: OpenNode, text: string): FoundPlace[] {
  const words = text.toLowerCase();
  const isMeant = (name: string | undefined) =>
    name !== undefined && ` ${name.toLowerCase()}`.includes(` ${words}`) && words.length > 1;
  return node.projection.identity.actors().flatMap((fact): FoundPlace[] => {
    const name = fact.type === "person" ? undefined : nameOf(node, fact.id, "name").name;
    return fact.id === words || isMeant(name) ? [{ type: "member", member: actorOf(node, fact) }] : [];
  });
}
