// Phantom studies by name: invented patients, examined on invented devices, the same for the same arguments.
import { momentAfter } from "./moment.ts";
import type { ChestModel } from "./pictures/chest-model.ts";
import { chestModel } from "./pictures/chest-model.ts";
import { crChestObjects } from "./studies/cr-chest.ts";
import { chestHeight, chestStack, ctChestMarks, ctChestObjects } from "./studies/ct-chest.ts";
import { ctHeadCount, ctHeadMarks, ctHeadObjects } from "./studies/ct-head.ts";
import { type Code, type Examination, uidIn } from "./studies/modules.ts";
import { mrBrainCount, mrBrainObjects } from "./studies/mr-brain.ts";
import type { Mark, PhantomName, PhantomObject, PhantomStudy } from "./studies/phantom-study.ts";
import { demoPatient, type PhantomOptions, type StationName } from "./studies/scene.ts";
import { srChestObjects } from "./studies/sr-chest.ts";

/**
 * Returns the studies of `patients` invented patients in the order of their visits. Every third has the same visits: radiograph,
 * CT and report of the chest; CT of the head; MR of the brain. Three patients make the base: 76 objects, about 24 MB.
 * Nothing is drawn before it is asked for. Throws START_UNFIT, UID_ROOT_UNFIT.
 */
export function phantomStudies(options: PhantomOptions & { readonly patients: number }): PhantomStudy[] {
  return Array.from({ length: options.patients }, (_, patient) => patient).flatMap((patient) => {
    const chest = chestOnce(options, patient);
    return (visits[patient % visits.length] ?? []).map((name) => study(name, options, patient, chest));
  });
}

/** Returns one study by name, for the first patient who has it or for patient `patient` (0, 1, …). Throws START_UNFIT, UID_ROOT_UNFIT. */
export function phantom(name: PhantomName, options: PhantomOptions & { readonly patient?: number }): PhantomStudy {
  const patient = options.patient ?? visits.findIndex((names) => names.includes(name));
  return study(name, options, patient, chestOnce(options, patient));
}

const visits: readonly (readonly PhantomName[])[] = [["cr-chest", "ct-chest", "sr-chest"], ["ct-head"], ["mr-brain"]];

interface Recipe {
  readonly modality: PhantomStudy["modality"];
  readonly station: StationName;
  readonly title: string;
  /** The study it belongs to; a report belongs to that of its images. */
  readonly of: PhantomName;
  /** Minutes after the first examination of the same patient. */
  readonly minutes: number;
  readonly reason: string;
  readonly procedure: Code;
  readonly count: number;
}

const chestCt: Omit<Recipe, "modality" | "station" | "minutes" | "count"> = {
  title: "CT chest with contrast",
  of: "ct-chest",
  reason: "Cough for six weeks",
  procedure: ["24628-0", "LN", "CT Chest W contrast IV"],
};

const recipes: Readonly<Record<PhantomName, Recipe>> = {
  "ct-chest": { ...chestCt, modality: "CT", station: "CT 2", minutes: 41, count: chestStack.count },
  "sr-chest": { ...chestCt, modality: "SR", station: "READ 3", minutes: 101, count: 1 },
  "cr-chest": {
    modality: "CR",
    station: "CR 1",
    title: "Chest PA",
    of: "cr-chest",
    minutes: 0,
    reason: "Cough for six weeks",
    procedure: ["24648-8", "LN", "XR Chest PA upright"],
    count: 1,
  },
  "ct-head": {
    modality: "CT",
    station: "CT 2",
    title: "CT head without contrast",
    of: "ct-head",
    minutes: 0,
    reason: "Sudden weakness of one side",
    procedure: ["30799-1", "LN", "CT Head WO contrast"],
    count: ctHeadCount,
  },
  "mr-brain": {
    modality: "MR",
    station: "MR 1",
    title: "MR brain T2",
    of: "mr-brain",
    minutes: 0,
    reason: "Headache, follow-up",
    procedure: ["24590-2", "LN", "MR Brain"],
    count: mrBrainCount,
  },
};

/** Minutes between two patients' first examinations. */
const minutesApart = 17;

function study(name: PhantomName, options: PhantomOptions, patient: number, chest: () => ChestModel): PhantomStudy {
  const { modality, station, title, minutes, count } = recipes[name];
  const examination = examinationOf(recipes[name], options, patient);
  const startedAt = momentAfter(options.startedAt, 60 * (minutes + minutesApart * patient));
  const marks = once(() => marksOf(name, examination, chest));
  return {
    name,
    modality,
    title,
    patientId: demoPatient(options, patient).id,
    accessionNumber: examination.accessionNumber,
    studyInstanceUid: uidIn(examination),
    stationName: station,
    startedAt: startedAt.iso,
    objectCount: count,
    get marks() {
      return marks();
    },
    objects: { [Symbol.iterator]: () => objectsOf(name, examination, chest, startedAt.iso) },
  };
}

function examinationOf(
  { of, procedure, reason, title }: Recipe,
  options: PhantomOptions,
  patient: number,
): Examination {
  const { minutes } = recipes[of];
  const startedAt = momentAfter(options.startedAt, 60 * (minutes + minutesApart * patient));
  const order = Object.keys(recipes).indexOf(of);
  const accessionNumber = `${startedAt.date.slice(2, 4)}-${118842 + 7 * order + 50 * patient}`;
  const path = `${demoPatient(options, patient).id}/${of}`;
  return { options, patient, path, accessionNumber, startedAt, description: title, reason, procedure };
}

function objectsOf(
  name: PhantomName,
  examination: Examination,
  chest: () => ChestModel,
  at: string,
): Iterator<PhantomObject> {
  switch (name) {
    case "ct-chest":
      return ctChestObjects(examination, chest());
    case "cr-chest":
      return crChestObjects(examination, chest());
    case "ct-head":
      return ctHeadObjects(examination);
    case "mr-brain":
      return mrBrainObjects(examination);
    case "sr-chest":
      return srChestObjects(examination, ctChestMarks(examination, chest()), momentAfter(at, 0));
  }
}

function marksOf(name: PhantomName, examination: Examination, chest: () => ChestModel): readonly Mark[] {
  if (name === "ct-head") return ctHeadMarks(examination);
  return name === "ct-chest" || name === "sr-chest" ? ctChestMarks(examination, chest()) : [];
}

function chestOnce(options: PhantomOptions, patient: number): () => ChestModel {
  return once(() => chestModel(options.seed, demoPatient(options, patient).id, chestHeight(chestStack.noduleSlice)));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
