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
/** As objects have them, with three parts at least: fewer are a number of something else. DICOM PS3.5 § 9.1. */
const uid = /^\d+(?:\.\d+){2,}$/;
const entryNumber = /^(?:#\s*)?(\d{1,9})$/;

/** Everything that `text` leads to, as far as the caller may know of it. Nothing found is an empty list, never an error. */
export async function find(node: OpenNode, { text }: FindQuery, caller: Caller): Promise<FoundPlaces> {
  const indexes = [
    ...entriesOf(node, text),
    ...(authorize("objects.verify", caller) ? entriesOfObject(node, text) : []),
  ];
  const entries = [...new Set(indexes)].filter((index) => index < node.store.head().edge.size).sort((a, b) => b - a);
  const facts = authorize("studies.read", caller) ? searched(node, text) : [];
  const objects = authorize("studies.read", caller) ? objectsOf(node, text) : [];
  const studies = await Promise.all(
    [...objects, ...facts.filter(({ study }) => !objects.some(({ fact }) => fact.study === study)).map(alone)]
      .slice(0, mostOfEach)
      .map(async ({ fact, object }) => ({ study: await summary(node, fact), ...(object && { object }) })),
  );
  const histories = locatesOnly(caller) ? located(node, text) : [];
  return {
    places: [
      ...entries.slice(0, mostOfEach).map((index): FoundPlace => ({ type: "entry", entry: summaryOf(node, index) })),
      ...studies.map((study): FoundPlace => ({ type: "study", ...study })),
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

interface FoundStudy {
  readonly fact: StudyFact;
  readonly object?: { readonly statementId: string; readonly item: number };
}

function alone(fact: StudyFact): FoundStudy {
  return { fact };
}

// Each study once, at the version of the object that was registered last; what no log has was never registered.
function objectsOf({ store, vault, projection }: OpenNode, text: string): FoundStudy[] {
  if (!uid.test(text)) return [];
  const found = new Map<string, FoundStudy>();
  for (const { statement, item, study } of vault.versionsOf({ sopInstanceUid: text })) {
    const fact = study === undefined ? undefined : projection.imaging.study(study);
    if (fact === undefined || store.indexOf(statement) === undefined) continue;
    found.set(fact.study, { fact, object: { statementId: statement, item } });
  }
  return [...found.values()].sort((a, b) => b.fact.index - a.fact.index);
}

// By the digest of a file, or a SOP Instance UID: as a lookup would.
function entriesOfObject({ store, vault }: OpenNode, text: string): number[] {
  const lower = text.toLowerCase();
  const key = uid.test(text) ? { sopInstanceUid: text } : /^[0-9a-f]{64}$/.test(lower) ? { file: lower } : undefined;
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
