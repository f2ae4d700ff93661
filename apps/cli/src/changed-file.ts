// A ledger's file that was changed while no program had it open: said in one line, once in each process, whenever that comes out.
import type { OpenNode } from "@fiducial/node";
import { writeLine } from "./terminal.ts";

const told = new WeakSet<OpenNode["store"]>();

/** Says so on standard error if it is known by now. `before` is whether it was known when the node was opened: then `status` and `audit` tell. */
export async function tellChangedFile({ store }: Pick<OpenNode, "store">, before = false): Promise<void> {
  if (before || told.has(store) || !store.isKnownToDiffer()) return;
  told.add(store);
  const { troubles } = await import("@fiducial/api");
  writeLine(process.stderr, `fiducial: ${troubles.FILE_DIFFERS} (FILE_DIFFERS)`, false);
}
