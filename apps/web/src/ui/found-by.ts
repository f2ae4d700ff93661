// By which identifier the history of a study was found. It stays in this page's memory: identifiers have no place in addresses, and none in what a browser keeps.
import type { FoundPlace } from "@fiducial/api";
import { useSyncExternalStore } from "react";

/** What somebody typed: a UID, or else an accession number. */
export interface FoundBy {
  readonly by: "uid" | "accession";
  readonly text: string;
}

let found: ReadonlyMap<string, FoundBy> = new Map();
const listeners = new Set<() => void>();

/** Remembers by what the histories among `places` were found; whatever was found before is forgotten. */
export function rememberFound(places: readonly FoundPlace[], text: string): void {
  const by = /^\d+(?:\.\d+)+$/.test(text) ? "uid" : "accession";
  const studies = places.flatMap((place) => (place.type === "history" ? [place.history.study] : []));
  found = new Map(studies.filter((study) => study !== text.toLowerCase()).map((study) => [study, { by, text }]));
  for (const listener of listeners) listener();
}

/** By what the last search led to the history of this study; undefined when it did not. */
export function foundBy(study: string | undefined): FoundBy | undefined {
  return study === undefined ? undefined : found.get(study);
}

/** The same, for as long as a component is shown. */
export function useFoundBy(study: string): FoundBy | undefined {
  return useSyncExternalStore(subscribe, () => foundBy(study));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
