// What an entry tells besides its sentence: of whom or what, which role, which reason, until when.
import type { EntrySummary } from "@fiducial/api";
import { short } from "./figures.ts";

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
