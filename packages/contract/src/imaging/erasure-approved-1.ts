// What is kept of a patient may be erased. GDPR Art. 17; two persons, and only what nothing keeps.
import { z } from "zod";
import { approversOf } from "../kernel/approvals.ts";
import type { Party } from "../kernel/directory.ts";
import { Handle } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { approvalWrites, destructibleStudies } from "./destruction-approvals.ts";
import { erasureOf, writeErasure } from "./erasures.ts";
import { Studies } from "./fields.ts";

const by: readonly Party[] = ["data-steward", "administrator"];

/** Two persons approve that a patient's salts, keys and studies are destroyed; studies that are gone already may be among them. */
export const erasureApproved = kind("imaging.erasure.approved", 1, {
  nature: "act",
  by,
  home: "own",
  says: "Two persons approve that what is kept of a patient is erased, with the studies named.",
  open: z.strictObject({ subject: Handle, studies: Studies }),
  sealed: z.strictObject({ request: z.string().optional() }),
  goodForHours: 24,
  refusals: [
    "APPROVALS_TOO_FEW",
    "ERASURE_OF_OTHER_ORGANIZATION",
    "STUDY_UNKNOWN",
    "STUDY_OF_OTHER_ORGANIZATION",
    "STUDY_HELD",
    "RETENTION_RUNNING",
  ],
  findings: [],

  decide(state, context) {
    const { id, open, signer, recordedAt } = context;
    const { organization } = signer;
    if (approversOf(context, by).length < 1) return refuse("APPROVALS_TOO_FEW");
    const before = erasureOf(state, open.subject);
    if (before !== undefined && before.organization !== organization) return refuse("ERASURE_OF_OTHER_ORGANIZATION");
    const studies = destructibleStudies(state, open.studies, signer, recordedAt);
    if (typeof studies === "string") return refuse(studies);
    const row = { organization, approval: id, executed: false };
    return accept([writeErasure(open.subject, row), ...approvalWrites(studies)]);
  },
});
