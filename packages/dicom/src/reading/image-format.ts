// What the header says of the image: how many frames, and how many bits in each. DICOM PS3.3 § C.7.6.3, § C.7.6.6.
import { type Tag, tags } from "../dictionary/tag.ts";
import { type DataSet, findElement, type HeaderStore, storedBytes } from "./element.ts";

/** The attributes that frames and samples are told by; 0 or empty where one is missing or unreadable. */
export interface ImageFormat {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly pixelRepresentation: number;
  readonly planarConfiguration: number;
  readonly photometricInterpretation: string;
  /** As announced; 1 when nothing is, and undefined when what is announced is no number. */
  readonly numberOfFrames: number | undefined;
}

/** Reads the image attributes at the top of `dataSet`. */
export function readImageFormat(dataSet: DataSet, store: HeaderStore): ImageFormat {
  const number = (tag: Tag): number => unsignedOf(dataSet, store, tag);
  return {
    rows: number(tags.rows),
    columns: number(tags.columns),
    samplesPerPixel: number(tags.samplesPerPixel),
    bitsAllocated: number(tags.bitsAllocated),
    bitsStored: number(tags.bitsStored),
    highBit: number(tags.highBit),
    pixelRepresentation: number(tags.pixelRepresentation),
    planarConfiguration: number(tags.planarConfiguration),
    photometricInterpretation: asciiOf(dataSet, store, tags.photometricInterpretation),
    numberOfFrames: frameCount(asciiOf(dataSet, store, tags.numberOfFrames)),
  };
}

/** Returns the bits of one native frame without padding, or 0 when they cannot be told. `bytes` are there in all: chroma may be halved or not. PS3.3 § C.7.6.3.1.2. */
export function frameBits(format: ImageFormat, pixelDataTag: Tag, bytes: number): number {
  const { rows, columns, samplesPerPixel, numberOfFrames = 1 } = format;
  const pixels = rows * columns;
  if (pixelDataTag === tags.floatPixelData) return pixels * 32;
  if (pixelDataTag === tags.doubleFloatPixelData) return pixels * 64;
  const full = pixels * samplesPerPixel * format.bitsAllocated;
  const halved = samplesPerPixel === 3 && /^YBR_(?:FULL|PARTIAL)_422$/.test(format.photometricInterpretation);
  // Some systems say 4:2:2 of what they have decompressed to full chroma; the length tells.
  const isFull = bytes === evenBytes(full * numberOfFrames);
  return halved && !isFull ? pixels * 2 * format.bitsAllocated : full;
}

/** Returns the bytes that native pixel data should have, without padding. */
export function announcedBytes(format: ImageFormat, pixelDataTag: Tag): number {
  return Math.ceil((frameBits(format, pixelDataTag, 0) * (format.numberOfFrames ?? 1)) / 8);
}

/** Reads a UID, code or number string as ASCII, without what pads it; empty when missing. Other bytes become "?". */
export function asciiOf(dataSet: DataSet, store: HeaderStore, tag: Tag): string {
  const element = findElement(dataSet, tag);
  if (element === undefined || element.inSource || element.items !== undefined || element.length > 256) return "";
  let text = "";
  for (const byte of storedBytes(store, element)) text += byte < 0x80 ? String.fromCharCode(byte) : "?";
  return text.replace(/^ +/, "").replace(/[ \0]+$/, "");
}

function unsignedOf(dataSet: DataSet, store: HeaderStore, tag: Tag): number {
  const element = findElement(dataSet, tag);
  if (element?.length !== 2 || element.items !== undefined) return 0;
  const [first = 0, second = 0] = storedBytes(store, element);
  return dataSet.bigEndian && element.vr !== "UN" ? first * 256 + second : second * 256 + first;
}

function frameCount(text: string): number | undefined {
  if (text === "") return 1;
  const count = /^\+?\d{1,12}$/.test(text) ? Number(text) : 0;
  return count > 0 ? count : undefined;
}

function evenBytes(bits: number): number {
  const bytes = Math.ceil(bits / 8);
  return bytes + (bytes % 2);
}
