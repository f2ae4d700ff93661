// The last entry of a log. DESIGN § 7: logs end, then a successor whose entry 0 carries the last checkpoint.
import { z } from "zod";
import { isMajority } from "../kernel/approvals.ts";
import { directory, type LogRow, writeDirectory } from "../kernel/directory.ts";
import { Origin } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";

/** A majority of the organizations ends the log: nothing is accepted after this entry. */
export const logSealed = kind("identity.log.sealed", 1, {
  nature: "act",
  by: ["organization"],
  home: "each",
  says: "More than half of the organizations end the log, and name its successor if it has one.",
  open: z.strictObject({ successor: Origin.optional(), reason: z.enum(["moved", "recovered", "ended"]) }),
  sealed: z.strictObject({}),
  refusals: ["APPROVALS_TOO_FEW", "SUCCESSOR_MISMATCH"],
  findings: [],

  decide(state, context) {
    const { open, log } = context;
    if (!isMajority(state, context)) return refuse("APPROVALS_TOO_FEW");
    const continues = open.reason !== "ended";
    if (continues !== (open.successor !== undefined) || open.successor === log) return refuse("SUCCESSOR_MISMATCH");
    return accept([writeDirectory.log({ ...(directory.log(state) as LogRow), sealed: true })]);
  },
});
