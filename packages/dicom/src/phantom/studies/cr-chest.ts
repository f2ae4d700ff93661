// A radiograph of the chest from behind: one image of 880 × 1072, 12 bit. DICOM PS3.3 § A.2.
import { type Attributes, dataSet } from "../attributes.ts";
import { addNoise, blur } from "../drawing/finish.ts";
import { points } from "../drawing/outline.ts";
import { fill, type Plane } from "../drawing/plane.ts";
import { momentAfter } from "../moment.ts";
import { writePart10 } from "../part10.ts";
import type { ChestModel } from "../pictures/chest-model.ts";
import { projectChest } from "../pictures/chest-projection.ts";
import { unsignedSamples } from "./finished.ts";
import { acquisitionModule, commonModules, type Examination, pixelModule, type SeriesFacts } from "./modules.ts";
import type { PhantomObject } from "./phantom-study.ts";

const image = { columns: 880, rows: 1072, spacingMm: 0.4, middleZ: -26 } as const;

const series: SeriesFacts = {
  modality: "CR",
  number: 1,
  description: "Chest PA",
  protocol: "Chest PA upright",
  bodyPart: "CHEST",
  station: "CR 1",
};

const technique: Attributes = {
  ImageType: ["ORIGINAL", "PRIMARY"],
  AcquisitionNumber: 1,
  ViewPosition: "PA",
  PatientOrientation: ["L", "F"],
  KVP: 125,
  PlateID: "FP-PLATE-07",
  DistanceSourceToDetector: 1800,
  ExposureTime: 8,
  XRayTubeCurrent: 250,
  Exposure: 2,
  ExposureInuAs: 2000,
  FilterType: "FLAT",
  CollimatorGridName: "FOCUSED",
  FocalSpots: 0.6,
  PlateType: "35X43",
  PhosphorType: "BAFBR",
  Sensitivity: 400,
  CassetteOrientation: "PORTRAIT",
  CassetteSize: "35CMX43CM",
  ExposuresOnPlate: 1,
  ImagerPixelSpacing: [image.spacingMm, image.spacingMm],
  AcquisitionDeviceProcessingDescription: "Chest, standard",
  ExposureIndex: 287,
  TargetExposureIndex: 250,
  DeviationIndex: 0.6,
  WindowCenter: 2048,
  WindowWidth: 4096,
  PresentationLUTShape: "IDENTITY",
};

/** Draws the one image. */
export function* crChestObjects(examination: Examination, model: ChestModel): Generator<PhantomObject> {
  const { columns, rows } = image;
  const rays = projectChest(columns, rows, image.spacingMm, image.middleZ, model);
  addNoise(rays, 5, examination.options.seed, `${examination.path}/noise`);
  blur(rays, 0.8);
  develop(rays);
  const at = momentAfter(examination.startedAt.iso, 30);
  const header = dataSet({
    ...commonModules(examination, series, { sopClass: "1.2.840.10008.5.1.4.1.1.1", instanceNumber: 1, at }),
    ...acquisitionModule(examination, at),
    ...technique,
    ...pixelModule(columns, rows, 12, unsignedSamples(rays, 0, 0, 4095)),
  });
  yield { fileName: "CR-0001.dcm", sopInstanceUid: header["00080018"]?.value as string, bytes: writePart10(header) };
}

// Film-like: steep in the middle, flat in lung-free and in dense parts. The L of lead marks the left side.
function develop(rays: Plane): void {
  const { values } = rays;
  for (let at = 0; at < values.length; at++) values[at] = 4095 / (1 + Math.exp(-((values[at] as number) - 156) / 42));
  fill(rays, points([143, -176, 147, -176, 147, -161, 155, -161, 155, -157, 143, -157]), 4000);
}
