// The state of reading a data set: where the reader is, what is open around it, and what it has found.
import { DicomError, type DicomErrorCode } from "../dicom-error.ts";
import { type Tag, tagText } from "../dictionary/tag.ts";
import { type ByteWindow, bytesAt } from "./byte-window.ts";
import type { BulkElement, DataSet, Element, HeaderStore, PixelData } from "./element.ts";
import type { ElementHeader, Encoding } from "./element-header.ts";
import type { ReadingLimits } from "./limits.ts";
import type { ReadingNote } from "./notes.ts";

/** Everything the reader knows while it reads. */
export interface Parse {
  readonly window: ByteWindow;
  readonly store: GrowingStore;
  readonly limits: ReadingLimits;
  /** What is open, outermost first: the object, then a sequence and an item in turn. */
  readonly stack: Container[];
  readonly bulk: BulkElement[];
  notes: Set<ReadingNote>;
  position: number;
  elementCount: number;
  headerBytes: number;
  pixelData: PixelData | undefined;
  /** An encapsulated value whose fragments are to be read next. */
  pending: PendingFragments | undefined;
  /** Where elements begin that were tried as sequences and are none. */
  readonly opaque: Set<number>;
}

/** A data set (the object or an item) or a sequence that has begun and not ended. */
export interface Container {
  /** The elements read so far, in a data set; empty in a sequence. */
  readonly elements: Element[];
  /** The items read so far, in a sequence. */
  readonly items: DataSet[] | undefined;
  /** Where it ends, or Infinity when a delimiter tells. */
  readonly end: number;
  /** The nearest known end, its own or around it. */
  readonly limit: number;
  readonly encoding: Encoding;
  /** Whether this is the value of a UN element, which should be implicit, and sometimes is not. */
  readonly isUnknown: boolean;
  /** Where to go back to when the bytes, read as a sequence on trial, turn out to be none. */
  readonly trial: Checkpoint | undefined;
  lastTag: Tag;
  /** Whether elements did not stand in the order of their tags. */
  disordered: boolean;
}

/** An encapsulated value: its head, and the data set that it is part of. */
export interface PendingFragments {
  readonly header: ElementHeader;
  readonly container: Container;
  /** Whether these are the pixel data of the object itself. */
  readonly isPixelData: boolean;
}

/** A place to go back to. */
export interface Checkpoint {
  readonly position: number;
  readonly elementCount: number;
  readonly headerBytes: number;
  readonly bulkCount: number;
  readonly storeSize: number;
  readonly siblingCount: number;
  readonly lastTag: Tag;
  readonly notes: ReadonlySet<ReadingNote>;
}

/** Takes values out of the window: by place when the source is in memory, else as copies. */
export interface GrowingStore extends HeaderStore {
  bytes: Uint8Array;
  size: number;
  readonly isSource: boolean;
}

/** Begins to read the data set from `position` to the end of what `window` shows. */
export function newParse(window: ByteWindow, position: number, encoding: Encoding, limits: ReadingLimits): Parse {
  const whole = window.source.bytes;
  const { size } = window.source;
  return {
    window,
    store: { bytes: whole ?? new Uint8Array(4096), size: 0, isSource: whole !== undefined },
    limits,
    stack: [newContainer({ items: undefined, end: size, limit: size, encoding })],
    bulk: [],
    notes: new Set(),
    position,
    elementCount: 0,
    headerBytes: 0,
    pixelData: undefined,
    pending: undefined,
    opaque: new Set(),
  };
}

/** Makes a container in which nothing has been read. */
export function newContainer(
  what: Pick<Container, "items" | "end" | "limit" | "encoding"> & Partial<Container>,
): Container {
  return { elements: [], isUnknown: false, trial: undefined, lastTag: 0, disordered: false, ...what };
}

/** Keeps `length` bytes from `offset`, which the window holds, and returns where they are in the store. */
export function keep({ store, window }: Parse, offset: number, length: number): number {
  if (store.isSource) return offset;
  if (store.size + length > store.bytes.length) {
    const grown = new Uint8Array(Math.max(2 * store.bytes.length, store.size + length));
    grown.set(store.bytes.subarray(0, store.size));
    store.bytes = grown;
  }
  store.bytes.set(bytesAt(window, offset, length), store.size);
  store.size += length;
  return store.size - length;
}

/** Counts an element or item of this many bytes against the limits. Throws HEADER_TOO_LARGE. */
export function charge(parse: Parse, bytes: number): void {
  parse.elementCount += 1;
  parse.headerBytes += bytes;
  const { headerBytes, headerElements } = parse.limits;
  if (parse.headerBytes > headerBytes || parse.elementCount > headerElements) fail(parse, "HEADER_TOO_LARGE");
}

/** Throws `code` with the place where the reader is. */
export function fail(parse: Parse, code: DicomErrorCode, tag?: Tag): never {
  if (isUnreadable(code) && parse.stack.some(({ trial }) => trial !== undefined)) throw failedTrial;
  throw new DicomError(code, { offset: parse.position, ...(tag === undefined ? {} : { tag: tagText(tag) }) });
}

/** Tells whether a code says that bytes are no elements. Limits of the reader are another matter: what an object holds must not depend on one. */
export function isUnreadable(code: DicomErrorCode): boolean {
  return unreadable.has(code);
}

const unreadable: ReadonlySet<DicomErrorCode> = new Set<DicomErrorCode>([
  "TRUNCATED",
  "LENGTH_BEYOND_END",
  "MALFORMED_ELEMENT",
  "MALFORMED_SEQUENCE",
  "MALFORMED_PIXEL_DATA",
]);

// A trial that fails is nobody's error, and an object can hold a million of them: this one costs nothing to throw.
const failedTrial = new DicomError("MALFORMED_SEQUENCE");

/** Throws for a value that passes `limit`: the end of the bytes, or of the item or sequence it is in. Throws TRUNCATED, LENGTH_BEYOND_END. */
export function failBeyond(parse: Parse, limit: number, tag?: Tag): never {
  return fail(parse, limit === parse.window.source.size ? "TRUNCATED" : "LENGTH_BEYOND_END", tag);
}

/** Remembers where the reader is, before an element of `container`. */
export function checkpointIn(parse: Parse, container: Container): Checkpoint {
  const { position, elementCount, headerBytes, bulk, store, notes } = parse;
  const { elements, lastTag } = container;
  return {
    ...{ position, elementCount, headerBytes, lastTag },
    bulkCount: bulk.length,
    storeSize: store.size,
    siblingCount: elements.length,
    notes: new Set(notes),
  };
}

/** Goes back to a checkpoint in `container`, and forgets what was found and opened since. */
export function goBack(parse: Parse, container: Container, checkpoint: Checkpoint): void {
  parse.stack.length = parse.stack.indexOf(container) + 1;
  parse.position = checkpoint.position;
  parse.elementCount = checkpoint.elementCount;
  parse.headerBytes = checkpoint.headerBytes;
  parse.bulk.length = checkpoint.bulkCount;
  parse.store.size = checkpoint.storeSize;
  parse.notes = new Set(checkpoint.notes);
  parse.pending = undefined;
  container.elements.length = checkpoint.siblingCount;
  container.lastTag = checkpoint.lastTag;
}
