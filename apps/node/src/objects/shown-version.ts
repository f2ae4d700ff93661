// Which version of an object is shown and given to whoever asks for the object: the newest that shows what the first one shows.
// Whoever can send can send other pixels under a known UID; those are registered, and take the place of nothing.
import type { ObjectRecord } from "../intake/study-records.ts";

/** Tells whether a later version shows what the first one shows: frames that are equal as encoded, or as samples; of what has none, everything stands in the header. Samples that nobody can decode prove nothing. */
export function showsTheSame(first: Shown, later: Shown): boolean {
  return first.frames === later.frames || (first.pixels !== null && first.pixels === later.pixels);
}

type Shown = Pick<ObjectRecord, "frames" | "pixels">;
