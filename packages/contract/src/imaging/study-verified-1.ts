// A copy was held against what was registered. DESIGN § 8, Verdict.
import { z } from "zod";
import { Count, Handle } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { studyOf } from "../kernel/studies.ts";

/** Somebody compared objects with the registered fingerprints; the result is the worst among them. */
export const studyVerified = kind("imaging.study.verified", 1, {
  nature: "observation",
  by: ["anyone"],
  home: "own",
  says: "Objects were compared with what was registered of a study.",
  open: z.strictObject({
    study: Handle,
    result: z.enum(["identical", "header-changed", "same-pixels", "altered", "undecided", "unknown"]),
    instances: Count,
  }),
  sealed: z.strictObject({
    instances: z.array(z.string()).optional().describe("SOP Instance UIDs that are not identical."),
    changedAttributes: z.array(z.string()).optional().describe("Tags of attributes that differ, as eight hex digits."),
  }),
  refusals: [],
  findings: ["STUDY_UNKNOWN", "COPY_ALTERED", "HEADER_CHANGED", "COPY_UNKNOWN"],

  decide: (state, { open }) =>
    accept(
      [],
      [
        studyOf(state, open.study) !== undefined || "STUDY_UNKNOWN",
        open.result !== "altered" || "COPY_ALTERED",
        open.result !== "header-changed" || "HEADER_CHANGED",
        open.result !== "unknown" || "COPY_UNKNOWN",
      ],
    ),
});
