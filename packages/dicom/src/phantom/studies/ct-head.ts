// A CT of the head without contrast: 28 slices of 256 × 256, unsigned 12 bit, with a small haemorrhage. DICOM PS3.3 § A.3.
import { dataSet } from "../attributes.ts";
import { addNoise, blur } from "../drawing/finish.ts";
import { clear, plane } from "../drawing/plane.ts";
import type { DataSet } from "../element.ts";
import { momentAfter } from "../moment.ts";
import { writePart10 } from "../part10.ts";
import { type Haemorrhage, haemorrhageAt, headModel } from "../pictures/head-model.ts";
import { paintHead } from "../pictures/head-slice.ts";
import { headHu } from "../pictures/head-values.ts";
import { type CtTechnique, ctImage, ctModule, slicePlane } from "./ct-modules.ts";
import { unsignedSamples } from "./finished.ts";
import { acquisitionModule, commonModules, type Examination, pixelModule, type SeriesFacts, uidIn } from "./modules.ts";
import type { Mark, PhantomObject } from "./phantom-study.ts";

const stack = {
  count: 28,
  columns: 256,
  rows: 256,
  spacingMm: 0.86,
  firstZ: -52,
  stepMm: 5,
  middleY: 2,
  bleedSlice: 12,
} as const;

const series: SeriesFacts = {
  modality: "CT",
  number: 2,
  description: "Brain, axial 5.0 mm",
  protocol: "Head without contrast",
  bodyPart: "HEAD",
  station: "CT 2",
};

const technique: CtTechnique = {
  kernel: "H30",
  kilovolts: 120,
  milliamperes: 310,
  rotationMs: 1000,
  pitch: 0.55,
  filter: "HEAD",
  doseIndexMgy: 51.2,
  dosePhantom: ["113690", "DCM", "IEC Head Dosimetry Phantom"],
  diameterMm: 220,
};

/** The number of slices. */
export const ctHeadCount = stack.count;

/** Draws the slices one by one, from the base up. */
export function* ctHeadObjects(examination: Examination): Generator<PhantomObject> {
  const { count, columns, rows, spacingMm, middleY } = stack;
  const model = headModel(headHu, examination.options.seed, examination.path, bleedOf(examination));
  const target = plane(columns, rows, spacingMm, headHu.air, middleY);
  for (let index = 0; index < count; index++) {
    clear(target, headHu.air);
    paintHead(target, heightOf(index), model);
    addNoise(target, 6, examination.options.seed, `${examination.path}/noise/${index}`);
    blur(target, 0.65);
    const header = headerOf(examination, index, unsignedSamples(target, 1024, 0, 4095));
    yield { ...nameOf(examination, index), bytes: writePart10(header) };
  }
}

/** Returns where the haemorrhage is. */
export function ctHeadMarks(examination: Examination): Mark[] {
  const bleed = bleedOf(examination);
  const { columns, rows, spacingMm, middleY, bleedSlice } = stack;
  return [
    {
      finding: "haemorrhage",
      ...nameOf(examination, bleedSlice),
      column: Math.round(bleed.x / spacingMm + (columns - 1) / 2),
      row: Math.round((bleed.y - middleY) / spacingMm + (rows - 1) / 2),
      diameterMm: Math.round(2 * bleed.size),
      radius: Math.ceil(((bleed.size + bleed.rim) * 1.4) / spacingMm),
    },
  ];
}

function bleedOf({ options, path }: Examination): Haemorrhage {
  return haemorrhageAt(options.seed, path, heightOf(stack.bleedSlice));
}

function heightOf(index: number): number {
  return stack.firstZ + index * stack.stepMm;
}

function nameOf(examination: Examination, index: number): Pick<PhantomObject, "fileName" | "sopInstanceUid"> {
  return {
    fileName: `CT-${String(index + 1).padStart(4, "0")}.dcm`,
    sopInstanceUid: uidIn(examination, series.number, index + 1),
  };
}

function headerOf(examination: Examination, index: number, samples: Uint16Array): DataSet {
  const at = momentAfter(examination.startedAt.iso, 60 + 0.4 * index);
  const { columns, rows, spacingMm, middleY } = stack;
  return dataSet({
    ...commonModules(examination, series, { sopClass: ctImage, instanceNumber: index + 1, at }),
    ...acquisitionModule(examination, at),
    ...slicePlane(examination, {
      columns,
      rows,
      spacingMm,
      middleY,
      z: heightOf(index),
      thicknessMm: stack.stepMm,
      landmark: "OM",
    }),
    ...ctModule(examination, technique),
    WindowCenter: [40, 600],
    WindowWidth: [80, 2800],
    WindowCenterWidthExplanation: ["BRAIN", "BONE"],
    ...pixelModule(columns, rows, 12, samples),
  });
}
