// Until when a study must be kept.
import { z } from "zod";
import { approversOf } from "../kernel/approvals.ts";
import type { Party } from "../kernel/directory.ts";
import { Handle, UtcTimeField } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import type { StudyRow } from "../kernel/studies.ts";
import { presentOwnStudy, spared, writeStudy } from "./studies.ts";

const by: readonly Party[] = ["data-steward", "administrator"];

/** A study is kept until a time; what shortens a retention needs a second approver, what lengthens it calls off a destruction. */
export const retentionSet = kind("imaging.retention.set", 1, {
  nature: "act",
  by,
  home: "own",
  says: "A study is to be kept until a time; shortening needs a second approver.",
  open: z.strictObject({ study: Handle, until: UtcTimeField }),
  sealed: z.strictObject({ rule: z.string().optional().describe("The retention rule that asks for it.") }),
  refusals: ["STUDY_UNKNOWN", "STUDY_OF_OTHER_ORGANIZATION", "STUDY_DESTROYED", "APPROVALS_TOO_FEW"],
  findings: [],

  decide(state, context) {
    const { open, signer, recordedAt } = context;
    const study = presentOwnStudy(state, open.study, signer);
    if (typeof study === "string") return refuse(study);
    const shortens = study.retainUntil !== null && open.until < study.retainUntil;
    if (shortens && approversOf(context, by).length < 1) return refuse("APPROVALS_TOO_FEW");
    const kept: StudyRow = open.until > recordedAt ? spared(study) : study;
    return accept([writeStudy(open.study, { ...kept, retainUntil: open.until })]);
  },
});
