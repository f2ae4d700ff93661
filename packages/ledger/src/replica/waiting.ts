// Who waits for what becomes of which statement.
import { equalBytes } from "@fiducial/core";
import type { LedgerError } from "../ledger-error.ts";
import type { SignedStatement } from "../ordering/port.ts";
import type { Outcome } from "./sequencer.ts";

/** Submissions that wait for their outcomes. */
export interface Waiting {
  /** Resolves with the outcomes of these statements, in their order, once all are known. */
  outcomes(statements: readonly SignedStatement[]): Promise<readonly Outcome[]>;
  /** Tells whoever waits for these bytes under this id. */
  answer(statement: SignedStatement, outcome: Outcome): void;
  /** Tells everybody that nobody knows. */
  reject(reason: LedgerError): void;
}

interface Submission {
  readonly outcomes: Outcome[];
  left: number;
  resolve(outcomes: readonly Outcome[]): void;
  reject(reason: LedgerError): void;
}

/** One statement of a submission; `next` is another that waits under the same id. */
interface Waiter {
  readonly bytes: Uint8Array;
  readonly submission: Submission;
  readonly place: number;
  readonly next: Waiter | undefined;
}

/** Begins with nobody waiting. */
export function waiting(): Waiting {
  const waiters = new Map<string, Waiter>();

  return {
    outcomes: (statements) =>
      new Promise((resolve, reject) => {
        if (statements.length === 0) return resolve([]);
        const submission = {
          outcomes: new Array<Outcome>(statements.length),
          left: statements.length,
          resolve,
          reject,
        };
        for (const [place, { id, bytes }] of statements.entries())
          waiters.set(id, { bytes, submission, place, next: waiters.get(id) });
      }),

    // Several may wait under one id with different bytes: what becomes of a forged signature is no answer to whoever sent the good one.
    answer: ({ id, bytes }, outcome) => {
      let others: Waiter | undefined;
      for (let waiter = waiters.get(id); waiter !== undefined; waiter = waiter.next) {
        if (equalBytes(waiter.bytes, bytes)) settle(waiter, outcome);
        else others = { ...waiter, next: others };
      }
      if (others === undefined) waiters.delete(id);
      else waiters.set(id, others);
    },

    reject: (reason) => {
      for (const first of waiters.values())
        for (let waiter: Waiter | undefined = first; waiter !== undefined; waiter = waiter.next)
          waiter.submission.reject(reason);
      waiters.clear();
    },
  };
}

function settle({ submission, place }: Waiter, outcome: Outcome): void {
  submission.outcomes[place] = outcome;
  if (--submission.left === 0) submission.resolve(submission.outcomes);
}
