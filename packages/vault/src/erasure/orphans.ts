// Orphans: parts whose statement never reached a ledger, since the node died between the two writes. They are harmless, and are cleaned away here.
import type { Parts } from "../statements/parts.ts";
import type { Transactions } from "../store/transactions.ts";

/** Where a statement stands: a ledger holds it; it waits (in an outbox) and may yet get there; it never will. */
export type Standing = "accepted" | "waiting" | "gone";

/** How many parts were found to be what. */
export type StandingCounts = Readonly<Record<Standing, number>>;

/** Asks about every part not known to be on a ledger; settles the accepted, removes those that are gone. */
export async function removeOrphans(
  parts: Parts,
  { write }: Transactions,
  standingOf: (statement: string) => Standing | Promise<Standing>,
): Promise<StandingCounts> {
  const counts = { accepted: 0, waiting: 0, gone: 0 };
  for (let after = 0; ; ) {
    const batch = parts.unsettled(after, 500);
    const last = batch.at(-1);
    if (last === undefined) return counts;
    after = last.id;
    const found: { readonly part: (typeof batch)[number]; readonly standing: Standing }[] = [];
    for (const part of batch) found.push({ part, standing: await standingOf(part.statement) });
    await write(() => {
      for (const { part, standing } of found) {
        if (standing === "accepted") parts.settle(part);
        if (standing === "gone") parts.remove(part);
      }
    });
    for (const { standing } of found) counts[standing]++;
  }
}
