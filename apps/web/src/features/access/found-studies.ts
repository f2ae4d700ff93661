// Which studies a search meant, whoever searched: some are shown studies, others their histories, and an object is found by the entries that registered it.
import type { FoundPlace } from "@fiducial/api";

/** A study to be chosen among others. */
export interface WantedStudy {
  readonly study: string;
  readonly registeredAt: string;
  readonly modalities: readonly string[];
}

/** The studies among what `text` led to, each once. A number is no object, so the entry that bears it is not meant. */
export function studiesFound(places: readonly FoundPlace[], text: string): readonly WantedStudy[] {
  const isObject = /^\d+(?:\.\d+){2,}$/.test(text) || /^[0-9a-f]{64}$/i.test(text);
  const found = places.flatMap((place): WantedStudy[] => {
    if (place.type === "study") return [place.study];
    if (place.type === "history") return [place.history];
    const study = place.type === "entry" && isObject ? place.entry.study : undefined;
    return study === undefined ? [] : [{ study, registeredAt: (place as EntryPlace).entry.recordedAt, modalities: [] }];
  });
  // Entries come first and know less of a study than what comes after them.
  return [...new Map(found.map((one) => [one.study, one])).values()];
}

type EntryPlace = Extract<FoundPlace, { type: "entry" }>;
