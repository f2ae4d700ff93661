// A CT of the chest after contrast: 30 slices of 512 × 512, signed, with padding outside the circle. DICOM PS3.3 § A.3.
import { dataSet } from "../attributes.ts";
import { addNoise, blur } from "../drawing/finish.ts";
import { clear, plane } from "../drawing/plane.ts";
import type { DataSet } from "../element.ts";
import { momentAfter } from "../moment.ts";
import { writePart10 } from "../part10.ts";
import { type ChestModel, noduleDiameter } from "../pictures/chest-model.ts";
import { paintChest } from "../pictures/chest-slice.ts";
import { type CtTechnique, ctImage, ctModule, slicePlane } from "./ct-modules.ts";
import { signedSamplesInCircle } from "./finished.ts";
import { acquisitionModule, commonModules, type Examination, pixelModule, type SeriesFacts, uidIn } from "./modules.ts";
import type { Mark, PhantomObject } from "./phantom-study.ts";

/** The stack of slices, from the top down; `noduleSlice` counts from 0. */
export const chestStack = {
  count: 30,
  columns: 512,
  rows: 512,
  spacingMm: 0.742,
  firstZ: 116,
  stepMm: -8,
  middleY: 8,
  noduleSlice: 8,
} as const;

const series: SeriesFacts = {
  modality: "CT",
  number: 1,
  description: "Lung, axial 8.0 mm",
  protocol: "Chest with contrast",
  bodyPart: "CHEST",
  station: "CT 2",
};

const technique: CtTechnique = {
  kernel: "L60",
  kilovolts: 120,
  milliamperes: 210,
  rotationMs: 500,
  pitch: 1.2,
  filter: "BODY",
  doseIndexMgy: 6.4,
  dosePhantom: ["113691", "DCM", "IEC Body Dosimetry Phantom"],
  diameterMm: 380,
};

const padding = -2000;

/** Returns the height of slice `index` (from 0) in the patient, millimetres. */
export function chestHeight(index: number): number {
  return chestStack.firstZ + index * chestStack.stepMm;
}

/** Draws the slices one by one. */
export function* ctChestObjects(examination: Examination, model: ChestModel): Generator<PhantomObject> {
  const { count, columns, rows, spacingMm, stepMm, middleY } = chestStack;
  const target = plane(columns, rows, spacingMm, -1000, middleY);
  for (let index = 0; index < count; index++) {
    clear(target, -1000);
    paintChest(target, { z: chestHeight(index), half: -stepMm / 2 }, model);
    addNoise(target, 22, examination.options.seed, `${examination.path}/noise/${index}`);
    blur(target, 0.75);
    const header = headerOf(examination, index, signedSamplesInCircle(target, 1024, padding));
    yield { ...nameOf(examination, index), bytes: writePart10(header) };
  }
}

/** Returns where the nodule is. */
export function ctChestMarks(examination: Examination, { nodule }: ChestModel): Mark[] {
  if (nodule === undefined) return [];
  const { columns, rows, spacingMm, middleY, noduleSlice } = chestStack;
  return [
    {
      finding: "nodule",
      ...nameOf(examination, noduleSlice),
      column: Math.round(nodule.centre.x / spacingMm + (columns - 1) / 2),
      row: Math.round((nodule.centre.y - middleY) / spacingMm + (rows - 1) / 2),
      diameterMm: noduleDiameter,
      radius: Math.ceil(12 / spacingMm),
    },
  ];
}

function nameOf(examination: Examination, index: number): Pick<PhantomObject, "fileName" | "sopInstanceUid"> {
  return {
    fileName: `CT-${String(index + 1).padStart(4, "0")}.dcm`,
    sopInstanceUid: uidIn(examination, series.number, index + 1),
  };
}

function headerOf(examination: Examination, index: number, samples: Int16Array): DataSet {
  const at = momentAfter(examination.startedAt.iso, 95 + 0.2 * index);
  const { columns, rows, spacingMm, middleY } = chestStack;
  const attributes = dataSet({
    ...commonModules(examination, series, { sopClass: ctImage, instanceNumber: index + 1, at }),
    ...acquisitionModule(examination, at),
    ...slicePlane(examination, {
      columns,
      rows,
      spacingMm,
      middleY,
      z: chestHeight(index),
      thicknessMm: 8,
      landmark: "SN",
    }),
    ...ctModule(examination, technique),
    ContrastBolusAgent: "Demo contrast 300 mg I/ml",
    ContrastBolusRoute: "INTRAVENOUS",
    ContrastBolusVolume: 80,
    WindowCenter: [-600, 40],
    WindowWidth: [1500, 400],
    WindowCenterWidthExplanation: ["LUNG", "MEDIASTINUM"],
    ...pixelModule(columns, rows, 16, samples),
  });
  return { ...attributes, "00280120": { vr: "SS", value: padding } };
}
