// Fields that several kinds of imaging share.
import { z } from "zod";

/** DICOM Modality (0008,0060): the defined terms are two to sixteen capital letters or digits. PS3.3 C.7.3.1.1.1. */
export const Modality = z.string().regex(/^[A-Z0-9]{2,16}$/);

/** Who the images are of. Sealed: issuer and id as DICOM gives them, (0010,0021) and (0010,0020). */
export const Subject = z.strictObject({ issuer: z.string(), patientId: z.string() });
