// Objects of a study left for, or came from, somewhere else. DICOM PS3.4 B, C; PS3.18; IHE ATNA.
import { z } from "zod";
import { ActorId, Count, Digest, Handle, PurposeOfUse } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import { studyOf } from "../kernel/studies.ts";

/** Images were sent or received; either end states its own side. */
export const studyTransferred = kind("imaging.study.transferred", 1, {
  nature: "observation",
  by: ["software", "device", "technologist"],
  home: "own",
  says: "Objects of a study were sent somewhere or received from there.",
  open: z.strictObject({
    study: Handle,
    direction: z.enum(["sent", "received"]),
    counterpart: ActorId.optional(),
    purpose: PurposeOfUse,
    instances: Count,
    outcome: z.enum(["completed", "partial", "failed"]),
  }),
  sealed: z.strictObject({
    destination: z.string().optional().describe("Application entity or address of the other side."),
    protocol: z.enum(["DIMSE", "DICOMweb", "media", "other"]).optional(),
    instanceManifest: Digest.optional().describe("Merkle root over the salted records of what was transferred."),
  }),
  refusals: [],
  findings: ["STUDY_UNKNOWN", "STUDY_FROZEN", "STUDY_DESTROYED", "TRANSFER_INCOMPLETE"],

  decide(state, { open }) {
    const study = studyOf(state, open.study);
    const shared = study?.frozen === true && open.direction === "sent";
    return accept(
      [],
      [
        study !== undefined || "STUDY_UNKNOWN",
        !shared || "STUDY_FROZEN",
        study?.destruction !== "done" || "STUDY_DESTROYED",
        open.outcome === "completed" || "TRANSFER_INCOMPLETE",
      ],
    );
  },
});
