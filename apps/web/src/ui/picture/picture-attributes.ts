// What the header says about showing an object: window, rescaling, size of a pixel, directions, palette. DICOM PS3.3 § C.7.6, § C.11.
import type { DataSet, DicomObject, Element, HeaderStore } from "@fiducial/dicom";

/** Centre and width of the values that are spread from black to white, after rescaling. PS3.3 § C.11.2. */
export interface Window {
  readonly centre: number;
  readonly width: number;
}

/** What drawing needs beside the samples. */
export interface PictureAttributes {
  readonly window?: Window;
  readonly slope: number;
  readonly intercept: number;
  /** Whether low values are bright. */
  readonly inverted: boolean;
  /** Height and width of a pixel in millimetres. */
  readonly spacing?: readonly [number, number];
  /** Where pixels are so large: in the patient, or, of a projection that says no more, on its detector. PS3.3 § 10.7.1.3. */
  readonly spacingAt?: "patient" | "detector";
  /** Letters of the directions of the right and the lower edge, and of their opposites. PS3.3 § C.7.6.1.1.1. */
  readonly directions?: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  };
  /** Colours by sample, three bytes each, from the first that the palette maps. */
  readonly palette?: { readonly first: number; readonly colours: Uint8Array };
}

const tags = {
  photometricInterpretation: 0x00280004,
  pixelSpacing: 0x00280030,
  imagerPixelSpacing: 0x00181164,
  windowCentre: 0x00281050,
  windowWidth: 0x00281051,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
  imageOrientation: 0x00200037,
  patientOrientation: 0x00200020,
  sharedGroups: 0x52009229,
  frameGroups: 0x52009230,
  paletteDescriptor: 0x00281101,
  palettes: [0x00281201, 0x00281202, 0x00281203],
} as const;

/** Reads them; of an object with many frames those of the first. */
export function readPictureAttributes({ dataSet, store }: DicomObject): PictureAttributes {
  const text = (tag: number) => textOf(find(dataSet, tag), store);
  const numbers = (tag: number) => numbersIn(text(tag));
  const [centre] = numbers(tags.windowCentre);
  const [width] = numbers(tags.windowWidth);
  const inPatient = numbers(tags.pixelSpacing);
  const [height, across] = inPatient.length >= 2 ? inPatient : numbers(tags.imagerPixelSpacing);
  const directions = directionsOf(numbers(tags.imageOrientation), text(tags.patientOrientation));
  const palette = text(tags.photometricInterpretation) === "PALETTE COLOR" ? paletteOf(dataSet, store) : undefined;
  return {
    ...(centre !== undefined && width !== undefined && width >= 1 && { window: { centre, width } }),
    slope: numbers(tags.rescaleSlope)[0] || 1,
    intercept: numbers(tags.rescaleIntercept)[0] ?? 0,
    inverted: text(tags.photometricInterpretation) === "MONOCHROME1",
    ...(height !== undefined &&
      across !== undefined &&
      height > 0 &&
      across > 0 && {
        spacing: [height, across] as const,
        spacingAt: inPatient.length >= 2 ? ("patient" as const) : ("detector" as const),
      }),
    ...(directions && { directions }),
    ...(palette && { palette }),
  };
}

// Objects with many frames have these attributes in their functional groups: of the first frame, else shared. PS3.3 § C.7.6.16.
function find(dataSet: DataSet, tag: number): Element | undefined {
  const top = elementIn(dataSet, tag);
  if (top !== undefined) return top;
  for (const groups of [tags.frameGroups, tags.sharedGroups]) {
    const [group] = elementIn(dataSet, groups)?.items ?? [];
    for (const { items } of group?.elements ?? []) {
      const inner = items?.[0] && elementIn(items[0], tag);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function elementIn({ elements }: DataSet, tag: number): Element | undefined {
  return elements.find((element) => element.tag === tag);
}

function bytesOf(element: Element | undefined, store: HeaderStore): Uint8Array {
  const plain =
    element !== undefined && !element.inSource && element.items === undefined && element.fragments === undefined;
  return plain ? store.bytes.subarray(element.start, element.start + element.length) : new Uint8Array(0);
}

function textOf(element: Element | undefined, store: HeaderStore): string {
  const text = String.fromCharCode(...bytesOf(element, store).subarray(0, 1024));
  return text.replace(/[ \0]+$/, "").trim();
}

function numbersIn(text: string): readonly number[] {
  return text === "" ? [] : text.split("\\").map(Number).filter(Number.isFinite);
}

const opposites: Readonly<Record<string, string>> = { L: "R", R: "L", A: "P", P: "A", H: "F", F: "H" };

function directionsOf(cosines: readonly number[], letters: string): PictureAttributes["directions"] {
  const [right, bottom] =
    cosines.length === 6
      ? [letterOf(cosines.slice(0, 3)), letterOf(cosines.slice(3))]
      : letters.split("\\").map((direction) => direction.charAt(0));
  const [left, top] = [opposites[right ?? ""], opposites[bottom ?? ""]];
  if (left === undefined || top === undefined) return undefined;
  return { left, right: right as string, top, bottom: bottom as string };
}

// The patient's axes point to the left, to the back, to the head. PS3.3 § C.7.6.2.1.1.
function letterOf(cosines: readonly number[]): string {
  const sizes = cosines.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes));
  return (["LR", "PA", "HF"][axis] as string).charAt((cosines[axis] as number) >= 0 ? 0 : 1);
}

function paletteOf(dataSet: DataSet, store: HeaderStore): PictureAttributes["palette"] {
  const [count = 0, first = 0, bits = 16] = wordsOf(bytesOf(elementIn(dataSet, tags.paletteDescriptor), store));
  const entries = count === 0 ? 65_536 : count;
  const tables = tags.palettes.map((tag) => bytesOf(elementIn(dataSet, tag), store));
  const wide = tables.every(({ length }) => length >= 2 * entries);
  if (!wide && !tables.every(({ length }) => length >= entries)) return undefined;
  const colours = new Uint8Array(3 * entries);
  for (let entry = 0; entry < entries; entry++) {
    for (const [channel, table] of tables.entries()) {
      const high = bits > 8 ? 2 * entry + 1 : 2 * entry;
      colours[3 * entry + channel] = (wide ? table[high] : table[entry]) as number;
    }
  }
  return { first, colours };
}

function wordsOf(bytes: Uint8Array): readonly number[] {
  return Array.from(
    { length: bytes.length >> 1 },
    (_, at) => (bytes[2 * at] as number) + 256 * (bytes[2 * at + 1] as number),
  );
}
