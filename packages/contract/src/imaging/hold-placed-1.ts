// A study must not be destroyed, whatever its retention says: a lawsuit, a trial, a research project.
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { presentOwnStudy, spared, writeStudy } from "./studies.ts";

/** A row holds them all, and every change writes it anew. */
const mostHolds = 32;

/** A hold keeps a study; an approved destruction that is not done yet is called off. */
export const holdPlaced = kind("imaging.hold.placed", 1, {
  nature: "act",
  by: ["data-steward", "administrator", "auditor"],
  home: "own",
  says: "A hold keeps a study from destruction, and calls off one that was approved.",
  open: z.strictObject({
    study: Handle,
    hold: Handle.describe("One hold may keep many studies."),
    reason: z.enum(["legal", "trial", "research", "quality"]),
  }),
  sealed: z.strictObject({ matter: z.string().optional() }),
  refusals: ["STUDY_UNKNOWN", "STUDY_OF_OTHER_ORGANIZATION", "STUDY_DESTROYED", "HOLD_EXISTS", "HOLDS_TOO_MANY"],
  findings: [],

  decide(state, { open, signer }) {
    const study = presentOwnStudy(state, open.study, signer);
    if (typeof study === "string") return refuse(study);
    if (study.holds.includes(open.hold)) return refuse("HOLD_EXISTS");
    if (study.holds.length >= mostHolds) return refuse("HOLDS_TOO_MANY");
    return accept([writeStudy(open.study, { ...spared(study), holds: [...study.holds, open.hold].sort() })]);
  },
});
