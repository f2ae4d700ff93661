// Objects that are not what was received, as backup and restore tell them.
import type { DamagedObject } from "@fiducial/node";
import type { Screen } from "./screen.ts";

const sentences: Readonly<Record<DamagedObject["code"], string>> = {
  OBJECT_DIFFERS: "It is not the bytes that were received.",
  PATH_UNREADABLE: "It cannot be read.",
  OBJECT_MISSING: "It is neither in the store nor in the backup.",
};
const inBackups: Readonly<Record<NonNullable<DamagedObject["inBackup"]>, string>> = {
  whole: "It is not in the store; the backup has it whole.",
  damaged: "It is not in the store; what the backup has of it is damaged.",
};

/** Complains of each damaged object, and says what mends them. */
export function tellDamaged({ complain, style }: Screen, damaged: readonly DamagedObject[]): void {
  for (const { object, code, inBackup } of damaged) {
    const says = inBackup === undefined ? sentences[code] : inBackups[inBackup];
    complain(`${style("red", "✗")} object ${object}: ${says} (${code})`);
  }
  if (damaged.length > 0)
    complain("Taking the originals in again puts them right: 'fiducial ingest'. Then look at the disk.");
}
