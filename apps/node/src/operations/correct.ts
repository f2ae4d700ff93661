// A study was filed under the wrong patient: a member says whose it is, the vault moves it, everybody who holds it is told, another member ends it. IHE RAD TF-1 § 4.

import { randomBytes } from "node:crypto";
import { correctionCompleted, correctionNotified, subjectCorrected } from "@fiducial/contract";
import type { Disclosure } from "@fiducial/core";
import type { HolderOf, PatientIdentity } from "@fiducial/vault";
import { historyOf } from "../logs/history.ts";
import { NodeError } from "../node-error.ts";
import { acceptedOrThrown, type Keeping, keptByOrganization, keptWithStudy, signatoriesOf, state } from "./acts.ts";
import { carryOver } from "./carrying-over.ts";
import { type ForeseenVerdict, foreseenCorrection } from "./foreseen.ts";
import type { StudyAct } from "./keeping.ts";
import type { MemberKey } from "./key-file.ts";
import { patientOf } from "./patient-of-study.ts";
import { alone, type Site } from "./site.ts";
import { type Survivor, survivorsOf } from "./survivors.ts";
import type { UnderWay } from "./under-way.ts";

/** Whose study it is. */
export interface RightPatient extends PatientIdentity {
  /** Kept for a patient whom nothing is known of yet. */
  readonly name?: string | undefined;
}

/** What was done; the study is frozen until somebody else completes the correction. */
export interface Correction extends StudyAct {
  /** Everybody who holds the study, receipts and backups included. */
  readonly holders: readonly Survivor[];
  /** Other scopes that hold it, each noticed on the ledger. */
  readonly scopes: number;
}

/** What a correction would come to. */
export interface CorrectionPlan {
  /** Everybody who holds the study, receipts and backups included. */
  readonly holders: readonly Survivor[];
  readonly verdict: ForeseenVerdict;
}

/** Tells who holds a study that is to be corrected, and what the ledger would answer. Rejects with STUDY_UNKNOWN. */
export function planCorrection(site: Site, study: string): Promise<CorrectionPlan> {
  return alone(site, async () => {
    if (site.vault.subjectOfStudy(study) === undefined) throw new NodeError("STUDY_UNKNOWN");
    return { holders: survivorsOf(site, [study]), verdict: foreseenCorrection(site, study) };
  });
}

/** Corrects whose study it is. Rejects with PATIENT_SAME, STUDY_UNKNOWN, and the contract's code when the ledger refuses. */
export function correct(
  site: Site,
  study: string,
  { name, ...to }: RightPatient,
  approvers: readonly MemberKey[],
): Promise<Correction> {
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    const { vault, author, journal } = site;
    const subject = vault.subjectOfStudy(study);
    if (subject === undefined) throw new NodeError("STUDY_UNKNOWN");
    if (vault.findSubject(to) === subject) throw new NodeError("PATIENT_SAME");
    await carryOver(site, study);
    await site.logs.current.caughtUp();
    const holders = survivorsOf(site, [study]);
    const scopes = scopesOf(vault.holders(study)).length;
    const from = patientOf(site, study) ?? nobody;
    const saying = { open: { study, scopes: Math.min(scopes, mostScopes) }, sealed: { from, to } };
    const prepared = await author.prepare(subjectCorrected, saying, signatories);
    const { statement, disclosures } = prepared;
    journal.begin({ operation: "correction", study, statement: statement.id });
    const outcome = await author.sendInParts(prepared, (writer) => {
      const right = writer.subjectOf(to);
      if (name !== undefined) writer.putName(right, { name });
      // A part for each of the two, so that one can be forgotten without the other, and no seed, which would open both.
      const { from: wrongOne, ...rest } = disclosures as Record<string, Disclosure>;
      writer.keep({ statement: statement.id, subject, disclosures: { from: wrongOne as Disclosure } });
      writer.keep({ statement: statement.id, subject: right, disclosures: rest });
    });
    if (outcome.status !== "accepted") journal.end();
    const { id, index } = acceptedOrThrown(outcome);
    await finishCorrection(site, { operation: "correction", study, statement: id });
    return { study, statementId: id, index, holders, scopes };
  });
}

/** Ends a correction: the study may be shared again. Rejects with the contract's code: NO_CORRECTION, CORRECTION_OWN … */
export function completeCorrection(
  site: Site,
  study: string,
  approvers: readonly MemberKey[],
): Promise<StudyAct & { readonly findings: readonly string[] }> {
  return alone(site, async () => {
    const signatories = signatoriesOf(approvers, site.folder.identity.organization);
    const saying = { open: { study }, sealed: {} };
    const keeping = keptWithStudy(site.vault, study);
    const { id, index, findings } = await state(site.author, correctionCompleted, saying, signatories, keeping);
    return { study, statementId: id, index, findings };
  });
}

/** Does what is left of a correction that the ledger accepted, wherever it stopped. */
export async function finishCorrection(
  site: Site,
  work: Extract<UnderWay, { operation: "correction" }>,
): Promise<void> {
  const { vault, journal } = site;
  const { study, statement } = work;
  const { from, to } = vault.disclosures(statement)?.disclosures ?? {};
  const wrong = subjectIn(site, from);
  const right = subjectIn(site, to);
  const held = vault.subjectOfStudy(study);
  if (right !== undefined && held !== undefined && held !== right)
    await vault.write((writer) => writer.correctSubject(study, held, right));
  await notify(site, work, wrong);
  journal.end();
}

/** As many scopes as a correction waits for. */
const mostScopes = 256;
/** The images named no patient. */
const nobody: PatientIdentity = { issuer: "", patientId: "" };

/** One notice: under whose handle, to which party, and where what opens it is kept. */
interface Notice {
  readonly scope: string;
  readonly party: "subject-from" | "subject-to" | "holder";
  readonly keeping: Keeping;
}

// Always in the same order, so that after a crash it is known how far the notices got.
async function notify(
  { author, household, logs, vault }: Site,
  { study, statement }: { readonly study: string; readonly statement: string },
  wrong: string | undefined,
): Promise<void> {
  await logs.current.caughtUp();
  const history = historyOf(logs.current, study);
  const since = history.slice(history.findIndex(({ id }) => id === statement) + 1);
  const done = since.filter(({ content }) => content.kind === correctionNotified.name).length;
  const keeping = keptWithStudy(vault, study);
  const notices: Notice[] = [
    {
      scope: newHandle(),
      party: "subject-from",
      keeping: wrong === undefined ? keptByOrganization : () => ({ subject: wrong }),
    },
    { scope: newHandle(), party: "subject-to", keeping },
    ...scopesOf(vault.holders(study)).map(({ handle = newHandle() }) => ({
      scope: handle,
      party: "holder" as const,
      keeping,
    })),
  ];
  for (const { scope, party, keeping: kept } of notices.slice(done)) {
    const saying = { basis: "seen" as const, open: { study, scope, party }, sealed: {} };
    await state(author, correctionNotified, saying, [household.gateway], kept);
  }
}

/** Other scopes that hold a study: those with a handle of their own for it, archives, and whoever it was sent to. Receipts and backups are none. */
function scopesOf(holders: readonly HolderOf[]): HolderOf[] {
  const scopes = holders.filter(({ kind }) => kind === "scope" || kind === "pacs" || kind === "transfer");
  return [...new Map(scopes.map((holder) => [`${holder.kind} ${holder.handle ?? holder.where}`, holder])).values()];
}

// A handle that stands for nobody else: on the ledger, nothing joins the two patients or their other studies.
function newHandle(): string {
  return randomBytes(16).toString("hex");
}

function subjectIn({ vault }: Site, disclosure: Disclosure | undefined): string | undefined {
  const patient = disclosure?.value as PatientIdentity | undefined;
  return patient === undefined || patient.patientId === "" ? undefined : vault.findSubject(patient);
}
