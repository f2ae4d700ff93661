// What a node's log says after a load: which objects are registered and how often, and which reads are recorded.
import { parseEntry } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import type { Shown } from "./readers.ts";

/** By SOP Instance UID, how often manifests of statements on the log have an object, over all studies. */
export function timesRegistered({ store, vault }: OpenNode): Map<string, number> {
  const times = new Map<string, number>();
  for (const { kind, id } of statementsIn(store))
    if (kind === "imaging.study.registered" || kind === "imaging.study.extended")
      for (const { value } of vault.manifest(id)) {
        const { sopInstanceUid } = value as { readonly sopInstanceUid: string };
        times.set(sopInstanceUid, (times.get(sopInstanceUid) ?? 0) + 1);
      }
  return times;
}

/** What was shown and stands in no record of a read. */
export function unrecorded({ store, vault }: OpenNode, shown: readonly Shown[]): Shown[] {
  const recorded = new Set<string>();
  for (const { kind, id, open } of statementsIn(store))
    if (kind === "access.read.performed") {
      const session = vault.disclosures(id)?.disclosures["session"]?.value;
      recorded.add(JSON.stringify([session, open["what"], open["study"]]));
    }
  return shown.filter(({ session, what, study }) => !recorded.has(JSON.stringify([session, what, study])));
}

function* statementsIn(store: OpenNode["store"]) {
  const { size } = store.head().edge;
  for (const bytes of store.entries(0, size)) {
    const statement = parseEntry(bytes)?.statement;
    if (statement !== undefined) yield { id: statement.id, ...statement.content };
  }
}
