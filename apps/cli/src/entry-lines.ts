// An entry as lines of a terminal: number, time and the sentence that the page shows; below it for whom, of what, and what was found.
import type { EntrySigner, EntrySummary } from "@fiducial/api";
import { englishSentences, type Language, sentenceText, whoIs } from "@fiducial/api/sentences";
import { findingOf, newestContract } from "@fiducial/contract";
import { entryFacts } from "./entry-facts.ts";
import { moment } from "./figures.ts";
import type { Screen } from "./screen.ts";

/** Makes the lines. `width` is how many digits the longest number has; what belongs to the sentence stands below it. */
export function entryLines(entry: EntrySummary, width: number, { style }: Pick<Screen, "style">): string[] {
  const { index, kind, recordedAt, findings, signers, open } = entry;
  const at = moment(recordedAt);
  const indent = " ".repeat(width + 1 + 2 + at.length + 2);
  const by = newestContract.kind(kind, entry.version)?.by;
  const facts = [kind, signers.map((signer) => signerText(signer, by)).join(", "), ...entryFacts(open)];
  return [
    `${style("bold", `#${index}`.padStart(width + 1))}  ${at}  ${sentenceOf(entry)}`,
    `${indent}${style("dim", facts.join(" · "))}`,
    ...findings.map((code) => `${indent}${style("yellow", `${code}: ${findingOf(code)?.says ?? ""}`)}`),
  ];
}

/** The sentence that the page shows for an entry, in English. */
export function sentenceOf(entry: EntrySummary): string {
  return sentenceText(entry, language);
}

const language: Language = { t: { sentences: englishSentences }, formats: { day: (time) => time.slice(0, 10) } };

// Staff appear by role, never by name.
function signerText(signer: EntrySigner, by: readonly string[] | undefined): string {
  const who = whoIs(signer, language.t, by);
  const { organizationName } = signer;
  return organizationName === undefined || organizationName === who ? who : `${who} for ${organizationName}`;
}
