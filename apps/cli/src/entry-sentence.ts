// An entry as a sentence: what its kind says, with the counts and modalities that its open fields tell; the other fields stand behind it.
import type { EntrySummary } from "@fiducial/api";
import { count, short } from "./figures.ts";

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

/** What the sentence leaves out: of whom or what an entry speaks, which role, which reason, until when. Ids are shortened. */
export function entryFacts(open: EntrySummary["open"]): string[] {
  return Object.entries(open).flatMap(([name, value]) => {
    if (said.has(name)) return [];
    const values = (Array.isArray(value) ? value : [value]).filter((each) => typeof each !== "object");
    return values.length === 0 ? [] : [`${name} ${values.map((each) => shownValue(String(each))).join(", ")}`];
  });
}

function shownValue(text: string): string {
  return /^[0-9a-f]{32,}$/.test(text) ? short(text) : text;
}

const said: ReadonlySet<string> = new Set(["instances", "series", "modalities"]);
