// What statements on the log tell the audit trail: who belongs, who may what, what became of studies, who looked.
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

/** Tells the trail of every entry from now on. Returns what ends it. */
export function tellOfStatements({ replica }: Pick<OpenNode, "replica">, trail: AuditTrail): () => void {
  return replica.onCommit((_, entries) => {
    for (const { id, index, content } of entries) {
      const event = eventOfKind(content.kind);
      const [signer] = content.signers;
      if (event !== undefined)
        trail.tell(event, {
          kind: content.kind,
          statementId: id,
          index,
          actor: { type: "person", handle: signer.actor },
        });
    }
  });
}
