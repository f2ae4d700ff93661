// Acts of imaging: corrections, holds, retention, approvals of destruction and erasure. docs/formats/contract.md § Imaging.
import { askSecondApprover, type Case, put, type Rule, row, rule, stating } from "./case.ts";
import type { StudyRow } from "./rows.ts";
import { askOwnStudy, askPresentStudy } from "./study-words.ts";

interface Hold {
  readonly study: string;
  readonly hold: string;
}

/** By kind, what it asks, finds and writes. */
export const imagingActs: Readonly<Record<string, Rule>> = {
  "imaging.subject.corrected": rule((about: Case, { study, scopes }: { study: string; scopes: number }) => {
    const held = askPresentStudy(about, study);
    about.ask(!held.frozen, "STUDY_FROZEN");
    put(about, "imaging/study", study, { ...held, frozen: true });
    put(about, "imaging/correction", study, { by: stating(about).actor, notified: [], scopes });
  }),

  "imaging.correction.completed": rule((about: Case, { study }: { study: string }) => {
    const held = askOwnStudy(about, study);
    const correction = row(about, "imaging/correction", study);
    about.ask(correction, "NO_CORRECTION");
    about.ask(correction.by !== stating(about).actor, "CORRECTION_OWN");
    about.find(correction.notified.length >= correction.scopes, "SCOPES_NOT_NOTIFIED");
    put(about, "imaging/study", study, { ...held, frozen: false });
    put(about, "imaging/correction", study, null);
  }),

  "imaging.hold.placed": rule((about: Case, { study, hold }: Hold) => {
    const held = askPresentStudy(about, study);
    about.ask(!held.holds.includes(hold), "HOLD_EXISTS");
    about.ask(held.holds.length < 32, "HOLDS_TOO_MANY");
    put(about, "imaging/study", study, { ...spared(held), holds: [...held.holds, hold].sort() });
  }),

  "imaging.hold.released": rule((about: Case, { study, hold }: Hold) => {
    const held = askOwnStudy(about, study);
    about.ask(held.holds.includes(hold), "HOLD_UNKNOWN");
    put(about, "imaging/study", study, { ...held, holds: held.holds.filter((other) => other !== hold) });
  }),

  "imaging.retention.set": rule((about: Case, { study, until }: { study: string; until: string }) => {
    const held = askPresentStudy(about, study);
    if (held.retainUntil !== null && until < held.retainUntil) askSecondApprover(about);
    const kept = until > about.recordedAt ? spared(held) : held;
    put(about, "imaging/study", study, { ...kept, retainUntil: until });
  }),

  "imaging.destruction.approved": rule((about: Case, { studies }: { studies: readonly string[] }) => {
    askSecondApprover(about);
    const held = askDestroyable(about, studies);
    const present = held.every(([, { destruction }]) => destruction !== "done");
    about.ask(present, "STUDY_DESTROYED");
    approveDestruction(about, held);
  }),

  "imaging.erasure.approved": rule(
    (about: Case, { subject, studies }: { subject: string; studies: readonly string[] }) => {
      askSecondApprover(about);
      const { organization } = stating(about);
      const earlier = row(about, "imaging/erasure", subject);
      about.ask((earlier?.organization ?? organization) === organization, "ERASURE_OF_OTHER_ORGANIZATION");
      const held = askDestroyable(about, studies);
      put(about, "imaging/erasure", subject, { approval: about.id, executed: false, organization });
      approveDestruction(
        about,
        held.filter(([, { destruction }]) => destruction !== "done"),
      );
    },
  ),
};

type HeldStudy = readonly [study: string, held: StudyRow];

/** Study by study: it is the organization's, and neither a hold nor its retention keeps it. */
function askDestroyable(about: Case, studies: readonly string[]): readonly HeldStudy[] {
  return studies.map((study) => {
    const held = askOwnStudy(about, study);
    about.ask(held.holds.length === 0, "STUDY_HELD");
    about.ask(held.retainUntil === null || held.retainUntil <= about.recordedAt, "RETENTION_RUNNING");
    return [study, held];
  });
}

function approveDestruction(about: Case, studies: readonly HeldStudy[]): void {
  for (const [study, held] of studies) put(about, "imaging/study", study, { ...held, destruction: "approved" });
}

/** "Spared": an approved destruction is approved no more. */
function spared(study: StudyRow): StudyRow {
  return study.destruction === "approved" ? { ...study, destruction: "none" } : study;
}
