// Destroying studies whose time has come, or that never should have been: two approve, bytes and what the vault keeps of them go. Their subjects stay.
import { destructionApproved } from "@fiducial/contract";
import { NodeError } from "../node-error.ts";
import { inLists, sendApprovals, signatoriesOf } from "./acts.ts";
import { carryKeeping, carryOver } from "./carrying-over.ts";
import { type DestructionPlan, planOf } from "./destruction-plan.ts";
import { type ForeseenVerdict, foreseenDestruction } from "./foreseen.ts";
import type { MemberKey } from "./key-file.ts";
import { objectsOf, stateDestroyed } from "./object-destruction.ts";
import { alone, type Site } from "./site.ts";
import type { UnderWay } from "./under-way.ts";

/** Why studies are destroyed, as imaging.destruction.approved has it. */
export type DestructionReason = "retention-expired" | "rejected" | "erasure" | "entered-in-error";

/** What was done. */
export interface Destruction extends DestructionPlan {
  /** The statements that approved it. */
  readonly approvals: readonly string[];
}

/** Tells what destroying studies would destroy, what would survive, and what the ledger would answer. Rejects with STUDY_UNKNOWN. */
export function planDestruction(
  site: Site,
  studies: readonly string[],
): Promise<DestructionPlan & { readonly verdict: ForeseenVerdict }> {
  return alone(site, async () => {
    checkStudies(site, studies);
    return { ...planOf(site, studies), verdict: foreseenDestruction(site, studies) };
  });
}

/**
 * Destroys studies. Rejects with the contract's code, and nothing is destroyed, when the ledger refuses. Once approved it is finished,
 * if need be when the folder is opened next. The subject's key stays, so that copies of the vault in backups can still be read.
 */
export function destroy(
  site: Site,
  given: readonly string[],
  reason: DestructionReason,
  approvers: readonly MemberKey[],
): Promise<Destruction> {
  const studies = [...new Set(given)];
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    checkStudies(site, studies);
    const plan = planOf(site, studies);
    for (const study of studies) {
      await carryOver(site, study);
      await carryKeeping(site, study, signatories);
    }
    const approvals = await Promise.all(
      inLists(studies).map((list) =>
        site.author.prepare(destructionApproved, { open: { studies: list, reason }, sealed: {} }, signatories),
      ),
    );
    const work: DestructionWork = {
      operation: "destruction",
      studies,
      approvals: approvals.map(({ statement }) => statement.id),
    };
    await sendApprovals(site, work, approvals);
    await finishDestruction(site, work);
    return { ...plan, approvals: work.approvals };
  });
}

type DestructionWork = Extract<UnderWay, { operation: "destruction" }>;

/** Does what is left of an approved destruction, wherever it stopped. */
export async function finishDestruction(site: Site, { studies }: DestructionWork): Promise<void> {
  const { vault, objects, erasures, journal } = site;
  objects.remove(objectsOf(vault, studies));
  await stateDestroyed(site, studies, "bytes");
  erasures.add(studies);
  await vault.forget(...studies);
  journal.end();
}

function checkStudies({ vault, logs }: Site, studies: readonly string[]): void {
  if (studies.length === 0) throw new NodeError("STUDY_UNKNOWN");
  for (const study of studies) {
    const isKnown = vault.subjectOfStudy(study) !== undefined || logs.all.some((log) => isOn(log, study));
    if (!isKnown) throw new NodeError("STUDY_UNKNOWN");
  }
}

function isOn({ projection }: Site["logs"]["current"], study: string): boolean {
  return projection.imaging.study(study) !== undefined;
}
