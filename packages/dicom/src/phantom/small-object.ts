// Small whole objects for property tests and benches, and copies of an object under new UIDs.
import { utf8 } from "@fiducial/core";
import { type Attributes, dataSet } from "./attributes.ts";
import type { DataSet, Element, Samples } from "./element.ts";
import { type ElementPlace, elementPlaces } from "./element-walk.ts";
import { explicitForm, type Form, writePart10 } from "./part10.ts";
import { PhantomError } from "./phantom-error.ts";
import { phantomUid } from "./uid.ts";

/** What a small object shall be; everything has a default. */
export interface SmallObjectOptions {
  readonly kind?: "CT" | "SC";
  /** The UIDs follow from it. */
  readonly seed?: string;
  readonly columns?: number;
  readonly rows?: number;
  /** One sample a pixel: 16 bits for CT, 8 bits for SC. Without them a ramp is drawn. */
  readonly pixels?: Samples;
  /** Attributes to change or to add, by keyword. */
  readonly attributes?: Attributes;
  /** Elements to change or to add, by tag; undefined leaves one out. */
  readonly elements?: { readonly [tag: string]: Element | undefined };
  readonly form?: Form;
}

/** Returns a valid CT or Secondary Capture image of a few kilobytes (16 × 16 unless told). Throws VALUE_UNFIT. */
export function smallObject(options: SmallObjectOptions = {}): Uint8Array {
  return writePart10(smallDataSet(options), options.form ?? explicitForm);
}

/** Returns the elements of `smallObject(options)`. */
export function smallDataSet(options: SmallObjectOptions = {}): DataSet {
  const { kind = "CT", seed = "small", columns = 16, rows = 16 } = options;
  const pixels = options.pixels ?? ramp(kind, columns * rows);
  const elements: Record<string, Element> = {
    ...dataSet({
      ...shared(seed, kind),
      ...(kind === "CT" ? ctParts(seed) : scParts),
      ...pixelParts(columns, rows, pixels),
      ...options.attributes,
    }),
  };
  for (const [tag, element] of Object.entries(options.elements ?? {})) {
    if (element === undefined) delete elements[tag];
    else elements[tag] = element;
  }
  return elements;
}

/** UIDs to stamp over those of an object; those not given stay. */
export interface NewUids {
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid?: string;
  readonly studyInstanceUid?: string;
}

/**
 * Returns a copy under new UIDs, SOP Instance UID in the file meta information too; no byte moves, so each must be as long as the one
 * it replaces, which `phantomUid` under the same root always is. Throws NOT_A_PHANTOM, UID_LENGTH_DIFFERS.
 */
export function clone(bytes: Uint8Array, newUids: NewUids): Uint8Array {
  return cloner(bytes)(newUids);
}

/** Returns `clone` for one object, whose elements are found only once: for thousands of copies. Throws NOT_A_PHANTOM. */
export function cloner(bytes: Uint8Array): (newUids: NewUids) => Uint8Array {
  const places = elementPlaces(bytes).filter(({ tag }) => tag in replaced);
  return (newUids) => {
    const copy = bytes.slice();
    for (const place of places) stamp(copy, place, newUids[replaced[place.tag] as keyof NewUids]);
    return copy;
  };
}

const replaced: Readonly<Record<string, keyof NewUids>> = {
  "00020003": "sopInstanceUid",
  "00080018": "sopInstanceUid",
  "0020000D": "studyInstanceUid",
  "0020000E": "seriesInstanceUid",
};

function stamp(copy: Uint8Array, { tag, valueStart, end }: ElementPlace, uid: string | undefined): void {
  if (uid === undefined) return;
  const written = utf8(uid);
  if (written.length + (written.length % 2) !== end - valueStart) throw new PhantomError("UID_LENGTH_DIFFERS", tag);
  copy.fill(0, valueStart, end);
  copy.set(written, valueStart);
}

const sopClasses = { CT: "1.2.840.10008.5.1.4.1.1.2", SC: "1.2.840.10008.5.1.4.1.1.7" } as const;

function shared(seed: string, kind: "CT" | "SC"): Attributes {
  return {
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: sopClasses[kind],
    SOPInstanceUID: phantomUid("2.25", seed, "instance"),
    StudyInstanceUID: phantomUid("2.25", seed, "study"),
    SeriesInstanceUID: phantomUid("2.25", seed, "series"),
    StudyDate: "20261118",
    StudyTime: "084100",
    ContentDate: "20261118",
    ContentTime: "084100",
    AccessionNumber: "26-100001",
    Modality: kind === "CT" ? "CT" : "OT",
    Manufacturer: "Fiducial Phantoms",
    ReferringPhysicianName: "",
    PatientName: "Demo^Small",
    PatientID: "DEMO-SMALL",
    PatientBirthDate: "",
    PatientSex: "",
    StudyID: "1",
    SeriesNumber: 1,
    BodyPartExamined: "CHEST",
    InstanceNumber: 1,
    PatientOrientation: kind === "CT" ? undefined : "",
  };
}

function ctParts(seed: string): Attributes {
  return {
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    AcquisitionNumber: 1,
    KVP: 120,
    PatientPosition: "HFS",
    FrameOfReferenceUID: phantomUid("2.25", seed, "frame-of-reference"),
    PositionReferenceIndicator: "",
    PixelSpacing: [1, 1],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    ImagePositionPatient: [0, 0, 0],
    SliceThickness: 1,
    RescaleIntercept: -1024,
    RescaleSlope: 1,
    RescaleType: "HU",
  };
}

const scParts: Attributes = { ConversionType: "SYN", ImageType: ["DERIVED", "SECONDARY"] };

function pixelParts(columns: number, rows: number, pixels: Samples): Attributes {
  const bits = 8 * pixels.BYTES_PER_ELEMENT;
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: rows,
    Columns: columns,
    BitsAllocated: bits,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: pixels instanceof Int16Array ? 1 : 0,
    PixelData: pixels,
  };
}

function ramp(kind: "CT" | "SC", count: number): Samples {
  return kind === "CT"
    ? Uint16Array.from({ length: count }, (_, at) => (at * 37) % 4096)
    : Uint8Array.from({ length: count }, (_, at) => at & 255);
}
