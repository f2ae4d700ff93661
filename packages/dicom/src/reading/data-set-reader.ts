// Reads a data set of any encoding with a stack of its own: nesting costs no call stack, and large values stay where they are. DICOM PS3.5 § 7.
import { DicomError } from "../dicom-error.ts";
import type { ByteSource } from "./byte-source.ts";
import { moveTo, windowOn } from "./byte-window.ts";
import type { BulkElement, DataSet, HeaderStore, PixelData } from "./element.ts";
import type { Encoding } from "./element-header.ts";
import { stepElement } from "./element-step.ts";
import { readFragments } from "./fragment-reader.ts";
import { stepItem } from "./item-step.ts";
import type { ReadingLimits } from "./limits.ts";
import type { ReadingNote } from "./notes.ts";
import { type Checkpoint, type Container, checkpointIn, goBack, isUnreadable, newParse, type Parse } from "./parse.ts";

/** A data set as read: its elements, where their values are, and what was odd. */
export interface ReadDataSet {
  readonly dataSet: DataSet;
  readonly store: HeaderStore;
  /** Elements at any level whose values are over 1 MiB and stayed in the source. */
  readonly bulk: readonly BulkElement[];
  readonly pixelData: PixelData | undefined;
  readonly notes: ReadonlySet<ReadingNote>;
}

/**
 * Reads the data set that stands in `source` from `position` on.
 * Throws TRUNCATED, LENGTH_BEYOND_END, MALFORMED_ELEMENT, MALFORMED_SEQUENCE, MALFORMED_PIXEL_DATA, SEVERAL_PIXEL_DATA, NESTED_TOO_DEEP,
 * HEADER_TOO_LARGE, TOO_MANY_FRAMES, SOURCE_CHANGED.
 */
export async function readDataSet(
  source: ByteSource,
  position: number,
  encoding: Encoding,
  limits: ReadingLimits,
): Promise<ReadDataSet> {
  const parse = newParse(windowOn(source), position, encoding, limits);
  const top = parse.stack[0] as Container;
  let tail: Checkpoint | undefined;
  while (parse.stack.length > 0) {
    if (parse.pixelData !== undefined && parse.stack.length === 1) tail = checkpointIn(parse, top);
    try {
      const waiting = step(parse);
      if (waiting !== undefined) await waiting;
    } catch (error) {
      recover(parse, error, top, tail);
    }
  }
  const { store, bulk, pixelData, notes } = parse;
  return { dataSet: { elements: top.elements, bigEndian: encoding.bigEndian }, store, bulk, pixelData, notes };
}

// Waiting costs more than an element does, so this waits only when the window must move.
function step(parse: Parse): Promise<void> | undefined {
  if (parse.pending !== undefined) return readFragments(parse, parse.pending);
  const container = parse.stack[parse.stack.length - 1] as Container;
  const need =
    container.items === undefined ? stepElement(parse, container) : stepItem(parse, container, container.items);
  return need === 0 ? undefined : moveTo(parse.window, parse.position, need);
}

// What was tried as a sequence is taken as bytes; what cannot be read behind the pixel data is no part of the object.
function recover(parse: Parse, error: unknown, top: Container, tail: Checkpoint | undefined): void {
  if (!(error instanceof DicomError) || !isUnreadable(error.code)) throw error;
  const tried = parse.stack.findLastIndex(({ trial }) => trial !== undefined);
  const { trial } = parse.stack[tried] ?? {};
  if (trial !== undefined) {
    goBack(parse, parse.stack[tried - 1] as Container, trial);
    parse.opaque.add(parse.position);
  } else if (tail !== undefined) {
    goBack(parse, top, tail);
    parse.notes.add("TRAILING_BYTES");
    parse.stack.length = 0;
  } else throw error;
}
