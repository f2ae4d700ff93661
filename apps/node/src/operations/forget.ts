// Forgetting a subject: two approve, bytes and keys go, the ledger says so, and what survives elsewhere is told. GDPR Art. 17; DESIGN § 1, promise 3.
import { erasureApproved, erasureExecuted, erasureOf, studyOf } from "@fiducial/contract";
import type { PatientIdentity } from "@fiducial/vault";
import { NodeError } from "../node-error.ts";
import type { Prepared, Signatory } from "../statements/author.ts";
import { inLists, keptByOrganization, sendApprovals, signatoriesOf, state } from "./acts.ts";
import { carryKeeping, carryOver } from "./carrying-over.ts";
import { type DestructionPlan, planOf } from "./destruction-plan.ts";
import { type ForeseenVerdict, foreseenErasure } from "./foreseen.ts";
import type { MemberKey } from "./key-file.ts";
import { objectsOf, stateDestroyed, strayObjectsOf } from "./object-destruction.ts";
import { alone, type Site } from "./site.ts";
import type { UnderWay } from "./under-way.ts";

/** What forgetting a subject would do. */
export interface ErasurePlan extends DestructionPlan {
  readonly subject: string;
}

/** What was done. */
export interface Erasure extends ErasurePlan {
  /** The statement that approved it, and the one that says that it was executed. */
  readonly approval: string;
  readonly execution: string | undefined;
}

/** The handle of a patient. Without an issuer the id alone must be enough. Throws SUBJECT_UNKNOWN, SUBJECT_AMBIGUOUS. */
export function subjectOf({ vault }: Site, patient: { readonly patientId: string; readonly issuer?: string }): string {
  const { patientId, issuer } = patient;
  if (issuer !== undefined) return known(vault.findSubject({ issuer, patientId } satisfies PatientIdentity));
  const handles = new Set(vault.findStudies({ patientId }).map(({ subject }) => subject));
  const plain = vault.findSubject({ issuer: "", patientId });
  if (plain !== undefined) handles.add(plain);
  if (handles.size > 1) throw new NodeError("SUBJECT_AMBIGUOUS", { subjects: handles.size });
  return known([...handles][0]);
}

/** Tells what forgetting a subject would destroy, what would survive, and what the ledger would answer. Rejects with SUBJECT_UNKNOWN. */
export function planForgetting(
  site: Site,
  subject: string,
): Promise<ErasurePlan & { readonly verdict: ForeseenVerdict }> {
  return alone(site, async () => {
    await checkSubject(site, subject);
    const studies = site.vault.studiesOf(subject);
    return { subject, ...planOf(site, studies, subject), verdict: foreseenErasure(site, subject, studies) };
  });
}

/**
 * Forgets a subject. Rejects with the contract's code, and nothing is destroyed, when the ledger refuses: a study is held, a retention
 * runs, the approvers are too few. Once approved it is finished, if need be when the folder is opened next.
 */
export function forget(site: Site, subject: string, approvers: readonly MemberKey[]): Promise<Erasure> {
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    await checkSubject(site, subject);
    const studies = site.vault.studiesOf(subject);
    const plan = planOf(site, studies, subject);
    for (const study of studies) {
      await carryOver(site, study);
      await carryKeeping(site, study, signatories);
    }
    const approvals = await prepareApprovals(site, subject, studies, signatories);
    const work: ErasureWork = {
      operation: "erasure",
      subject,
      studies,
      approvals: approvals.map(({ statement }) => statement.id),
      survivors: plan.counts,
    };
    await sendApprovals(site, work, approvals);
    const execution = await finishErasure(site, work);
    return { subject, ...plan, approval: work.approvals.at(-1) as string, execution };
  });
}

type ErasureWork = Extract<UnderWay, { operation: "erasure" }>;

/** Does what is left of an approved erasure, wherever it stopped; resolves with the statement that says now that it was executed. */
export async function finishErasure(site: Site, work: ErasureWork): Promise<string | undefined> {
  const { subject, studies } = work;
  const { vault, objects, erasures, journal } = site;
  objects.remove(objectsOf(vault, studies));
  objects.remove(await strayObjectsOf(site, subject));
  await stateDestroyed(site, studies, "keys-and-bytes");
  const execution = await stateExecuted(site, work);
  erasures.add([subject, ...studies]);
  await vault.forget(subject, ...studies);
  journal.end();
  return execution;
}

async function stateExecuted(site: Site, { subject, approvals, survivors }: ErasureWork): Promise<string | undefined> {
  const { author, household, logs } = site;
  const approval = approvals.at(-1) as string;
  const row = erasureOf(logs.current.store.state, subject);
  if (row?.executed === true && row.approval === approval) return undefined;
  const saying = { basis: "seen" as const, open: { subject, approval, survivors }, sealed: {} };
  return (await state(author, erasureExecuted, saying, [household.gateway], keptByOrganization)).id;
}

function prepareApprovals(
  { author, logs }: Site,
  subject: string,
  studies: readonly string[],
  signatories: readonly [Signatory, ...Signatory[]],
): Promise<Prepared[]> {
  // Studies that were taken in and never registered have nothing on the ledger to approve.
  const registered = studies.filter((study) => studyOf(logs.current.store.state, study) !== undefined);
  const lists = registered.length === 0 ? [[]] : inLists(registered);
  return Promise.all(
    lists.map((list) => author.prepare(erasureApproved, { open: { subject, studies: list }, sealed: {} }, signatories)),
  );
}

async function checkSubject({ vault }: Site, subject: string): Promise<void> {
  const organization = await vault.write((writer) => writer.organizationSubject());
  const isKept =
    vault.studiesOf(subject).length > 0 ||
    vault.statementsOf(subject).length > 0 ||
    vault.holders(subject).length > 0 ||
    vault.nameOf(subject) !== undefined;
  if (subject === organization || !isKept) throw new NodeError("SUBJECT_UNKNOWN");
}

function known(subject: string | undefined): string {
  if (subject === undefined) throw new NodeError("SUBJECT_UNKNOWN");
  return subject;
}
