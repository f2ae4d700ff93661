// Statements that others drafted and signed: examined, looked at as the ledger will, what opens them kept, then submitted. docs/decisions/0034.
import { studyTransferred } from "@fiducial/contract";
import type { ExaminedStatement, Outcome, Replica } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import { NodeError } from "../node-error.ts";
import { carryOver } from "../operations/carrying-over.ts";
import type { Site } from "../operations/site.ts";
import { contractOf } from "../operations/stating-kinds.ts";
import { keepingOf, studiesNamed } from "../operations/stating-places.ts";
import { foretelling, isDoubtful } from "./foretold.ts";
import { type Disclosures, disclosureFault, valuesOf } from "./given-disclosures.ts";
import { isWithheld } from "./withheld-kinds.ts";

/** A statement that is handed in: the bytes of its envelope, and what opens sealed fields of it. */
export interface Submitted {
  readonly envelope: Uint8Array;
  readonly disclosures?: Disclosures | undefined;
}

/** What became of one: its place in the log, or the code that refuses it. */
export type Taken =
  | Extract<Outcome, { status: "accepted" }>
  | { readonly status: "refused"; readonly id?: string; readonly code: string };

/** Takes statements in their order, and resolves with what became of each once all that was accepted is durable. Rejects as ledger and vault do. */
export type TakeStatements = (submitted: readonly Submitted[]) => Promise<readonly Taken[]>;

/** Takes statements for the log that grows. */
export function submission(site: Site, replica: Replica): TakeStatements {
  return async (submitted) => {
    const examined = await replica.examine(submitted.map(({ envelope }) => envelope));
    const cases = examined.map(
      (one, at): Case =>
        one.fault === undefined
          ? { statement: one, disclosures: submitted[at]?.disclosures ?? {} }
          : { taken: { status: "refused", code: one.fault } },
    );
    for (const one of open(cases)) if (isWithheld(one.statement.content.kind)) refuse(one, "KIND_HAS_COMMAND");
    await carryOverStudies(site, open(cases));
    foretell(site, open(cases));
    await Promise.all(
      open(cases)
        .filter(({ keep }) => keep === true)
        .map((one) => keepOpenings(site, one)),
    );
    const left = open(cases);
    const outcomes = await replica.submit(left.map(({ statement }) => statement));
    for (const [at, one] of left.entries()) one.taken = takenOf(outcomes[at] as Outcome);
    return cases.map(({ taken }) => taken as Taken);
  };
}

/** One statement on its way; with `taken` it is at its end. */
interface Case {
  readonly statement?: ExaminedStatement;
  readonly disclosures?: Disclosures;
  /** Something of it is kept here. */
  keep?: boolean;
  taken?: Taken;
}
type OpenCase = Case & Required<Pick<Case, "statement" | "disclosures">>;

function open(cases: readonly Case[]): OpenCase[] {
  return cases.filter((one): one is OpenCase => one.taken === undefined);
}

function refuse(one: OpenCase, code: string): void {
  one.taken = { status: "refused", id: one.statement.id, code };
}

// Studies of ended logs are registered on this one before anything is said of them; not because of what a stranger sent.
async function carryOverStudies(site: Site, cases: readonly OpenCase[]): Promise<void> {
  if (site.logs.ended.length === 0) return;
  const { state } = site.logs.current.store;
  const studies = cases
    .filter(({ statement }) => !isDoubtful(state, statement))
    .flatMap(({ statement }) => studiesNamed(statement.content.open));
  for (const study of new Set(studies)) await site.registering.take(() => carryOver(site, study));
}

// The sequencer decides in the end. Here only what is to be kept is looked at, and what would fill the table of refusals for nothing.
function foretell(site: Site, cases: readonly OpenCase[]): void {
  const { store } = site.logs.current;
  const isPlain = (one: OpenCase) => !hasKeeping(one) && !isDoubtful(store.state, one.statement);
  if (cases.every(isPlain)) return;
  const contract = contractOf(site);
  const verdictOf = foretelling(site, contract);
  const seen = new Set<string>();
  for (const one of cases) {
    const { id, content } = one.statement;
    // What is in the log already, or comes a second time, is answered with its place.
    if (seen.has(id) || store.indexOf(id) !== undefined) continue;
    const fault = disclosureFault(contract, content, one.disclosures);
    const verdict = verdictOf(one.statement);
    if (!verdict.accepted) refuse(one, verdict.code);
    else if (fault !== undefined) refuse(one, fault);
    else {
      one.keep = hasKeeping(one);
      seen.add(id);
    }
  }
}

// Whoever was sent images holds a copy, which an erasure has to count even when nothing is opened here.
function hasKeeping({ statement, disclosures }: OpenCase): boolean {
  return Object.keys(disclosures).length > 0 || statement.content.kind === studyTransferred.name;
}

// Whom it is about is found in the same transaction: between two, the patient may be forgotten.
async function keepOpenings({ vault, logs }: Site, one: OpenCase): Promise<void> {
  const { statement, disclosures } = one;
  try {
    await vault.write((writer) => {
      const kept = vault.disclosures(statement.id)?.disclosures;
      const left = Object.entries(disclosures).filter(([field]) => kept === undefined || !Object.hasOwn(kept, field));
      if (kept !== undefined && left.length === 0) return;
      const keeping = keepingOf({ vault, logs }, statement.content, valuesOf(disclosures));
      writer.keep({ ...keeping(writer), statement: statement.id, disclosures: Object.fromEntries(left) });
    });
  } catch (thrown) {
    if (!isOfSubject(thrown)) throw thrown;
    refuse(one, "SUBJECT_NOT_ONE");
  }
}

function isOfSubject(thrown: unknown): boolean {
  if (thrown instanceof VaultError) return thrown.code === "SUBJECT_FORGOTTEN" || thrown.code === "STUDY_UNKNOWN";
  return thrown instanceof NodeError && thrown.code === "SUBJECT_NOT_ONE";
}

function takenOf(outcome: Outcome): Taken {
  return outcome.status === "malformed" ? { status: "refused", code: outcome.code } : outcome;
}
