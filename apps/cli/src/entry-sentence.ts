// An entry as a sentence: what its kind says, with the counts and modalities that its open fields tell.
import type { EntrySummary } from "@fiducial/api";
import { count } from "./figures.ts";

/** Makes the sentence of `says`, what the entry's kind says. */
export function entrySentence(says: string, open: EntrySummary["open"]): string {
  const { instances, series, modalities } = open;
  const kinds = Array.isArray(modalities) && modalities.length > 0 ? `${modalities.join(", ")} ` : "";
  const facts = [
    ...(typeof instances === "number" ? [count(instances, `${kinds}object`)] : []),
    ...(typeof series === "number" ? [count(series, "series", "series")] : []),
  ];
  return facts.length === 0 ? says : `${says.replace(/\.$/, "")}: ${facts.join(" in ")}.`;
}
