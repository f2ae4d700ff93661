// From an entry to its sentence: ⟨who, by role⟩ ⟨past verb⟩ ⟨what⟩.
import { newestContract } from "@fiducial/contract";
import type { EntrySigner, EntrySummary } from "../entries.ts";
import { accessSentences } from "./access.ts";
import { identitySentences } from "./identity.ts";
import { imagingSentences } from "./imaging.ts";
import type { Language, Sentence, SentenceMaker } from "./sentence.ts";

const makers: ReadonlyMap<string, SentenceMaker> = new Map(
  Object.entries({ ...identitySentences, ...imagingSentences, ...accessSentences }),
);

/** Kinds that need a second approver: who approved belongs into the sentence. */
const approved: ReadonlySet<string> = new Set([
  "identity.key.recovered",
  "imaging.destruction.approved",
  "imaging.erasure.approved",
]);

/** Says what an entry says. A kind that is newer than this software gets a sentence with its name. */
export function sentenceOf(entry: EntrySummary, language: Language): Sentence {
  const maker = makers.get(entry.kind);
  const [first, ...others] = entry.signers as [EntrySigner, ...EntrySigner[]];
  const approver = approved.has(entry.kind) ? others.find(({ type }) => type === "person") : undefined;
  const { t } = language;
  const by = newestContract.kind(entry.kind, entry.version)?.by;
  const one = whoIs(first, t, by);
  const who = approver === undefined ? one : t.sentences.who.and(one, whoIs(approver, t, by));
  return { who, did: maker === undefined ? t.sentences.other(entry.kind) : maker(entry, language) };
}

/** The sentence as one text, for a title. */
export function sentenceText(entry: EntrySummary, language: Language): string {
  const { who, did } = sentenceOf(entry, language);
  return `${who} ${did}`;
}

/** Names a signer: people by their role, never by name; an organization, a machine or a product by its name. `by` are the roles that count. */
export function whoIs(
  { type, name, roles, organizationName }: EntrySigner,
  t: Language["t"],
  by: readonly string[] = [],
): string {
  if (type === "person") {
    const role = by.find((wanted) => roles.includes(wanted)) ?? roles[0];
    return role === undefined ? t.sentences.who.person : t.sentences.who.role(role);
  }
  if (type === "organization") return organizationName ?? name ?? t.sentences.who.organization;
  return name ?? t.sentences.who[type];
}
