// What statements on the log tell the audit trail: who belongs, who may what, what became of studies, who looked.
import { setImmediate } from "node:timers/promises";
import { type FoldedEntry, foldedEntries } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import type { AuditTrail } from "./audit-trail.ts";
import type { SecurityEventCode } from "./event-table.ts";

const byKind: Readonly<Record<string, SecurityEventCode>> = {
  "identity.role.granted": "ROLES_CHANGED",
  "identity.role.withdrawn": "ROLES_CHANGED",
  "identity.log.created": "LOG_CHANGED",
  "identity.log.sealed": "LOG_CHANGED",
  "identity.contract.activated": "LOG_CHANGED",
  "identity.ordering.changed": "LOG_CHANGED",
  "imaging.study.registered": "OBJECTS_REGISTERED",
  "imaging.study.extended": "OBJECTS_REGISTERED",
  "imaging.study.destroyed": "STUDY_DESTROYED",
  "imaging.erasure.executed": "STUDY_DESTROYED",
};

/** What a statement of a kind tells: by the kind, else by its application; undefined for what is no security event. */
export function eventOfKind(kind: string): SecurityEventCode | undefined {
  const found = byKind[kind];
  if (found !== undefined) return found;
  const [application = ""] = kind.split(".");
  return ({ identity: "MEMBER_CHANGED", imaging: "OBJECTS_CHANGED", access: "OBJECTS_ACCESSED" } as const)[application];
}

/** A log with no more entries than these is told from its first one when there is nothing kept of it; a longer one from now on. */
const shortLog = 1000;
const chunk = 500;

/** Tells the trail of every entry that it was not told before: what commands wrote while no server ran, and everything from now on. Returns what ends it. */
export function tellOfStatements(
  { replica, store }: Pick<OpenNode, "replica" | "store">,
  trail: AuditTrail,
): () => void {
  const size = () => store.head().edge.size;
  let next = trail.entriesTold() ?? (size() <= shortLog ? 0 : size());
  let isBehind = false;
  let isClosed = false;

  function tellAll(entries: readonly Pick<FoldedEntry, "id" | "index" | "content">[]): void {
    for (const { id, index, content } of entries) {
      const event = eventOfKind(content.kind);
      const [signer] = content.signers;
      const actor = { type: "person", handle: signer.actor } as const;
      if (event !== undefined) trail.tell(event, { kind: content.kind, statementId: id, index, actor });
      next = index + 1;
    }
  }

  // A part at a time, so that it is kept before the next, and nobody waits for it.
  async function catchUp(): Promise<void> {
    if (isBehind) return;
    isBehind = true;
    while (!isClosed && next < size()) {
      tellAll(foldedEntries(next, store.entries(next, next + chunk)));
      await setImmediate();
    }
    isBehind = false;
  }

  // What is wrong with a ledger is told by its health, and by an audit.
  const goOn = () => void catchUp().catch(() => {});
  const stop = replica.onCommit((_, entries) => {
    if (entries[0]?.index === next) tellAll(entries);
    else goOn();
  });
  goOn();
  return () => {
    isClosed = true;
    stop();
  };
}
