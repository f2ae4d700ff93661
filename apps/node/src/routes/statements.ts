// Statements that are handed in over HTTP, and what whoever drafts one has to know.
import {
  type LogTerms,
  type Submission,
  submissionLimits,
  type TakenStatement,
  type TakenStatements,
} from "@fiducial/api";
import { longestGoodHours, signedAheadMs } from "@fiducial/contract";
import { type EnvelopeFault, envelopeFaults, formatUtcTime, utf8 } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { nodeSentence } from "../node-error.ts";
import type { Disclosures } from "../statements/given-disclosures.ts";
import type { Taken } from "../statements/submission.ts";
import { withheldKinds } from "../statements/withheld-kinds.ts";

/** Takes statements, and answers when all of them are durable. */
export async function submit(node: OpenNode, { statements }: Submission): Promise<TakenStatements> {
  const submitted = statements.map(({ envelope, disclosures }) => ({
    envelope: utf8(envelope),
    disclosures: disclosures as Disclosures | undefined,
  }));
  return { statements: (await node.submit(submitted)).map(told) };
}

/** The log as whoever drafts for it has to know it. */
export function log(node: OpenNode): LogTerms {
  const { version, digest } = node.contract();
  return {
    origin: node.identity.origin,
    contract: { version, digest },
    now: formatUtcTime(node.nowMs()),
    signedAheadMs,
    goodForHours: longestGoodHours,
    ...submissionLimits,
    withheldKinds: [...withheldKinds],
  };
}

// Of a refused statement, nothing that it says.
function told(taken: Taken): TakenStatement {
  if (taken.status === "accepted") return { ...taken, findings: [...taken.findings] };
  const { code, id } = taken;
  const title = nodeSentence(code) ?? envelopeFaults[code as EnvelopeFault];
  return { status: "refused", ...(id === undefined ? {} : { id }), code, title, type: `/docs/errors#${code}` };
}
