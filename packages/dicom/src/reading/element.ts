// What a data set is made of once read: elements that point at their values. DICOM PS3.5 § 7.1, § 7.5.
import type { Tag } from "../dictionary/tag.ts";

/** Bytes by their place. */
export interface Region {
  readonly start: number;
  readonly length: number;
}

/** One element. Exactly one of `items`, `fragments` and the value itself (`start`, `length`) holds what it says. */
export interface Element extends Region {
  readonly tag: Tag;
  /** VR as encoded; empty in implicit data sets. */
  readonly vr: string;
  /** Whether the value stayed in the source (bulk values), so that `start` counts there; else it counts in the header store. */
  readonly inSource: boolean;
  /** The items of a sequence. */
  readonly items: readonly DataSet[] | undefined;
  /** The fragments of an encapsulated value, offset table first, in the header store. Pixel data at the top are not here: PixelData. */
  readonly fragments: readonly Region[] | undefined;
}

/** Elements in the order in which they stand. An item is a data set too. */
export interface DataSet {
  readonly elements: readonly Element[];
  /** Whether numbers have their highest byte first: Explicit VR Big Endian, but never inside a UN value. PS3.5 § 6.2.2. */
  readonly bigEndian: boolean;
}

/** A value over 1 MiB, which stayed in the source. */
export interface BulkElement {
  readonly element: Element;
  /** As in its data set. */
  readonly bigEndian: boolean;
}

/** The pixel data of an object, which stay in the source: Pixel Data, Float Pixel Data or Double Float Pixel Data. PS3.5 § 8. */
export interface PixelData extends Region {
  readonly tag: Tag;
  readonly vr: string;
  readonly bigEndian: boolean;
  /** Where the fragments are, offset table first, when the pixel data are encapsulated; else all of `start`, `length` is native. PS3.5 § A.4. */
  readonly fragments: readonly Fragment[] | undefined;
}

/** One fragment of encapsulated pixel data. */
export interface Fragment extends Region {
  /** Its first four bytes as a number, highest first; 0 when there are fewer. */
  readonly head: number;
}

/** Where header values are: the object's own bytes when those are in memory, else copies laid end to end. */
export interface HeaderStore {
  readonly bytes: Uint8Array;
}

/** Returns the bytes of a value that is not bulk, as they stand. */
export function storedBytes(store: HeaderStore, { start, length }: Region): Uint8Array {
  return store.bytes.subarray(start, start + length);
}

/** Returns the first element with this tag, or undefined. */
export function findElement({ elements }: DataSet, tag: Tag): Element | undefined {
  for (const element of elements) if (element.tag === tag) return element;
  return undefined;
}
