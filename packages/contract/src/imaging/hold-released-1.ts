// A hold on a study ends.
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { ownStudy, writeStudy } from "./studies.ts";

/** A hold no longer keeps a study; other holds do. */
export const holdReleased = kind("imaging.hold.released", 1, {
  nature: "act",
  by: ["data-steward", "administrator", "auditor"],
  home: "own",
  says: "A hold no longer keeps a study from destruction.",
  open: z.strictObject({ study: Handle, hold: Handle, reason: z.enum(["legal", "trial", "research", "quality"]) }),
  sealed: z.strictObject({ matter: z.string().optional() }),
  refusals: ["STUDY_UNKNOWN", "STUDY_OF_OTHER_ORGANIZATION", "HOLD_UNKNOWN"],
  findings: [],

  decide(state, { open, signer }) {
    const study = ownStudy(state, open.study, signer);
    if (typeof study === "string") return refuse(study);
    if (!study.holds.includes(open.hold)) return refuse("HOLD_UNKNOWN");
    return accept([writeStudy(open.study, { ...study, holds: study.holds.filter((hold) => hold !== open.hold) })]);
  },
});
