// One frame of an object as a picture. DICOM PS3.18 § 8.3.5.
import { frameBytes } from "../fingerprint/frame-bytes.ts";
import { type FrameLayout, layOutFrames } from "../fingerprint/frame-layout.ts";
import { describePixels } from "../fingerprint/pixel-samples.ts";
import type { PixelDecoder } from "../pixels/pixel-decoder.ts";
import { PixelError } from "../pixels/pixel-error.ts";
import { readableSamples } from "../pixels/readable.ts";
import type { DicomObject } from "../reading/object.ts";
import { drawFrame, type RgbaPicture } from "./drawn-frame.ts";
import { type PictureWindow, readPictureAttributes } from "./picture-attributes.ts";
import { scaledPicture, type Viewport } from "./scaled-picture.ts";

/** How a frame is to be shown. */
export interface Rendering {
  /** From 0. */
  readonly frame: number;
  readonly window?: PictureWindow;
  readonly viewport?: Viewport;
}

/** Draws a frame. Resolves with undefined when there is no such frame, or nothing of it in the viewport. Rejects with PixelError. */
export async function renderedFrame(
  object: DicomObject,
  decoder: PixelDecoder,
  { frame, window, viewport }: Rendering,
): Promise<RgbaPicture | undefined> {
  const layout = await layOutFrames(object);
  if (layout === undefined || frame >= layout.pictures) return undefined;
  const description = describePixels(object.transferSyntaxUid, layout);
  const encoded = await frameBytes(object.content, layout, frame);
  checkAmbiguity(layout);
  const samples = readableSamples(description, await decoder.canonicalFrame(description, encoded));
  const picture = drawFrame(description, samples, readPictureAttributes(object, frame), window);
  return viewport === undefined ? picture : scaledPicture(picture, viewport);
}

// A frame that may be half of one is no picture.
function checkAmbiguity({ notes }: FrameLayout): void {
  if (notes.includes("FRAMES_AMBIGUOUS")) throw new PixelError("PIXEL_DATA_INVALID", { reason: "description" });
}
