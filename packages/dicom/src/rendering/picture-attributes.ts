// What the header says about showing a frame: window, rescaling, direction of grey, palette. DICOM PS3.3 § C.7.6.3, § C.7.9, § C.11.
import { type Tag, tags } from "../dictionary/tag.ts";
import { type DataSet, type Element, findElement, type HeaderStore, storedBytes } from "../reading/element.ts";
import { asciiOf } from "../reading/image-format.ts";
import type { DicomObject } from "../reading/object.ts";

/** How rescaled values become grey. PS3.3 § C.11.2.1.2, § C.11.2.1.3. */
export type WindowFunction = "linear" | "linear-exact" | "sigmoid";

/** The values that are spread from black to white, after rescaling. PS3.3 § C.11.2. */
export interface PictureWindow {
  readonly centre: number;
  readonly width: number;
  readonly function: WindowFunction;
}

/** What drawing a frame needs beside its samples. */
export interface PictureAttributes {
  readonly window?: PictureWindow;
  readonly slope: number;
  readonly intercept: number;
  /** Whether low values are bright. */
  readonly isInverted: boolean;
  /** Colours by sample, three bytes each, from the first that the palette maps. */
  readonly palette?: { readonly first: number; readonly colours: Uint8Array };
}

const shown = {
  windowCentre: 0x00281050,
  windowWidth: 0x00281051,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
  windowFunction: 0x00281056,
  sharedGroups: 0x52009229,
  frameGroups: 0x52009230,
  paletteDescriptor: 0x00281101,
  palettes: [0x00281201, 0x00281202, 0x00281203],
} as const;

/** Reads the attributes of frame `index`, from 0. */
export function readPictureAttributes({ dataSet, store }: DicomObject, index: number): PictureAttributes {
  const text = (tag: Tag) => asciiOf(dataSetWith(dataSet, tag, index), store, tag);
  const first = (tag: Tag) => numbersIn(text(tag))[0];
  const [centre, width] = [first(shown.windowCentre), first(shown.windowWidth)];
  const photometric = text(tags.photometricInterpretation);
  const palette = photometric === "PALETTE COLOR" ? paletteOf(dataSet, store) : undefined;
  const kind = windowFunctions[text(shown.windowFunction)] ?? "linear";
  const hasWindow = centre !== undefined && width !== undefined && width > 0;
  return {
    ...(hasWindow && { window: { centre, width, function: kind } }),
    slope: first(shown.rescaleSlope) || 1,
    intercept: first(shown.rescaleIntercept) ?? 0,
    isInverted: photometric === "MONOCHROME1",
    ...(palette && { palette }),
  };
}

const windowFunctions: Readonly<Record<string, WindowFunction>> = {
  LINEAR: "linear",
  LINEAR_EXACT: "linear-exact",
  SIGMOID: "sigmoid",
};

// Objects with many frames have these attributes in their functional groups: the frame's own, else shared. PS3.3 § C.7.6.16.
function dataSetWith(dataSet: DataSet, tag: Tag, index: number): DataSet {
  if (findElement(dataSet, tag) !== undefined) return dataSet;
  const own = findElement(dataSet, shown.frameGroups)?.items?.[index];
  const shared = findElement(dataSet, shown.sharedGroups)?.items?.[0];
  for (const group of [own, shared])
    for (const { items } of group?.elements ?? [])
      if (items?.[0] !== undefined && findElement(items[0], tag) !== undefined) return items[0];
  return dataSet;
}

function numbersIn(text: string): readonly number[] {
  return text === "" ? [] : text.split("\\").map(Number).filter(Number.isFinite);
}

function paletteOf(dataSet: DataSet, store: HeaderStore): PictureAttributes["palette"] {
  const bytesOf = (tag: Tag) => plainBytes(findElement(dataSet, tag), store);
  const [count = 0, first = 0, bits = 16] = wordsOf(bytesOf(shown.paletteDescriptor), dataSet.bigEndian);
  const entries = count === 0 ? 65_536 : count;
  const tables = shown.palettes.map(bytesOf);
  const isWide = tables.every(({ length }) => length >= 2 * entries);
  if (!isWide && !tables.every(({ length }) => length >= entries)) return undefined;
  const colours = new Uint8Array(3 * entries);
  // Of two bytes the higher one, unless they hold eight bits.
  const offset = bits > 8 === dataSet.bigEndian ? 0 : 1;
  for (let entry = 0; entry < entries; entry++)
    for (const [channel, table] of tables.entries())
      colours[3 * entry + channel] = table[isWide ? 2 * entry + offset : entry] as number;
  return { first, colours };
}

function plainBytes(element: Element | undefined, store: HeaderStore): Uint8Array {
  const isPlain = element !== undefined && !element.inSource && !element.items && !element.fragments;
  return isPlain ? storedBytes(store, element) : new Uint8Array(0);
}

function wordsOf(bytes: Uint8Array, bigEndian: boolean): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 1 }, (_, at) => view.getUint16(2 * at, !bigEndian));
}
