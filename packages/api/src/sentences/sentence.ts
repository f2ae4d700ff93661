// What a sentence about an entry is made of: facts that were read from open fields with care, since a newer contract may have others.
import type { EntrySummary } from "../entries.ts";
import type { englishSentences } from "./english.ts";

/** A sentence in two parts, so that who did it can stand out. */
export interface Sentence {
  readonly who: string;
  /** Past verb, what, and why; ends with a full stop. */
  readonly did: string;
}

/** What the words of a sentence depend on, besides the entry. */
export interface Language {
  readonly t: { readonly sentences: typeof englishSentences };
  readonly formats: {
    /** Writes the day of a time (ISO 8601). */
    day(time: string): string;
  };
}

/** Says what an entry of one kind says. */
export type SentenceMaker = (entry: EntrySummary, language: Language) => string;

/** Reads a text among open fields; empty when there is none. */
export function textIn({ open }: Pick<EntrySummary, "open">, name: string): string {
  const value = open[name];
  return typeof value === "string" ? value : "";
}

/** Reads a whole number among open fields; 0 when there is none. */
export function countIn({ open }: Pick<EntrySummary, "open">, name: string): number {
  const value = open[name];
  return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
}

/** Reads a list among open fields; empty when there is none. */
export function listIn({ open }: Pick<EntrySummary, "open">, name: string): readonly unknown[] {
  const value = open[name];
  return Array.isArray(value) ? value : [];
}

/** Reads an object among open fields; empty when there is none. */
export function objectIn({ open }: Pick<EntrySummary, "open">, name: string): Readonly<Record<string, unknown>> {
  const value = open[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
