// The canonical header: the same bytes for the same attributes, however they were encoded. docs/formats/fingerprints.md § Canonical header.
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { isPrivate } from "../dictionary/tag.ts";
import { numberWidth } from "../dictionary/vr.ts";
import { type DataSet, type Element, type HeaderStore, storedBytes } from "../reading/element.ts";
import { type BulkValue, trimmedEnd } from "./bulk-values.ts";
import { type ByteWriter, fillGap, newWriter, putByte, putBytes, putGap, putUint32, writtenBytes } from "./byte-writer.ts";
import { type KeyedElement, keyedElements } from "./canonical-element.ts";

/** How the content of a canonical element is to be read. */
export const forms = { value: 0, sequence: 1, bulk: 2, fragments: 3 } as const;

/** Writes the canonical header of `dataSet`; `bulk` holds what stands for the values that stayed in the source. */
export function canonicalHeader(dataSet: DataSet, store: HeaderStore, bulk: ReadonlyMap<Element, BulkValue>): Uint8Array<ArrayBuffer> {
  const writer = newWriter(8192);
  putDataSet(writer, dataSet, store, bulk);
  return writtenBytes(writer);
}

function putDataSet(writer: ByteWriter, dataSet: DataSet, store: HeaderStore, bulk: ReadonlyMap<Element, BulkValue>): void {
  for (const keyed of keyedElements(dataSet, store)) {
    putKey(writer, keyed);
    putContent(writer, keyed.element, dataSet.bigEndian, store, bulk);
  }
}

function putKey(writer: ByteWriter, { tag, creator }: KeyedElement): void {
  putUint32(writer, tag);
  if (!isPrivate(tag)) return;
  putUint32(writer, creator.length);
  for (let index = 0; index < creator.length; index++) putByte(writer, creator.charCodeAt(index));
}

function putContent(writer: ByteWriter, element: Element, bigEndian: boolean, store: HeaderStore, bulk: ReadonlyMap<Element, BulkValue>): void {
  const { items, fragments } = element;
  if (items !== undefined && items.length > 0) putItems(writer, items, store, bulk);
  else if (items !== undefined) putValue(writer, new Uint8Array(0));
  else if (fragments !== undefined) putFragments(writer, element, store);
  else if (element.inSource) putBulk(writer, bulk.get(element) as BulkValue);
  else {
    const end = element.start + element.length;
    const isText = dictionaryEntry(element.tag)?.valueClass === "text";
    const trimmed = isText ? trimmedEnd(store.bytes, element.start, end) : end;
    putByte(writer, forms.value);
    putUint32(writer, trimmed - element.start);
    putBytes(writer, store.bytes, element.start, trimmed, bigEndian ? numberWidth(element.vr) : 1);
  }
}

function putValue(writer: ByteWriter, bytes: Uint8Array): void {
  putByte(writer, forms.value);
  putUint32(writer, bytes.length);
  putBytes(writer, bytes, 0, bytes.length);
}

function putItems(writer: ByteWriter, items: readonly DataSet[], store: HeaderStore, bulk: ReadonlyMap<Element, BulkValue>): void {
  putByte(writer, forms.sequence);
  const gap = putGap(writer);
  for (const item of items) {
    const itemGap = putGap(writer);
    putDataSet(writer, item, store, bulk);
    fillGap(writer, itemGap);
  }
  fillGap(writer, gap);
}
