// Somebody says that a statement is wrong. DESIGN § 2: only the same organization supersedes; others dispute.
import { z } from "zod";
import { StatementId } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";

/** An actor contradicts a statement of this log. The statement stands; whoever reads it sees the dispute beside it. */
export const statementDisputed = kind("identity.statement.disputed", 1, {
  nature: "observation",
  by: ["anyone"],
  home: "each",
  says: "An actor contradicts a statement of this log, which stands with the dispute beside it.",
  open: z.strictObject({
    statement: StatementId,
    reason: z.enum(["wrong-subject", "wrong-content", "not-me", "other"]),
  }),
  sealed: z.strictObject({ explanation: z.string().optional() }),
  refusals: ["STATEMENT_UNKNOWN"],
  findings: [],

  decide: (state, { open }) => (state.statement(open.statement) === undefined ? refuse("STATEMENT_UNKNOWN") : accept()),
});
