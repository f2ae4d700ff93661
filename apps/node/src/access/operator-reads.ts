// Reads by the command that has the folder open itself: its operator's, recorded as those over HTTP are.
import type { ReadAction, ReadThing } from "@fiducial/contract";
import type { OpenNode } from "../compose.ts";
import { entryAt } from "../routes/summaries.ts";

/** Resolves when it is recorded that the operator was shown something of a study. Rejects with ACCESS_NOT_RECORDED. */
export function beforeOperatorReads(
  { access }: Pick<OpenNode, "access">,
  what: ReadThing,
  action: ReadAction,
  study?: string,
): Promise<void> {
  return access.before({ caller: { type: "operator" }, what, action, study });
}

/** The study that a statement of the log is about; undefined when it is about none, or the log does not have it. */
export function studyOfStatement(node: Pick<OpenNode, "store">, statementId: string): string | undefined {
  const index = node.store.indexOf(statementId);
  const study = index === undefined ? undefined : entryAt(node, index).statement.content.open["study"];
  return typeof study === "string" ? study : undefined;
}
