// Somebody who holds a wrongly filed study, or is its patient, was given notice: it stands where they look, whether or not anybody has looked. DESIGN § 7: facts are stated under each scope's handle.
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { studyOf } from "../kernel/studies.ts";
import { correctionOf, writeCorrection } from "./corrections.ts";

/** One party of one scope was given notice of a correction. */
export const correctionNotified = kind("imaging.correction.notified", 1, {
  nature: "observation",
  by: ["software", "data-steward", "administrator"],
  home: "own",
  says: "Notice was given, for a patient or a holder of copies, that a study had been filed under the wrong patient.",
  open: z.strictObject({ study: Handle, scope: Handle, party: z.enum(["subject-from", "subject-to", "holder"]) }),
  sealed: z.strictObject({ message: z.string().optional() }),
  refusals: [],
  findings: ["STUDY_UNKNOWN", "NO_CORRECTION"],

  decide(state, { open, signer }) {
    const study = studyOf(state, open.study);
    const correction = correctionOf(state, open.study);
    if (study === undefined || correction === undefined) {
      return accept([], [study !== undefined || "STUDY_UNKNOWN", "NO_CORRECTION"]);
    }
    const counts = open.party === "holder" && study.organization === signer.organization;
    const known = correction.notified.includes(open.scope) || correction.notified.length >= correction.scopes;
    if (!counts || known) return accept();
    return accept([
      writeCorrection(open.study, { ...correction, notified: [...correction.notified, open.scope].sort() }),
    ]);
  },
});
