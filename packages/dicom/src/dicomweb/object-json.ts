// The DICOM JSON Model of an object, with addresses for what is long; and the bytes behind such an address. DICOM PS3.18 § F.2, § 10.4.1.1.5.
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { elementOf, groupOf, isPrivateCreator, type Tag, tags } from "../dictionary/tag.ts";
import { isKnownVr, numberWidth } from "../dictionary/vr.ts";
import { chunkBytes } from "../reading/byte-source.ts";
import {
  type DataSet,
  type Element,
  findElement,
  type PixelData,
  type Region,
  storedBytes,
} from "../reading/element.ts";
import type { DicomObject } from "../reading/object.ts";
import { type DicomJson, type JsonAttribute, jsonTag, tagOfJson } from "./json-model.ts";
import { isBinaryVr, jsonAttribute, littleEndian } from "./json-value.ts";

/** How an object is written. */
export interface ObjectJsonOptions {
  /** Makes the address of a bulk value from its path: `7FE00010`, or in sequences `00880200/1/00281201`, items counted from 1. */
  readonly bulkDataUri: (path: string) => string;
  /** The most bytes of a binary value that stand in the text itself. */
  readonly inlineBytes?: number;
}

const usualInlineBytes = 1024;

/** Writes the model of an object: its data set without group lengths, pixel data and other long values as addresses. The text is UTF-8, and (0008,0005) says so. */
export function objectJson(object: DicomObject, options: ObjectJsonOptions): DicomJson {
  const { pixelData, dataSet } = object;
  const attributes = attributesOf({ object, options, isSigned: isSigned(object) }, dataSet, [], "");
  if (pixelData !== undefined) attributes.set(jsonTag(pixelData.tag), pixelAttribute(pixelData, options));
  return new Map([...attributes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A bulk value: the pixel data, which are given frame by frame, or pieces of a value, numbers lowest byte first. */
export type BulkValue = "pixel-data" | (() => AsyncGenerator<Uint8Array, void>);

/** Finds the value behind a path of `bulkDataUri`, or returns undefined. */
export function bulkValueAt(object: DicomObject, path: string): BulkValue | undefined {
  const [last, ...steps] = path.split("/").reverse();
  let dataSet: DataSet | undefined = object.dataSet;
  for (let at = steps.length - 1; at > 0; at -= 2) dataSet = itemAt(dataSet, steps[at] ?? "", steps[at - 1] ?? "");
  const tag = tagOfJson(last ?? "");
  if (dataSet === undefined || tag === undefined || steps.length % 2 !== 0) return undefined;
  if (steps.length === 0 && tag === object.pixelData?.tag) return "pixel-data";
  const element = findElement(dataSet, tag);
  if (element === undefined || element.items !== undefined) return undefined;
  const { bigEndian } = dataSet;
  return () => valuePieces(object, element, bigEndian ? numberWidth(element.vr) : 1);
}

interface Writing {
  readonly object: DicomObject;
  readonly options: ObjectJsonOptions;
  /** Whether US or SS, where the dictionary leaves the choice, is SS. PS3.3 § C.7.6.3.1. */
  readonly isSigned: boolean;
}

function attributesOf(
  writing: Writing,
  dataSet: DataSet,
  outer: readonly string[],
  path: string,
): Map<string, JsonAttribute> {
  const characterSets = characterSetsOf(writing.object, dataSet) ?? outer;
  const attributes = new Map<string, JsonAttribute>();
  for (const element of dataSet.elements) {
    if (elementOf(element.tag) === 0 || groupOf(element.tag) === 0x0002) continue;
    const tag = jsonTag(element.tag);
    const encoding = { bigEndian: dataSet.bigEndian && element.vr !== "UN", characterSets };
    if (!attributes.has(tag)) attributes.set(tag, attributeOf(writing, element, encoding, path + tag));
  }
  return attributes;
}

function attributeOf(
  writing: Writing,
  element: Element,
  encoding: { readonly bigEndian: boolean; readonly characterSets: readonly string[] },
  path: string,
): JsonAttribute {
  const { object, options } = writing;
  const { tag, items, fragments, inSource, length } = element;
  if (items !== undefined) {
    const Value = items.map((item, at) => attributesOf(writing, item, encoding.characterSets, `${path}/${at + 1}/`));
    return Value.length === 0 ? { vr: "SQ" } : { vr: "SQ", Value };
  }
  const vr = vrOf(element, writing.isSigned);
  const isLong = isBinaryVr(vr) && length > (options.inlineBytes ?? usualInlineBytes);
  if (inSource || fragments !== undefined || isLong) return { vr, BulkDataURI: options.bulkDataUri(path) };
  const attribute = jsonAttribute(vr, storedBytes(object.store, element), encoding);
  // What was in another character set is in UTF-8 now.
  return tag === tags.specificCharacterSet && attribute.Value !== undefined ? utf8Declared : attribute;
}

const utf8Declared: JsonAttribute = { vr: "CS", Value: ["ISO_IR 192"] };

/** Returns the VR as sent, else as the dictionary has it. */
function vrOf({ tag, vr }: Pick<Element, "tag" | "vr">, isSigned: boolean): string {
  if (vr !== "" && vr !== "UN" && isKnownVr(vr)) return vr;
  return dictionaryVr(tag, isSigned) ?? (isPrivateCreator(tag) ? "LO" : "UN");
}

/** Returns the VR of PS3.6, chosen where it depends on the object; undefined for attributes that the dictionary does not have. */
export function dictionaryVr(tag: Tag, isSigned: boolean): string | undefined {
  const vr = dictionaryEntry(tag)?.vr;
  if (vr === undefined) return undefined;
  return { ox: "OW", lt: "OW", up: "UL", xs: isSigned ? "SS" : "US" }[vr] ?? vr;
}

function pixelAttribute({ tag, vr, length, fragments }: PixelData, { bulkDataUri }: ObjectJsonOptions): JsonAttribute {
  const shown = isKnownVr(vr) && vr !== "UN" ? vr : "OW";
  const isEmpty = length === 0 && fragments === undefined;
  return isEmpty ? { vr: shown } : { vr: shown, BulkDataURI: bulkDataUri(jsonTag(tag)) };
}

function isSigned(object: DicomObject): boolean {
  const element = findElement(object.dataSet, tags.pixelRepresentation);
  if (element === undefined || element.inSource || element.items !== undefined) return false;
  return storedBytes(object.store, element).some((byte) => byte === 1);
}

function characterSetsOf({ store }: DicomObject, dataSet: DataSet): string[] | undefined {
  const element = findElement(dataSet, tags.specificCharacterSet);
  if (element === undefined || element.inSource || element.items !== undefined) return undefined;
  return String.fromCharCode(...storedBytes(store, element).subarray(0, 256)).split("\\");
}

function itemAt(dataSet: DataSet | undefined, tag: string, item: string): DataSet | undefined {
  const sequence = tagOfJson(tag);
  if (dataSet === undefined || sequence === undefined || !/^[1-9]\d{0,8}$/.test(item)) return undefined;
  return findElement(dataSet, sequence)?.items?.[Number(item) - 1];
}

async function* valuePieces(object: DicomObject, element: Element, width: number): AsyncGenerator<Uint8Array, void> {
  // The first fragment is the offset table.
  if (element.fragments !== undefined) {
    for (const fragment of element.fragments.slice(1)) yield storedBytes(object.store, fragment);
  } else if (!element.inSource) yield littleEndian(storedBytes(object.store, element), width);
  else yield* sourcePieces(object, element, width);
}

async function* sourcePieces({ content }: DicomObject, { start, length }: Region, width: number) {
  for (let at = 0; at < length; at += chunkBytes) {
    const piece = await content.read(start + at, Math.min(chunkBytes, length - at));
    yield width === 1 ? piece : littleEndian(piece, width);
  }
}
