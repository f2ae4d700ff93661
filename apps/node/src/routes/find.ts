// Finds things by what people have of them: numbers, ids, digests, UIDs, names of machines and organizations.
import type { FindQuery, FoundPlace, FoundPlaces } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import { actorOf } from "./identity.ts";
import { searched, summary } from "./imaging.ts";
import { nameOf, summaryOf } from "./summaries.ts";

const mostOfEach = 20;

/** Everything that `text` leads to. Nothing found is an empty list, never an error. */
export function find(node: OpenNode, { text }: FindQuery): FoundPlaces {
  const entries = entriesOf(node, text);
  const studies = searched(node, text).map((fact) => summary(node, fact));
  return {
    places: [
      ...entries.slice(0, mostOfEach).map((index): FoundPlace => ({ type: "entry", entry: summaryOf(node, index) })),
      ...studies.slice(0, mostOfEach).map((study): FoundPlace => ({ type: "study", study })),
      ...membersOf(node, text).slice(0, mostOfEach),
    ],
  };
}

// Places in the log that grows; what a recovery ended is looked at with the command.
function entriesOf({ store, vault }: OpenNode, text: string): number[] {
  const indexes = new Set<number>();
  const add = (index: number | undefined) => {
    if (index !== undefined && index < store.head().edge.size) indexes.add(index);
  };
  const number = /^(?:#\s*)?(\d{1,9})$/.exec(text)?.[1];
  if (number !== undefined) add(Number(number));
  const lower = text.toLowerCase();
  if (/^[0-9a-f]{64}$/.test(lower)) {
    add(store.indexOf(lower));
    for (const { statement } of vault.versionsOf({ file: lower })) add(store.indexOf(statement));
  }
  if (/^\d+(?:\.\d+){2,}$/.test(text))
    for (const { statement } of vault.versionsOf({ sopInstanceUid: text })) add(store.indexOf(statement));
  return [...indexes].sort((a, b) => b - a);
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
