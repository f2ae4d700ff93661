// Holds and retention: what keeps a study from being destroyed, whoever asks. Each is an act of a member.
import { randomBytes } from "node:crypto";
import { holdPlaced, holdReleased, retentionSet, studyOf } from "@fiducial/contract";
import { wholeHistoryOf } from "../logs/history.ts";
import { NodeError } from "../node-error.ts";
import { keptWithStudy, signatoriesOf, state } from "./acts.ts";
import { carryKeeping, carryOver } from "./carrying-over.ts";
import type { HoldReason } from "./hold-reason.ts";
import type { MemberKey } from "./key-file.ts";
import { alone, type Site } from "./site.ts";

/** A hold to place on studies. */
export interface NewHold {
  readonly studies: readonly string[];
  readonly reason: HoldReason;
  /** What it is about, for the vault alone. */
  readonly matter?: string | undefined;
  /** A hold that other studies have already; a new one unless told. */
  readonly hold?: string | undefined;
}

/** A hold to release; it need not be named when the study has no other. */
export interface ReleasedHold {
  readonly study: string;
  readonly hold?: string | undefined;
}

/** An act about one study, and where it stands. */
export interface StudyAct {
  readonly study: string;
  readonly statementId: string;
  readonly index: number;
}

/** Places one hold on studies, in their order. Rejects with the contract's code at the first that is refused. */
export function placeHold(
  site: Site,
  { studies, reason, matter, hold = randomBytes(16).toString("hex") }: NewHold,
  approvers: readonly MemberKey[],
): Promise<{ readonly hold: string; readonly acts: readonly StudyAct[] }> {
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    const acts: StudyAct[] = [];
    for (const study of studies) {
      await carryOver(site, study);
      const saying = { open: { study, hold, reason }, sealed: { matter } };
      const act = await state(site.author, holdPlaced, saying, signatories, keptWithStudy(site.vault, study));
      acts.push({ study, statementId: act.id, index: act.index });
    }
    return { hold, acts };
  });
}

/** Releases a hold. Rejects with HOLD_NOT_NAMED when the study has several, and with the contract's code when it is refused. */
export function releaseHold(
  site: Site,
  { study, hold: named }: ReleasedHold,
  approvers: readonly MemberKey[],
): Promise<StudyAct & { readonly hold: string }> {
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    await carryOver(site, study);
    await carryKeeping(site, study, signatories, "holds");
    const hold = named ?? onlyHold(site, study);
    const saying = { open: { study, hold, reason: reasonOf(site, study, hold) }, sealed: {} };
    const act = await state(site.author, holdReleased, saying, signatories, keptWithStudy(site.vault, study));
    return { study, hold, statementId: act.id, index: act.index };
  });
}

/** Has a study kept until a time (UTC, as statements write it). Shortening needs two approvers. Rejects with the contract's code. */
export function setRetention(
  site: Site,
  { study, until, rule }: { readonly study: string; readonly until: string; readonly rule?: string | undefined },
  approvers: readonly MemberKey[],
): Promise<StudyAct> {
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    await carryOver(site, study);
    await carryKeeping(site, study, signatories);
    const saying = { open: { study, until }, sealed: { rule } };
    const act = await state(site.author, retentionSet, saying, signatories, keptWithStudy(site.vault, study));
    return { study, statementId: act.id, index: act.index };
  });
}

/** The one hold of a study. Throws HOLD_UNKNOWN, HOLD_NOT_NAMED. */
export function onlyHold({ logs }: Pick<Site, "logs">, study: string): string {
  const holds = studyOf(logs.current.store.state, study)?.holds ?? [];
  const [only, ...others] = holds;
  if (only === undefined) throw new NodeError("HOLD_UNKNOWN");
  if (others.length > 0) throw new NodeError("HOLD_NOT_NAMED", { holds: holds.length });
  return only;
}

/** The reason for which a hold was placed: it is released for the same. */
export function reasonOf({ logs }: Pick<Site, "logs">, study: string, hold: string): HoldReason {
  const placed = wholeHistoryOf(logs, study).find(
    ({ content }) => content.kind === holdPlaced.name && content.open["hold"] === hold,
  );
  return (placed?.content.open["reason"] ?? "legal") as HoldReason;
}
