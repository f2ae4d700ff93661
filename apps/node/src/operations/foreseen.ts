// What the ledger would answer to an act that nobody has approved yet: the kind's own rules, asked as if two stewards did. For dry runs.
import {
  type Context,
  destructionApproved,
  erasureApproved,
  type Kind,
  studyOf,
  subjectCorrected,
} from "@fiducial/contract";
import { formatUtcTime, type JsonObject, utcTimeMs } from "@fiducial/core";
import { keepingToCarry } from "./carrying-over.ts";
import type { Site } from "./site.ts";

/** What the ledger would answer now to two members who may approve. */
export type ForeseenVerdict =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      /** The contract's code. */
      readonly code: string;
    };

/** Foresees the answer to a destruction. The reason decides nothing. */
export function foreseenDestruction(site: Site, studies: readonly string[]): ForeseenVerdict {
  const reason = "rejected";
  return firstRefusal(studies.map((study) => barOf(site, study, destructionApproved, { studies: [study], reason })));
}

/** Foresees the answer to an erasure. */
export function foreseenErasure(site: Site, subject: string, studies: readonly string[]): ForeseenVerdict {
  const registered = studies.filter((study) => site.logs.all.some(({ store }) => studyOf(store.state, study)));
  return firstRefusal([
    refusalOn(site, erasureApproved, { subject, studies: [] }),
    ...registered.map((study) => barOf(site, study, erasureApproved, { subject, studies: [study] })),
  ]);
}

/** Foresees the answer to a correction. */
export function foreseenCorrection(site: Site, study: string): ForeseenVerdict {
  return firstRefusal([isCarried(site, study) ? undefined : refusalOn(site, subjectCorrected, { study, scopes: 0 })]);
}

// That one is gone already is asked when nothing keeps any of them, as the contract has it.
function firstRefusal(codes: readonly (string | undefined)[]): ForeseenVerdict {
  const found = codes.filter((code) => code !== undefined);
  const code = found.find((one) => one !== "STUDY_DESTROYED") ?? found[0];
  return code === undefined ? { accepted: true } : { accepted: false, code };
}

// Holds and retentions of ended logs are stated again before anything is approved.
function barOf<Open>(site: Site, study: string, kind: Kind<Open>, open: JsonObject): string | undefined {
  const refusal = isCarried(site, study) ? undefined : refusalOn(site, kind, open);
  const { holds, until } = keepingToCarry(site.logs, study);
  if (refusal !== undefined && refusal !== "RETENTION_RUNNING") return refusal;
  if (holds.length > 0) return "STUDY_HELD";
  return refusal ?? (until.some((time) => time > nextRecording(site)) ? "RETENTION_RUNNING" : undefined);
}

// Only ended logs know it, and the vault still does: it is registered again first.
function isCarried({ logs, vault }: Site, study: string): boolean {
  return studyOf(logs.current.store.state, study) === undefined && vault.subjectOfStudy(study) !== undefined;
}

function refusalOn<Open>(site: Site, kind: Kind<Open>, open: JsonObject): string | undefined {
  const { store, origin } = site.logs.current;
  const { organization } = site.folder.identity;
  const steward = (actor: string): Context<Open>["signer"] => ({
    actor,
    type: "person",
    organization,
    roles: ["data-steward"],
    key: actor,
    introduced: false,
  });
  const decision = kind.decide(store.state, {
    id: "0".repeat(64),
    log: origin,
    index: store.head().edge.size,
    open: open as Open,
    signer: steward("1".repeat(32)),
    approvers: [steward("2".repeat(32))],
    recordedAt: nextRecording(site),
  });
  return decision.accepted ? undefined : decision.code;
}

// A log's times never go back, whatever the clock says.
function nextRecording({ logs, nowMs }: Site): string {
  return formatUtcTime(Math.max(nowMs(), utcTimeMs(logs.current.store.head().recordedAt) ?? 0));
}
