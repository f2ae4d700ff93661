// A T2-weighted MR of the brain: 16 slices of 256 × 256. DICOM PS3.3 § A.4.
import { type Attributes, dataSet } from "../attributes.ts";
import { addNoise, blur } from "../drawing/finish.ts";
import { clear, plane } from "../drawing/plane.ts";
import type { DataSet } from "../element.ts";
import { momentAfter } from "../moment.ts";
import { writePart10 } from "../part10.ts";
import { headModel } from "../pictures/head-model.ts";
import { paintHead } from "../pictures/head-slice.ts";
import { headT2 } from "../pictures/head-values.ts";
import { slicePlane } from "./ct-modules.ts";
import { unsignedSamples } from "./finished.ts";
import { acquisitionModule, commonModules, type Examination, pixelModule, type SeriesFacts } from "./modules.ts";
import type { PhantomObject } from "./phantom-study.ts";

const stack = {
  count: 16,
  columns: 256,
  rows: 256,
  spacingMm: 0.86,
  firstZ: -40,
  stepMm: 6.5,
  thicknessMm: 5,
  middleY: 2,
} as const;

const series: SeriesFacts = {
  modality: "MR",
  number: 3,
  description: "T2 TSE axial",
  protocol: "Brain T2",
  bodyPart: "BRAIN",
  station: "MR 1",
};

const technique: Attributes = {
  ImageType: ["ORIGINAL", "PRIMARY", "OTHER"],
  AcquisitionNumber: 1,
  ScanningSequence: "SE",
  SequenceVariant: ["SK", "SP", "OSP"],
  ScanOptions: "FC",
  MRAcquisitionType: "2D",
  SequenceName: "tse2d1_15",
  RepetitionTime: 4600,
  EchoTime: 98,
  NumberOfAverages: 2,
  ImagingFrequency: 63.68,
  ImagedNucleus: "1H",
  EchoNumbers: 1,
  MagneticFieldStrength: 1.5,
  SpacingBetweenSlices: stack.stepMm,
  NumberOfPhaseEncodingSteps: 288,
  EchoTrainLength: 15,
  PercentSampling: 80,
  PercentPhaseFieldOfView: 100,
  PixelBandwidth: 191,
  ReconstructionDiameter: 220,
  ReceiveCoilName: "Head 16",
  TransmitCoilName: "Body",
  AcquisitionMatrix: [0, 256, 205, 0],
  InPlanePhaseEncodingDirection: "ROW",
  FlipAngle: 150,
  VariableFlipAngleFlag: "N",
  SAR: 0.82,
};

/** The number of slices. */
export const mrBrainCount = stack.count;

/** Draws the slices one by one, from the base up. */
export function* mrBrainObjects(examination: Examination): Generator<PhantomObject> {
  const { count, columns, rows, spacingMm, middleY } = stack;
  const { options, path } = examination;
  const model = headModel(headT2, options.seed, path);
  const target = plane(columns, rows, spacingMm, headT2.air, middleY);
  for (let index = 0; index < count; index++) {
    clear(target, headT2.air);
    paintHead(target, heightOf(index), model);
    addNoise(target, 26, options.seed, `${path}/noise/${index}`);
    blur(target, 0.5);
    const header = headerOf(examination, index, unsignedSamples(magnitude(target), 0, 0, 4095));
    const sopInstanceUid = header["00080018"]?.value as string;
    yield { fileName: `MR-${String(index + 1).padStart(4, "0")}.dcm`, sopInstanceUid, bytes: writePart10(header) };
  }
}

// A magnitude image has no negative signal: noise in air is folded up.
function magnitude(target: ReturnType<typeof plane>): ReturnType<typeof plane> {
  for (let at = 0; at < target.values.length; at++) target.values[at] = Math.abs(target.values[at] as number);
  return target;
}

function heightOf(index: number): number {
  return stack.firstZ + index * stack.stepMm;
}

function headerOf(examination: Examination, index: number, samples: Uint16Array): DataSet {
  const at = momentAfter(examination.startedAt.iso, 240);
  const { columns, rows, spacingMm, middleY, thicknessMm } = stack;
  return dataSet({
    ...commonModules(examination, series, { sopClass: "1.2.840.10008.5.1.4.1.1.4", instanceNumber: index + 1, at }),
    ...acquisitionModule(examination, at),
    ...slicePlane(examination, { columns, rows, spacingMm, middleY, z: heightOf(index), thicknessMm, landmark: "" }),
    ...technique,
    WindowCenter: 520,
    WindowWidth: 1100,
    ...pixelModule(columns, rows, 12, samples),
  });
}
