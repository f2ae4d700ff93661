// Observations of imaging. Nothing refuses them: what does not hold is found. docs/formats/contract.md § Imaging.
import { type Case, put, Refusal, type Rule, row, rule, stating } from "./case.ts";
import { askOwnStudy, askPresentStudy, beginStudy } from "./study-words.ts";

interface Objects {
  readonly study: string;
  readonly instances: number;
  readonly device?: string;
}

/** By kind, what it finds and writes. */
export const imagingObservations: Readonly<Record<string, Rule>> = {
  "imaging.study.registered": rule((about: Case, { study, instances, device }: Objects) => {
    const held = row(about, "imaging/study", study);
    const again = about.content.supersedes !== undefined && held?.organization === stating(about).organization;
    about.find(held === undefined || again, "STUDY_REGISTERED_BEFORE");
    findDevice(about, device);
    if (held === undefined) beginStudy(about, study, instances);
  }),

  "imaging.study.extended": rule((about: Case, { study, instances, device }: Objects) => {
    const held = found(about, () => askPresentStudy(about, study));
    findDevice(about, device);
    if (held === undefined) return;
    put(about, "imaging/study", study, { ...held, instances: Math.min(held.instances + instances, 1_000_000_000) });
  }),

  "imaging.study.derived": rule(
    (about: Case, { study, instances, sources }: Objects & { sources: readonly string[] }) => {
      const held = row(about, "imaging/study", study);
      about.find(held === undefined, "STUDY_REGISTERED_BEFORE");
      for (const source of sources.map((handle) => row(about, "imaging/study", handle))) {
        about.find(source, "SOURCE_UNKNOWN");
        about.find(!source?.frozen, "SOURCE_FROZEN");
        about.find(source?.destruction !== "done", "SOURCE_DESTROYED");
      }
      if (held === undefined) beginStudy(about, study, instances);
    },
  ),

  "imaging.study.transferred": rule(
    (about: Case, { study, direction, outcome }: { study: string; direction: string; outcome: string }) => {
      const held = row(about, "imaging/study", study);
      about.find(held, "STUDY_UNKNOWN");
      about.find(!held?.frozen || direction !== "sent", "STUDY_FROZEN");
      about.find(held?.destruction !== "done", "STUDY_DESTROYED");
      about.find(outcome === "completed", "TRANSFER_INCOMPLETE");
    },
  ),

  "imaging.study.verified": rule((about: Case, { study, result }: { study: string; result: string }) => {
    about.find(row(about, "imaging/study", study), "STUDY_UNKNOWN");
    about.find(result !== "altered", "COPY_ALTERED");
    about.find(result !== "header-changed", "HEADER_CHANGED");
    about.find(result !== "unknown", "COPY_UNKNOWN");
  }),

  "imaging.study.rejected": rule((about: Case, { study }: { study: string }) => {
    about.find(row(about, "imaging/study", study), "STUDY_UNKNOWN");
  }),

  "imaging.correction.notified": rule(
    (about: Case, { study, scope, party }: { study: string; scope: string; party: string }) => {
      const held = row(about, "imaging/study", study);
      const correction = row(about, "imaging/correction", study);
      about.find(held, "STUDY_UNKNOWN");
      about.find(correction, "NO_CORRECTION");
      if (correction === undefined || party !== "holder") return;
      const { notified, scopes } = correction;
      const isOwn = held?.organization === stating(about).organization;
      if (!isOwn || notified.includes(scope) || notified.length >= scopes) return;
      put(about, "imaging/correction", study, { ...correction, notified: [...notified, scope].sort() });
    },
  ),

  "imaging.study.destroyed": rule((about: Case, { study, instances }: Objects) => {
    const held = found(about, () => askOwnStudy(about, study));
    about.find(held?.destruction !== "done", "STUDY_DESTROYED");
    if (held === undefined || held.destruction === "done") return;
    const left = Math.max(held.instances - instances, 0);
    about.find(held.destruction === "approved", "DESTRUCTION_NOT_APPROVED");
    about.find(held.holds.length === 0, "STUDY_HELD");
    about.find(left === 0, "DESTRUCTION_INCOMPLETE");
    const destruction = left === 0 ? "done" : held.destruction;
    put(about, "imaging/study", study, { ...held, instances: left, destruction });
  }),

  "imaging.erasure.executed": rule((about: Case, { subject, approval }: { subject: string; approval: string }) => {
    const erasure = row(about, "imaging/erasure", subject);
    const isApproved = erasure?.approval === approval && erasure.organization === stating(about).organization;
    about.find(isApproved, "ERASURE_NOT_APPROVED");
    if (isApproved) put(about, "imaging/erasure", subject, { ...erasure, executed: true });
  }),
};

/** What an act would have been refused for, found instead. */
function found<Row>(about: Case, asked: () => Row): Row | undefined {
  try {
    return asked();
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    about.find(false, fault.code);
    return undefined;
  }
}

/** The acquiring device is named, registered as one, and not retired. */
function findDevice(about: Case, device: string | undefined): void {
  about.find(device !== undefined, "DEVICE_NOT_NAMED");
  if (device === undefined) return;
  const actor = row(about, "identity/actor", device);
  about.find(actor?.type === "device", "DEVICE_UNKNOWN");
  about.find(actor?.type !== "device" || !actor.retired, "DEVICE_RETIRED");
}
