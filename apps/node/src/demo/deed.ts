// What somebody does in the story, as data: the teller knows for each through which door of the node it goes.
import type { PurposeOfUse, ReadAction, ReadThing, Role } from "@fiducial/contract";
import type { StationName } from "@fiducial/dicom/phantom";
import type { Visit } from "./visits.ts";

/** Which copy of a visit's objects somebody holds against what is registered. */
export type Copy = "same" | "from-pacs" | "altered";

/** Something that is done. */
export type Deed =
  | { readonly does: "device-installed"; readonly station: StationName }
  | { readonly does: "person-joins"; readonly role: Role }
  | { readonly does: "key-given"; readonly role: Role }
  /** Objects of a visit from one to before another, as they are or as the PACS hands the first of them out. */
  | {
      readonly does: "objects-arrive";
      readonly visit: Visit;
      readonly from: number;
      readonly to: number;
      readonly copy: Exclude<Copy, "altered">;
    }
  | {
      readonly does: "study-transferred";
      readonly visit: Visit;
      readonly direction: "sent" | "received";
      readonly other: string;
      readonly protocol: "DIMSE" | "DICOMweb" | "media";
      readonly purpose: PurposeOfUse;
    }
  | { readonly does: "copy-verified"; readonly visit: Visit; readonly copy: Copy; readonly role?: Role }
  | { readonly does: "series-rejected"; readonly visit: Visit; readonly role: Role }
  | { readonly does: "hold-placed" | "hold-released"; readonly visit: Visit; readonly role: Role }
  | { readonly does: "retention-set"; readonly visit: Visit; readonly role: Role; readonly untilMs: number }
  | { readonly does: "patient-corrected"; readonly visit: Visit; readonly role: Role; readonly patient: number }
  | { readonly does: "correction-completed"; readonly visit: Visit; readonly role: Role }
  | {
      readonly does: "record-read";
      readonly role: Role;
      readonly what: ReadThing;
      readonly action: ReadAction;
      readonly visit?: Visit;
      /** How many studies a list shows. */
      readonly studies?: number;
      readonly purpose?: PurposeOfUse;
      readonly remark?: string;
      readonly outcome?: "refused";
    };

/** A deed and its moment, in milliseconds since 1970. */
export interface Happening {
  readonly atMs: number;
  readonly deed: Deed;
}
