// The ledger names readers by handles, and members' handles have names: who may not see who looked is not shown these handles on the ledger's pages either.
import type { EntryPage, EntrySummary, FoundPlaces } from "@fiducial/api";
import { authorize } from "../authorization/authorize.ts";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { entryAt } from "./summaries.ts";

const permission = "accesses.read";
const isRead = (kind: string) => kind.startsWith("access.read.");

/** A page of entries as a caller may see it: reads without their readers, unless the caller may see who looked. */
export function withoutReaders(page: EntryPage, caller: Caller): EntryPage {
  return authorize(permission, caller) ? page : { ...page, entries: page.entries.map(withoutReader) };
}

/** The same for what a search found. */
export function foundWithoutReaders({ places }: FoundPlaces, caller: Caller): FoundPlaces {
  if (authorize(permission, caller)) return { places };
  return {
    places: places.map((place) => (place.type === "entry" ? { ...place, entry: withoutReader(place.entry) } : place)),
  };
}

function withoutReader(entry: EntrySummary): EntrySummary {
  const { reader: _, ...open } = entry.open;
  return isRead(entry.kind) ? { ...entry, open } : entry;
}

/** Throws NOT_ALLOWED for an entry that records a read, unless the caller may see who looked: its exact bytes name the reader. Throws ENTRY_UNKNOWN. */
export function checkReaderShown(node: OpenNode, index: number, caller: Caller): void {
  const lacking = permissionLacking(node, index, caller);
  if (lacking !== undefined) throw new NodeError("NOT_ALLOWED", { permission: lacking });
}

/** The permission that a caller lacks to be shown all of an entry; undefined for one that may be. Throws ENTRY_UNKNOWN. */
export function permissionLacking(node: OpenNode, index: number, caller: Caller): typeof permission | undefined {
  if (authorize(permission, caller)) return undefined;
  return isRead(entryAt(node, index).statement.content.kind) ? permission : undefined;
}
