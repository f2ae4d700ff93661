// Studies may be destroyed. Two persons, and only what nothing keeps.
import { z } from "zod";
import { approversOf } from "../kernel/approvals.ts";
import type { Party } from "../kernel/directory.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { approvalWrites, destructibleStudies } from "./destruction-approvals.ts";
import { DestructionReason, Studies } from "./fields.ts";

const by: readonly Party[] = ["data-steward", "administrator"];

/** Two persons approve that studies are destroyed, whatever the reason: a hold or a running retention is stronger. */
export const destructionApproved = kind("imaging.destruction.approved", 1, {
  nature: "act",
  by,
  home: "own",
  says: "Two persons approve that studies are destroyed which no hold and no retention keeps.",
  open: z.strictObject({ studies: Studies.min(1), reason: DestructionReason }),
  sealed: z.strictObject({ remark: z.string().optional() }),
  goodForHours: 24,
  refusals: [
    "APPROVALS_TOO_FEW",
    "STUDY_UNKNOWN",
    "STUDY_OF_OTHER_ORGANIZATION",
    "STUDY_HELD",
    "RETENTION_RUNNING",
    "STUDY_DESTROYED",
  ],
  findings: [],

  decide(state, context) {
    const { open, signer, recordedAt } = context;
    if (approversOf(context, by).length < 1) return refuse("APPROVALS_TOO_FEW");
    const studies = destructibleStudies(state, open.studies, signer, recordedAt);
    if (typeof studies === "string") return refuse(studies);
    const gone = [...studies.values()].some(({ destruction }) => destruction === "done");
    return gone ? refuse("STUDY_DESTROYED") : accept(approvalWrites(studies));
  },
});
