// Objects of a study were destroyed: their bytes, or the keys without which the bytes are noise.
import { z } from "zod";
import { Count, Handle } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import type { StudyRow } from "../kernel/studies.ts";
import { ownStudy, writeStudy } from "./studies.ts";

/** Images are gone. The study counts as destroyed when none of its registered objects is left. */
export const studyDestroyed = kind("imaging.study.destroyed", 1, {
  nature: "observation",
  by: ["software", "data-steward"],
  home: "own",
  says: "Objects of a study were destroyed.",
  open: z.strictObject({ study: Handle, instances: Count, method: z.enum(["keys", "bytes", "keys-and-bytes"]) }),
  sealed: z.strictObject({ remark: z.string().optional() }),
  refusals: [],
  findings: [
    "STUDY_UNKNOWN",
    "STUDY_OF_OTHER_ORGANIZATION",
    "STUDY_DESTROYED",
    "DESTRUCTION_NOT_APPROVED",
    "STUDY_HELD",
    "DESTRUCTION_INCOMPLETE",
  ],

  decide(state, { open, signer }) {
    const study = ownStudy(state, open.study, signer);
    if (typeof study === "string") return accept([], [study]);
    if (study.destruction === "done") return accept([], ["STUDY_DESTROYED"]);
    const left = Math.max(0, study.instances - open.instances);
    const after: StudyRow = { ...study, instances: left, destruction: left === 0 ? "done" : study.destruction };
    return accept(
      [writeStudy(open.study, after)],
      [
        study.destruction === "approved" || "DESTRUCTION_NOT_APPROVED",
        study.holds.length === 0 || "STUDY_HELD",
        left === 0 || "DESTRUCTION_INCOMPLETE",
      ],
    );
  },
});
