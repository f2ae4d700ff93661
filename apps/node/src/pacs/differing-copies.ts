// Which registered objects the PACS gave otherwise than they were registered, when each was asked for last: whoever has to look for them is told of which studies.
import type { Vault } from "@fiducial/vault";
import type { ConnectionLine } from "../connections/connection-board.ts";
import type { DifferingCopy } from "../connections/connection-standing.ts";

/** Codes that say that a copy is not what was registered. */
export const differingCodes: ReadonlySet<string> = new Set(["PACS_COPY_ALTERED", "PACS_COPY_CHANGED"]);

export interface DifferingCopies {
  /** Says what came of asking for an object: it is as registered, or the code of what is wrong. Codes that say nothing of the copy leave it as it was. */
  asked(digest: string, code?: string): void;
}

/** As many are remembered as somebody looks into one by one; of more, the first. */
const mostRemembered = 1000;

/** Begins with what was known before. */
export function differingCopies(
  vault: Pick<Vault, "versionsOf">,
  line: Pick<ConnectionLine, "differs">,
  known: readonly DifferingCopy[] = [],
): DifferingCopies {
  const copies = new Map(known.map((copy) => [copy.digest, copy]));
  // What was destroyed since is nobody's to look for.
  const studyOf = (digest: string) => [...vault.versionsOf({ file: digest })].at(-1)?.study;
  for (const digest of copies.keys()) if (studyOf(digest) === undefined) copies.delete(digest);

  return {
    asked: (digest, code) => {
      const before = copies.get(digest);
      if (before?.code === code) return;
      if (code === undefined) copies.delete(digest);
      else if (differingCodes.has(code) && (before !== undefined || copies.size < mostRemembered)) {
        const study = studyOf(digest);
        if (study !== undefined) copies.set(digest, { digest, study, code });
      }
      if (copies.get(digest) !== before) line.differs([...copies.values()]);
    },
  };
}
