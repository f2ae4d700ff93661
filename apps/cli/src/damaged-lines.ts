// Objects that are not what was received, as backup and restore tell them.
import type { DamagedObject } from "@fiducial/node";
import type { Screen } from "./screen.ts";

const sentences: Readonly<Record<DamagedObject["code"], string>> = {
  OBJECT_DIFFERS: "It is not the bytes that were received.",
  PATH_UNREADABLE: "It cannot be read.",
};

/** Complains of each damaged object, and says what mends them. */
export function tellDamaged({ complain, style }: Screen, damaged: readonly DamagedObject[]): void {
  for (const { object, code } of damaged)
    complain(`${style("red", "✗")} object ${object}: ${sentences[code]} (${code})`);
  if (damaged.length > 0)
    complain("Taking the originals in again puts them right: 'fiducial ingest'. Then look at the disk.");
}
