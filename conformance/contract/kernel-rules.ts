// What is asked of every statement, and found of every entry. docs/formats/contract.md § In which order.
import { type Case, mayState, type Rule, row, stating } from "./case.ts";
import { hours, instant, instants } from "./instants.ts";
import { askSigners } from "./signer-rules.ts";

/** The rules 2 to 8 in their order, and the findings of every kind. The first, about length, is the decider's. */
export const kernelRules: Readonly<Record<string, Rule>> = {
  log(about: Case) {
    const { kind, log } = about.content;
    const held = row(about, "identity/log", "");
    const creates = kind === "identity.log.created";
    about.ask(held !== undefined || creates, "LOG_NOT_CREATED");
    about.ask(held === undefined || !creates, "LOG_EXISTS");
    about.ask(held === undefined || held.origin === log, "WRONG_LOG");
    about.ask(!held?.sealed, "LOG_SEALED");
  },

  fields(about: Case) {
    const { commitments, basis, open } = about.content;
    const kind = publishedKind(about);
    about.ask(kind, "KIND_UNKNOWN");
    about.ask(Object.keys(commitments).sort().join() === kind.sealed.join(), "SEALED_FIELDS_INVALID");
    about.ask((kind.nature === "observation") === (basis !== undefined), "BASIS_INVALID");
    about.ask(kind.open(open), "OPEN_FIELDS_INVALID");
  },

  age(about: Case) {
    const age = instant(about.recordedAt) - instant(about.content.signedAt);
    about.ask(age >= -hours(5 / 60), "SIGNED_IN_FUTURE");
    about.ask(age <= hours(publishedKind(about)?.goodForHours ?? 0), "STATEMENT_EXPIRED");
  },

  signers: askSigners,

  party(about: Case) {
    about.ask(mayState(about, stating(about)), "ROLE_MISSING");
  },

  supersedes(about: Case) {
    const { kind, supersedes } = about.content;
    if (supersedes === undefined) return;
    const earlier = about.replica.statements.get(supersedes.statement);
    about.ask(earlier, "STATEMENT_UNKNOWN");
    about.ask(earlier.kind === kind, "SUPERSEDES_OTHER_KIND");
    about.ask(earlier.organization === stating(about).organization, "SUPERSEDES_OTHER_ORGANIZATION");
  },

  times: timesBy(instants),
};

/** The findings about times, by a reading of `occurredAt`. */
export function timesBy(reading: typeof instants): Rule {
  return (about) => {
    const { earliest, latest } = reading(about.content.occurredAt);
    const signed = instant(about.content.signedAt);
    const recorded = instant(about.recordedAt);
    about.find(earliest <= signed && signed <= recorded, "CLOCK_SKEW");
    about.find(recorded - latest <= hours(24), "LATE_ENTRY");
    about.find(earliest === latest, "OFFSET_UNKNOWN");
  };
}

function publishedKind({ kinds, content }: Case) {
  return kinds.get(`${content.kind}/${content.version}`);
}
