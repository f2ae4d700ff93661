// The correction of a study's patient is complete: it may be shared again.
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { correctionOf, writeCorrection } from "./corrections.ts";
import { ownStudy, writeStudy } from "./studies.ts";

/** Somebody other than who corrected checks the correction and ends it. */
export const correctionCompleted = kind("imaging.correction.completed", 1, {
  nature: "act",
  by: ["data-steward", "administrator"],
  home: "own",
  says: "Somebody other than who corrected a study's patient ends the correction; the study may be shared again.",
  open: z.strictObject({ study: Handle }),
  sealed: z.strictObject({ remark: z.string().optional() }),
  refusals: ["STUDY_UNKNOWN", "STUDY_OF_OTHER_ORGANIZATION", "NO_CORRECTION", "CORRECTION_OWN"],
  findings: ["SCOPES_NOT_NOTIFIED"],

  decide(state, { open, signer }) {
    const study = ownStudy(state, open.study, signer);
    if (typeof study === "string") return refuse(study);
    const correction = correctionOf(state, open.study);
    if (correction === undefined) return refuse("NO_CORRECTION");
    if (correction.by === signer.actor) return refuse("CORRECTION_OWN");
    return accept(
      [writeStudy(open.study, { ...study, frozen: false }), writeCorrection(open.study, null)],
      [correction.notified.length >= correction.scopes || "SCOPES_NOT_NOTIFIED"],
    );
  },
});
