// A study was made from others: de-identified, transcoded, segmented. DICOM PS3.15 Annex E; PS3.3 C.7.6.1.1.3 (derivation).
import { z } from "zod";
import { Handle } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { studyOf } from "../kernel/studies.ts";
import { objectFields } from "./fields.ts";
import { newStudy, writeStudy } from "./studies.ts";

/** Objects were made from registered ones, and are registered under a handle of their own. */
export const studyDerived = kind("imaging.study.derived", 1, {
  nature: "observation",
  by: ["software", "technologist", "radiologist", "data-steward", "ai"],
  home: "own",
  says: "Objects were made from registered ones and registered under a handle of their own.",
  open: z.strictObject({
    ...objectFields,
    sources: Handle.array().min(1).max(64),
    method: z.enum(["de-identified", "transcoded", "segmented", "reformatted", "enhanced"]),
  }),
  sealed: z.strictObject({
    studyUid: z.string(),
    tool: z.string().optional().describe("Name and version of what made them."),
    profile: z
      .array(z.string().regex(/^113\d{3}$/))
      .optional()
      .describe("De-identification profile and options: DCM codes 113100 to 113112."),
    sourceInstances: z.array(z.string()).optional().describe("SOP Instance UIDs."),
  }),
  refusals: [],
  findings: ["STUDY_REGISTERED_BEFORE", "SOURCE_UNKNOWN", "SOURCE_FROZEN", "SOURCE_DESTROYED"],

  decide(state, { open, signer }) {
    const before = studyOf(state, open.study);
    const sources = open.sources.map((handle) => studyOf(state, handle));
    const writes = before === undefined ? [writeStudy(open.study, newStudy(signer.organization, open.instances))] : [];
    return accept(writes, [
      before === undefined || "STUDY_REGISTERED_BEFORE",
      !sources.includes(undefined) || "SOURCE_UNKNOWN",
      !sources.some((source) => source?.frozen) || "SOURCE_FROZEN",
      !sources.some((source) => source?.destruction === "done") || "SOURCE_DESTROYED",
    ]);
  },
});
