// Fields that several kinds of imaging share.
import { z } from "zod";
import { ActorId, Count, Digest, Handle } from "../kernel/fields.ts";

/** DICOM Modality (0008,0060), a code string without spaces. PS3.3 C.7.3.1.1.1, PS3.5 § 6.2. */
const Modality = z.string().regex(/^[A-Z0-9_]{1,16}$/);

/** Who the images are of. Sealed: issuer and id as DICOM gives them, (0010,0021) and (0010,0020). */
export const Subject = z.strictObject({ issuer: z.string(), patientId: z.string() });

/** Objects of a study, as many as one statement speaks of. */
export const objectFields = {
  study: Handle,
  modalities: Modality.array().max(16),
  series: Count,
  instances: Count,
  // docs/formats/manifest.md
  manifest: Digest.describe("Merkle root over the salted instance records."),
};

/** Objects of a study with the device that acquired them. */
export const acquiredObjectFields = { ...objectFields, device: ActorId.optional() };

/** Why a study is destroyed. */
export const DestructionReason = z.enum(["retention-expired", "rejected", "erasure", "entered-in-error"]);

/** A list of studies short enough for one entry. */
export const Studies = Handle.array().max(256);
