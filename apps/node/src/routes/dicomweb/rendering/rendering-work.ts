// What the server's thread and the rendering workers say to each other.
import type { Rendering } from "@fiducial/dicom/rendering";

/** As what pictures are sent, the usual one first. PS3.18 § 8.7.4. */
export const pictureTypes = ["image/jpeg", "image/png"] as const;
export type PictureType = (typeof pictureTypes)[number];

/** A picture to make. */
export interface RenderingJob extends Rendering {
  readonly path: string;
  readonly type: PictureType;
  /** Of a JPEG, 1 to 100. */
  readonly quality: number;
}

/** What came of it: the encoded picture, or the code of why there is none. */
export type RenderingResult =
  | { readonly picture: Uint8Array<ArrayBuffer> }
  | { readonly code: "FRAME_UNKNOWN" | "NOT_RENDERABLE" | "STORED_OBJECT_UNREADABLE" };
