// Objects are no longer to be used, by a rejection note. IHE RAD TF, Imaging Object Change Management (IOCM).
import { z } from "zod";
import { Count, Handle } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { studyOf } from "../kernel/studies.ts";
import { type RejectionReason, rejectionReasons } from "./rejection-reasons.ts";

/** Somebody rejected a study, series of it or single objects; they are hidden, not gone. */
export const studyRejected = kind("imaging.study.rejected", 1, {
  nature: "observation",
  by: ["technologist", "radiologist", "physicist", "software", "device", "data-steward"],
  home: "own",
  says: "A study, or objects of it, were rejected and are no longer to be used.",
  open: z.strictObject({
    study: Handle,
    reason: z.enum(Object.keys(rejectionReasons) as [RejectionReason, ...RejectionReason[]]),
    scope: z.enum(["study", "series", "instances"]),
    instances: Count,
  }),
  sealed: z.strictObject({
    note: z.string().optional().describe("SOP Instance UID of the rejection note."),
    instances: z.array(z.string()).optional().describe("SOP Instance UIDs."),
  }),
  refusals: [],
  findings: ["STUDY_UNKNOWN"],

  decide: (state, { open }) => accept([], [studyOf(state, open.study) !== undefined || "STUDY_UNKNOWN"]),
});
