// Which bytes make up which frame. docs/formats/fingerprints.md § Frames; DICOM PS3.5 § 8, § A.4.
import { DicomError } from "../dicom-error.ts";
import type { PixelData, Region } from "../reading/element.ts";
import { frameBits, type ImageFormat, readImageFormat } from "../reading/image-format.ts";
import { defaultLimits } from "../reading/limits.ts";
import type { ReadingNote } from "../reading/notes.ts";
import type { DicomObject } from "../reading/object.ts";
import { groupFragments } from "./fragment-groups.ts";

/** The frames of an object: how many byte strings the `frames` tree has, and where each is. */
export interface FrameLayout {
  readonly pixelData: PixelData;
  readonly format: ImageFormat;
  /** Frames as the tree counts them: those announced, and whatever else is there. */
  readonly count: number;
  /** Frames that are pictures: all, unless something is left over behind the last. */
  readonly pictures: number;
  /** Whether these are exactly the frames announced, each of them whole, so that they can be decoded. */
  readonly isComplete: boolean;
  /** Where a native frame is, in bits of the pixel data; undefined for encapsulated ones. */
  readonly bits: ((index: number) => BitSpan) | undefined;
  /** The fragments of an encapsulated frame; none for native ones. */
  readonly fragments: (index: number) => readonly Region[];
  readonly notes: readonly ReadingNote[];
}

/** Bits `from` to `to`, counted from the first byte's lowest. */
export interface BitSpan {
  readonly from: number;
  readonly to: number;
}

/** Lays out the frames of `object`, or returns undefined when it has no pixel data. Throws TOO_MANY_FRAMES, SOURCE_CHANGED. */
export async function layOutFrames(
  object: DicomObject,
  limit: number = defaultLimits.frames,
): Promise<FrameLayout | undefined> {
  const { pixelData } = object;
  if (pixelData === undefined) return undefined;
  const format = readImageFormat(object.dataSet, object.store);
  const layout =
    pixelData.fragments === undefined
      ? nativeLayout(pixelData, format)
      : await encapsulatedLayout(object, pixelData, format);
  if (layout.count > limit) throw new DicomError("TOO_MANY_FRAMES");
  const notes =
    format.numberOfFrames === undefined ? [...layout.notes, "NUMBER_OF_FRAMES_INVALID" as const] : layout.notes;
  return { ...layout, notes };
}

async function encapsulatedLayout(
  object: DicomObject,
  pixelData: PixelData,
  format: ImageFormat,
): Promise<FrameLayout> {
  const { groups, isComplete, notes } = await groupFragments(object, format.numberOfFrames ?? 1);
  return {
    pixelData,
    format,
    count: groups.length,
    pictures: groups.length,
    isComplete,
    bits: undefined,
    fragments: (index) => groups[index] ?? [],
    notes,
  };
}

function nativeLayout(pixelData: PixelData, format: ImageFormat): FrameLayout {
  const { length } = pixelData;
  const announced = format.numberOfFrames ?? 1;
  const size = frameBits(format, pixelData.tag, length);
  const whole = size === 0 ? 0 : Math.min(announced, Math.floor((length * 8) / size));
  const rest = restOf(length, size, whole, announced);
  const count = whole + (rest === undefined ? 0 : 1);
  const bits = (index: number): BitSpan =>
    index < whole || rest === undefined ? { from: index * size, to: (index + 1) * size } : rest;
  const isComplete = size > 0 && whole === announced;
  return {
    pixelData,
    format,
    count,
    pictures: whole,
    isComplete,
    bits,
    fragments: () => [],
    notes: notesOf(size, whole, announced, rest),
  };
}

// What is behind the last whole frame: part of another one, or more than was announced. A byte that makes the length even is neither.
function restOf(length: number, size: number, whole: number, announced: number): BitSpan | undefined {
  const used = whole < announced ? whole * size : Math.ceil((whole * size) / 8) * 8;
  const left = length * 8 - used;
  const isPadding = left === 8 && whole === announced && (used / 8) % 2 === 1;
  return left < 8 || isPadding ? undefined : { from: used, to: length * 8 };
}

function notesOf(size: number, whole: number, announced: number, rest: BitSpan | undefined): ReadingNote[] {
  if (size === 0) return ["FRAME_SIZE_UNKNOWN"];
  if (whole < announced) return ["FRAMES_FEWER_THAN_ANNOUNCED"];
  return rest === undefined ? [] : ["PIXEL_DATA_EXCESS"];
}
