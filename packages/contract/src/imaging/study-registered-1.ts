// Objects of a study arrived and were registered. DICOM PS3.3 C.7.2 (study), PS3.4 B (storage).
import { z } from "zod";
import { accept, kind } from "../kernel/kind.ts";
import { studyOf } from "../kernel/studies.ts";
import { acquiredObjectFields, Subject } from "./fields.ts";
import { deviceFinding, newStudy, writeStudy } from "./studies.ts";

/**
 * Images were received: one statement for a study's objects, with a salted manifest over them. A registration that
 * supersedes an earlier one corrects what it says; the study's row stays.
 */
export const studyRegistered = kind("imaging.study.registered", 1, {
  nature: "observation",
  by: ["software", "device", "technologist"],
  home: "own",
  says: "Objects of a study were received and registered.",
  open: z.strictObject(acquiredObjectFields),
  sealed: z.strictObject({
    subject: Subject.optional(),
    studyUid: z.string(),
    accession: z.string().optional(),
    acquired: z
      .string()
      .optional()
      .describe("Study date and time as DICOM gives them, with the offset if it gives one."),
    description: z.string().optional(),
    bodyPart: z.string().optional(),
    equipment: z
      .strictObject({ manufacturer: z.string(), model: z.string(), serial: z.string(), station: z.string() })
      .partial()
      .optional(),
  }),
  refusals: [],
  findings: ["STUDY_REGISTERED_BEFORE", "DEVICE_NOT_NAMED", "DEVICE_UNKNOWN", "DEVICE_RETIRED"],

  decide(state, { open, signer, supersedes }) {
    const before = studyOf(state, open.study);
    const writes = before === undefined ? [writeStudy(open.study, newStudy(signer.organization, open.instances))] : [];
    const corrects = supersedes !== undefined && before?.organization === signer.organization;
    return accept(writes, [
      before === undefined || corrects || "STUDY_REGISTERED_BEFORE",
      deviceFinding(state, open.device),
    ]);
  },
});
