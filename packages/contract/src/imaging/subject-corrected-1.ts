// A study was filed under the wrong patient. IHE RAD TF-1 § 4 (patient information reconciliation); DESIGN § 6.
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { writeCorrection } from "./corrections.ts";
import { Subject } from "./fields.ts";
import { presentOwnStudy, writeStudy } from "./studies.ts";

/** Somebody says whose study it is instead. Until another person completes the correction, the study is not to be shared. */
export const subjectCorrected = kind("imaging.subject.corrected", 1, {
  nature: "act",
  by: ["data-steward", "administrator"],
  home: "own",
  says: "A study was filed under the wrong patient; until the correction is completed it is not to be shared.",
  open: z.strictObject({
    study: Handle,
    scopes: z.int().min(0).max(256).describe("How many other scopes hold it: each is to be notified."),
  }),
  sealed: z.strictObject({ from: Subject, to: Subject, reason: z.string().optional() }),
  refusals: ["STUDY_UNKNOWN", "STUDY_OF_OTHER_ORGANIZATION", "STUDY_DESTROYED", "STUDY_FROZEN"],
  findings: [],

  decide(state, { open, signer }) {
    const study = presentOwnStudy(state, open.study, signer);
    if (typeof study === "string") return refuse(study);
    if (study.frozen) return refuse("STUDY_FROZEN");
    return accept([
      writeStudy(open.study, { ...study, frozen: true }),
      writeCorrection(open.study, { by: signer.actor, scopes: open.scopes, notified: [] }),
    ]);
  },
});
