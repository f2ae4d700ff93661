// Where a copy of a study went, or came from, as its transfer states it: sealed, or an actor of the ledger.
import { studyTransferred } from "@fiducial/contract";
import type { Entry } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { nameOf } from "./summaries.ts";

/** Whoever states a transfer writes what they like: a sentence has room for so much. */
const longest = 64;

/** Returns the other side of a transfer, for those who may see what is sealed of it; nothing for other statements, and where it is not told. */
export function destinationOf(
  node: OpenNode,
  { statement: { id, content } }: Pick<Entry, "statement">,
): { readonly destination?: string } {
  if (content.kind !== studyTransferred.name) return {};
  const sealed = node.vault.disclosures(id)?.disclosures["destination"]?.value;
  const { counterpart } = content.open;
  const named = typeof counterpart === "string" ? nameOf(node, counterpart, "name").name : undefined;
  const destination = typeof sealed === "string" && sealed.trim() !== "" ? sealed.trim() : named;
  if (destination === undefined) return {};
  return { destination: destination.length > longest ? `${destination.slice(0, longest)}…` : destination };
}
