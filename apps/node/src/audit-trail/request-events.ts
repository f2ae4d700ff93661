// What requests tell the audit trail: refusals, and audits.
import { routes } from "@fiducial/api";
import type { Observer } from "../serving/observation.ts";
import type { AuditTrail } from "./audit-trail.ts";

const refusals: ReadonlySet<string> = new Set([
  "NOT_ALLOWED",
  "HOST_FOREIGN",
  "SIGN_IN_NEEDED",
  "TOKEN_INVALID",
  "CSRF_REFUSED",
]);

/** Tells the trail of refused requests, and of audits that were asked for. */
export function requestEvents(trail: AuditTrail): Observer {
  return {
    answered: ({ caller, route, status, code, address }) => {
      const facts = {
        route: route.text,
        actor: { type: caller.type, ...(caller.role === undefined ? {} : { role: caller.role }) },
        ...(address === undefined ? {} : { address }),
      };
      if (code !== undefined && (refusals.has(code) || status === 401 || status === 403))
        trail.tell("REQUEST_REFUSED", { ...facts, outcome: "refused", code });
      else if (route.text === routes.audit.path)
        trail.tell("LOG_AUDITED", { ...facts, outcome: status < 400 ? "success" : "failed" });
    },
  };
}
