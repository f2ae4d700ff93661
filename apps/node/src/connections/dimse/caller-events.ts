// What callers tell the audit trail: who was let in and who was not. Senders open associations all day, so what is alike is told once in a while.
import type { AuditTrail } from "../../audit-trail/audit-trail.ts";
import type { Clock } from "../../intake/clock.ts";
import type { NodeErrorCode } from "../../node-error.ts";
import type { DimseSettings } from "./dimse-options.ts";

/** Tells what became of calls. */
export interface CallerEvents {
  accepted(aeTitle: string, address: string): void;
  /** Without an AE title when none is known. */
  refused(code: NodeErrorCode, address: string, aeTitle?: string): void;
}

/** For how long what is alike is not told again. */
const quietMs = 10 * 60_000;
/** Alike are title, address and code; beyond so many, what was told first is told again. */
const mostRemembered = 1000;

/** Tells `trail`. AE titles that are not declared stay here: whoever calls names itself as it likes. */
export function callerEvents(
  { tell }: Pick<AuditTrail, "tell">,
  { callers = [] }: Pick<DimseSettings, "callers">,
  clock: Clock,
): CallerEvents {
  const declared = new Set(callers.map(({ aeTitle }) => aeTitle));
  const toldAtMs = new Map<string, number>();

  function isNew(...alike: readonly string[]): boolean {
    const key = JSON.stringify(alike);
    const now = clock.elapsedMs();
    if (now - (toldAtMs.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return false;
    toldAtMs.delete(key);
    toldAtMs.set(key, now);
    const [oldest = ""] = toldAtMs.keys();
    if (toldAtMs.size > mostRemembered) toldAtMs.delete(oldest);
    return true;
  }

  const machine = (aeTitle = "") => ({
    type: "machine" as const,
    ...(declared.has(aeTitle) ? { aeTitle } : {}),
  });
  return {
    accepted: (aeTitle, address) => {
      if (isNew("accepted", address, declared.has(aeTitle) ? aeTitle : ""))
        tell("CALLER_ACCEPTED", { address, actor: machine(aeTitle) });
    },
    refused: (code, address, aeTitle = "") => {
      if (isNew(code, address, declared.has(aeTitle) ? aeTitle : ""))
        tell("CALLER_REFUSED", { outcome: "refused", code, address, actor: machine(aeTitle) });
    },
  };
}
