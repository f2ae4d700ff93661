// What was kept of a patient is erased, and what is left elsewhere is said. GDPR Art. 17, Art. 19.
import { z } from "zod";
import { Count, Handle, StatementId } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { erasureOf, writeErasure } from "./erasures.ts";

/** An erasure was carried out; `survivors` counts what it could not reach. */
export const erasureExecuted = kind("imaging.erasure.executed", 1, {
  nature: "observation",
  by: ["software", "data-steward"],
  home: "own",
  says: "What was kept of a patient was erased; receipts, backups and copies that survive are counted.",
  open: z.strictObject({
    subject: Handle,
    approval: StatementId,
    survivors: z.strictObject({ receipts: Count, backups: Count, copies: Count }),
  }),
  sealed: z.strictObject({ remark: z.string().optional() }),
  refusals: [],
  findings: ["ERASURE_NOT_APPROVED"],

  decide(state, { open, signer }) {
    const erasure = erasureOf(state, open.subject);
    const approved = erasure?.approval === open.approval && erasure.organization === signer.organization;
    if (erasure === undefined || !approved) return accept([], ["ERASURE_NOT_APPROVED"]);
    return accept([writeErasure(open.subject, { ...erasure, executed: true })]);
  },
});
