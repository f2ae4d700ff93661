// A DICOM object as pictures: its frames as samples, with what is needed to show them. The one file that a viewer asks; nothing else reads DICOM for one.
import {
  type ByteSource,
  bytesSource,
  createPixelDecoder,
  type DicomObject,
  describePixels,
  type FrameLayout,
  frameBytes,
  layOutFrames,
  type PixelDecoder,
  type PixelDescription,
  type ReadableSamples,
  readableSamples,
  readObject,
} from "@fiducial/dicom";
import { type PictureAttributes, readPictureAttributes } from "./picture-attributes.ts";

/** Pictures of one object. */
export interface Picture extends PictureAttributes {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samplesPerPixel: number;
  /** Whether three samples of a pixel are luminance and two differences of colour, which drawing turns into RGB. */
  readonly ybr: boolean;
  /** Decodes a frame, from 0. Throws PixelError. */
  frame(index: number): Promise<Frame>;
}

/** A decoded frame, with its least and greatest sample. */
export interface Frame {
  readonly samples: ReadableSamples;
  readonly least: number;
  readonly greatest: number;
}

let shared: PixelDecoder | undefined;

/** The decoder of this page: it loads its codecs when a frame first needs one. */
export function pageDecoder(): PixelDecoder {
  shared ??= createPixelDecoder();
  return shared;
}

/** Reads an object for showing. Returns undefined for one without pictures. Throws DicomError. */
export async function readPicture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture | undefined> {
  const source: ByteSource = bytesSource(bytes);
  const object = await readObject(source);
  const layout = await layOutFrames(object);
  if (layout === undefined || layout.pictures === 0) return undefined;
  const description = describePixels(object.transferSyntaxUid, layout);
  const frames = new Map<number, Promise<Frame>>();
  return {
    ...readPictureAttributes(object),
    rows: description.rows,
    columns: description.columns,
    frames: layout.pictures,
    samplesPerPixel: description.samplesPerPixel,
    ybr: isYbr(object.transferSyntaxUid, description),
    frame(index) {
      const known = frames.get(index) ?? decodeFrame(object, layout, description, index);
      keepLatest(frames, index, known);
      return known;
    },
  };
}

// Frames are large: only the last few stay decoded.
function keepLatest(frames: Map<number, Promise<Frame>>, index: number, frame: Promise<Frame>): void {
  frames.delete(index);
  frames.set(index, frame);
  const [oldest] = frames.keys();
  if (frames.size > 8 && oldest !== undefined) frames.delete(oldest);
}

async function decodeFrame(
  object: DicomObject,
  layout: FrameLayout,
  description: PixelDescription,
  index: number,
): Promise<Frame> {
  const encoded = await frameBytes(object.content, layout, index);
  const samples = readableSamples(description, await pageDecoder().canonicalFrame(description, encoded));
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    const value = Number(sample);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { samples, least, greatest };
}

// Decoders of lossy JPEG give RGB; all others leave the colours as they are written.
function isYbr(transferSyntaxUid: string, { photometricInterpretation, samplesPerPixel }: PixelDescription): boolean {
  const decodedToRgb = /^1\.2\.840\.10008\.1\.2\.4\.5[01]$/.test(transferSyntaxUid);
  return samplesPerPixel === 3 && !decodedToRgb && /^YBR_(?:FULL|PARTIAL)/.test(photometricInterpretation);
}
