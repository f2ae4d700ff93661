// More objects of a registered study arrived: a late series, a repeated acquisition. DICOM PS3.4 B.
import { z } from "zod";
import { largestCount } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { acquiredObjectFields } from "./fields.ts";
import { deviceFinding, presentOwnStudy, writeStudy } from "./studies.ts";

/** More images of a study were received, with a manifest of their own. */
export const studyExtended = kind("imaging.study.extended", 1, {
  nature: "observation",
  by: ["software", "device", "technologist"],
  home: "own",
  says: "More objects of a registered study were received.",
  open: z.strictObject(acquiredObjectFields),
  sealed: z.strictObject({ studyUid: z.string(), description: z.string().optional() }),
  refusals: [],
  findings: [
    "STUDY_UNKNOWN",
    "STUDY_OF_OTHER_ORGANIZATION",
    "STUDY_DESTROYED",
    "DEVICE_NOT_NAMED",
    "DEVICE_UNKNOWN",
    "DEVICE_RETIRED",
  ],

  decide(state, { open, signer }) {
    const study = presentOwnStudy(state, open.study, signer);
    const device = deviceFinding(state, open.device);
    if (typeof study === "string") return accept([], [study, device]);
    const instances = Math.min(study.instances + open.instances, largestCount);
    return accept([writeStudy(open.study, { ...study, instances })], [device]);
  },
});
