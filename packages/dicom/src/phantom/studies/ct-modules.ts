// What every CT phantom's header says of its technique and place. DICOM PS3.3 § C.7.4.1, § C.7.6.2, § C.8.2.1.
import type { Attributes } from "../attributes.ts";
import { type Code, coded, type Examination, uidIn } from "./modules.ts";

/** How the scanner was set. */
export interface CtTechnique {
  readonly kernel: string;
  readonly kilovolts: number;
  readonly milliamperes: number;
  readonly rotationMs: number;
  readonly pitch: number;
  readonly filter: string;
  readonly doseIndexMgy: number;
  /** The dosimetry phantom the dose index refers to. PS3.16 CID 4052. */
  readonly dosePhantom: Code;
  readonly diameterMm: number;
}

/** Where a slice lies. */
export interface SlicePlace {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  /** The middle of the image from the patient's midline, towards the back. */
  readonly middleY: number;
  readonly z: number;
  readonly thicknessMm: number;
  readonly landmark: string;
}

/** The SOP Class of CT images. */
export const ctImage = "1.2.840.10008.5.1.4.1.1.2";

/** Returns frame of reference and image plane of an axial slice of a patient lying on the back, head first. */
export function slicePlane(examination: Examination, place: SlicePlace): Attributes {
  const { columns, rows, spacingMm, middleY, z, thicknessMm, landmark } = place;
  return {
    PatientPosition: "HFS",
    FrameOfReferenceUID: uidIn(examination, "frame-of-reference"),
    PositionReferenceIndicator: landmark,
    PixelSpacing: [spacingMm, spacingMm],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    ImagePositionPatient: [
      rounded((-(columns - 1) / 2) * spacingMm),
      rounded(middleY - ((rows - 1) / 2) * spacingMm),
      z,
    ],
    SliceThickness: thicknessMm,
    SliceLocation: z,
  };
}

/** Returns the CT image module and the event of irradiation. */
export function ctModule(examination: Examination, technique: CtTechnique): Attributes {
  const { kernel, kilovolts, milliamperes, rotationMs, pitch, filter, doseIndexMgy, dosePhantom, diameterMm } =
    technique;
  const collimationMm = 38.4;
  return {
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    AcquisitionNumber: 1,
    IrradiationEventUID: uidIn(examination, "irradiation"),
    ScanOptions: "HELIX",
    KVP: kilovolts,
    DataCollectionDiameter: 500,
    ReconstructionDiameter: diameterMm,
    DistanceSourceToDetector: 1085,
    DistanceSourceToPatient: 595,
    GantryDetectorTilt: 0,
    TableHeight: 152,
    RotationDirection: "CW",
    ExposureTime: rotationMs,
    XRayTubeCurrent: milliamperes,
    Exposure: Math.round((milliamperes * rotationMs) / 1000),
    FilterType: filter,
    GeneratorPower: 60,
    FocalSpots: 1.2,
    ConvolutionKernel: kernel,
    SingleCollimationWidth: 0.6,
    TotalCollimationWidth: collimationMm,
    TableSpeed: rounded((collimationMm * pitch * 1000) / rotationMs),
    TableFeedPerRotation: rounded(collimationMm * pitch),
    SpiralPitchFactor: pitch,
    ExposureModulationType: "XYZ",
    CTDIvol: doseIndexMgy,
    CTDIPhantomTypeCodeSequence: coded(dosePhantom),
    RescaleIntercept: -1024,
    RescaleSlope: 1,
    RescaleType: "HU",
  };
}

/** Returns millimetres to a thousandth, as headers state them. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
