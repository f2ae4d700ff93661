// The canonical header: the same bytes for the same attributes, however they were encoded. docs/formats/fingerprints.md § Canonical header.
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { isPrivate, type Tag } from "../dictionary/tag.ts";
import { numberWidth } from "../dictionary/vr.ts";
import type { DataSet, Element, HeaderStore, Region } from "../reading/element.ts";
import { type BulkValue, trimmedEnd } from "./bulk-values.ts";
import {
  type ByteWriter,
  fillGap,
  newWriter,
  putByte,
  putBytes,
  putGap,
  putUint32,
  writtenBytes,
} from "./byte-writer.ts";
import { keyedElements } from "./canonical-element.ts";

/** How the content of a canonical attribute is to be read. */
export const forms = { value: 0, sequence: 1, bulk: 2, fragments: 3 } as const;

/** Where header values are: in the store, and for bulk values what stands for them. */
export interface StoredValues {
  readonly store: HeaderStore;
  readonly bulk: ReadonlyMap<Element, BulkValue>;
}

/** Writes the canonical header of `dataSet`. */
export function canonicalHeader(dataSet: DataSet, values: StoredValues): Uint8Array<ArrayBuffer> {
  const writer = newWriter(8192);
  putDataSet(writer, dataSet, values);
  return writtenBytes(writer);
}

/** Writes one canonical attribute with a plain value, as it stands in a canonical header. */
export function canonicalAttribute(tag: Tag, creator: string, value: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = newWriter(16 + creator.length + value.length);
  putKey(writer, tag, creator);
  putValue(writer, value, 0, value.length, 1);
  return writtenBytes(writer);
}

function putDataSet(writer: ByteWriter, dataSet: DataSet, values: StoredValues): void {
  for (const { tag, creator, element } of keyedElements(dataSet, values.store)) {
    putKey(writer, tag, creator);
    putContent(writer, element, dataSet.bigEndian, values);
  }
}

function putKey(writer: ByteWriter, tag: Tag, creator: string): void {
  putUint32(writer, tag);
  if (!isPrivate(tag)) return;
  putUint32(writer, creator.length);
  for (let index = 0; index < creator.length; index++) putByte(writer, creator.charCodeAt(index));
}

function putContent(writer: ByteWriter, element: Element, bigEndian: boolean, values: StoredValues): void {
  const { items, fragments, tag, start, length } = element;
  if (items !== undefined) putItems(writer, items, values);
  else if (fragments !== undefined) putFragments(writer, fragments, values.store);
  else if (element.inSource) putBulk(writer, values.bulk.get(element) as BulkValue);
  else {
    const isText = dictionaryEntry(tag)?.valueClass === "text";
    const end = isText ? trimmedEnd(values.store.bytes, start, start + length) : start + length;
    putValue(writer, values.store.bytes, start, end, bigEndian && !isText ? numberWidth(element.vr) : 1);
  }
}

function putValue(writer: ByteWriter, bytes: Uint8Array, start: number, end: number, width: number): void {
  putByte(writer, forms.value);
  putUint32(writer, end - start);
  putBytes(writer, bytes, start, end, width);
}

// A sequence without items says no more than an empty value, and may be sent as one.
function putItems(writer: ByteWriter, items: readonly DataSet[], values: StoredValues): void {
  putByte(writer, items.length === 0 ? forms.value : forms.sequence);
  const gap = putGap(writer);
  for (const item of items) {
    const itemGap = putGap(writer);
    putDataSet(writer, item, values);
    fillGap(writer, itemGap);
  }
  fillGap(writer, gap);
}

// The first fragment is the offset table, which says nothing of the image.
function putFragments(writer: ByteWriter, fragments: readonly Region[], { bytes }: HeaderStore): void {
  putByte(writer, forms.fragments);
  const gap = putGap(writer);
  for (const { start, length } of fragments.slice(1)) {
    putUint32(writer, length);
    putBytes(writer, bytes, start, start + length);
  }
  fillGap(writer, gap);
}

function putBulk(writer: ByteWriter, value: BulkValue): void {
  if ("bytes" in value) {
    putValue(writer, value.bytes, 0, value.bytes.length, 1);
    return;
  }
  putByte(writer, forms.bulk);
  const gap = putGap(writer);
  putUint32(writer, 0);
  putUint32(writer, value.length);
  putBytes(writer, value.digest, 0, value.digest.length);
  fillGap(writer, gap);
}
