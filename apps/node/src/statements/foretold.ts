// What the ledger would say of examined statements, one after the other, before anything of them is kept: what it refuses leaves no trace.
import { type Contract, decide, directory, type State, type StatementRow, type Verdict } from "@fiducial/contract";
import { type Content, formatUtcTime, utcTimeMs } from "@fiducial/core";
import { checkOf, type ExaminedStatement } from "@fiducial/ledger";
import type { Site } from "../operations/site.ts";

/** Says what would become of a statement after those that were told of before; what it changes counts for those that follow. */
export type Foretell = (statement: ExaminedStatement) => Verdict;

/** Begins at the log as it is now. */
export function foretelling({ logs, nowMs }: Pick<Site, "logs" | "nowMs">, contract: Contract): Foretell {
  const { state: committed, head } = logs.current.store;
  const { edge, recordedAt: last } = head();
  const recordedAt = formatUtcTime(Math.max(nowMs(), utcTimeMs(last) ?? 0));
  const changed = new Map<string, ReturnType<State["get"]>>();
  const statements = new Map<string, StatementRow>();
  const state: State = {
    get: (key) => (changed.has(key) ? changed.get(key) : committed.get(key)),
    statement: (id) => statements.get(id) ?? committed.statement(id),
  };
  return (statement) => {
    const { id, content } = statement;
    const index = edge.size + statements.size;
    const verdict = decide(contract, state, { statement, recordedAt, index }, checkOf(statement));
    if (verdict.accepted) {
      for (const [key, value] of verdict.writes) changed.set(key, value ?? undefined);
      statements.set(id, { index, kind: content.kind, organization: content.signers[0].organization });
    }
    return verdict;
  };
}

/** Tells whether a signature is known to be none, or is of a key that is not registered: nothing good comes of the statement as the log is now. */
export function isDoubtful(state: State, statement: ExaminedStatement): boolean {
  return statement.content.signers.some(({ key }: Content["signers"][number], at: number) => {
    const verified = statement.verified(at);
    return verified === false || (verified === undefined && directory.key(state, key) === undefined);
  });
}
