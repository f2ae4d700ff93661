// What requests tell the audit trail: refusals, and audits.
import { routes } from "@fiducial/api";
import type { Observer } from "../serving/observation.ts";
import type { AuditTrail } from "./audit-trail.ts";

// Misdirected: a page of another site that found the node by a name of its own. RFC 9110 § 15.5.20.
const refusals: ReadonlySet<number> = new Set([401, 403, 421]);

/** Tells the trail of refused requests, and of audits that were asked for. */
export function requestEvents(trail: AuditTrail): Observer {
  return {
    answered: ({ caller, route, status, code, address }) => {
      const facts = {
        route: route.text,
        actor: { type: caller.type, ...(caller.role === undefined ? {} : { role: caller.role }) },
        ...(address === undefined ? {} : { address }),
      };
      if (code !== undefined && refusals.has(status))
        trail.tell("REQUEST_REFUSED", { ...facts, outcome: "refused", code });
      else if (route.text === routes.audit.path)
        trail.tell("LOG_AUDITED", { ...facts, outcome: status < 400 ? "success" : "failed" });
    },
  };
}
