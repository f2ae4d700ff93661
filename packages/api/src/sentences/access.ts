// Sentences about the application access: one for each kind of its room in the contract, and one for each read of a list.
import type { Access } from "../accesses.ts";
import { type Language, listIn, type Sentence, type SentenceMaker, textIn } from "./sentence.ts";

export const accessSentences: Readonly<Record<string, SentenceMaker>> = {
  "access.read.performed": (entry, { t }) => {
    const [role] = listIn(entry, "roles");
    const reader = { readerType: textIn(entry, "readerType"), roles: typeof role === "string" ? [role] : [] };
    const study = textIn(entry, "study") === "" ? "" : t.sentences.imaging.study([]);
    const refused = textIn(entry, "outcome") === "refused";
    const { recorded } = t.sentences.access;
    return recorded(readerWho(reader, t), textIn(entry, "action"), textIn(entry, "what"), study, refused);
  },
};

/** Says what a reader did: people by role, machines by name. `name` is given where it was asked for. */
export function accessSentence(access: Access, { t }: Language, name?: string): Sentence {
  const { action, what, modalities, study, outcome } = access;
  const words = study === undefined ? "" : t.sentences.imaging.study(modalities ?? []);
  const who = name === undefined ? readerWho(access, t) : `${name} (${readerWho(access, t)})`;
  return { who, did: t.sentences.access.did(action, what, words, outcome === "refused") };
}

function readerWho(
  {
    readerType,
    roles,
    readerName,
  }: { readonly readerType: string; readonly roles: readonly string[]; readonly readerName?: string | undefined },
  t: Language["t"],
): string {
  const [role] = roles;
  if (readerType === "machine") return readerName ?? t.sentences.access.machine;
  if (readerType === "operator") return t.sentences.access.operator;
  return role === undefined ? t.sentences.who.person : t.sentences.who.role(role);
}
