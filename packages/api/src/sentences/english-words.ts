// Words that English sentences are made of.
import { chosen, counter } from "./wording.ts";

export const counted: (count: number, one: string, many: string) => string = counter("en-GB");

const modalityNames = {
  CR: "X-ray",
  DX: "X-ray",
  MG: "mammography",
  US: "ultrasound",
  XA: "angiography",
  RF: "fluoroscopy",
  PT: "PET",
  NM: "nuclear medicine",
  SM: "microscopy",
  ECG: "ECG",
  SR: "structured report",
  SEG: "segmentation",
};

/** What is counted or named in a sentence, and in other places too. */
export const englishWords = {
  modality: (code: string): string => chosen(modalityNames, code, code),
  objects: (count: number): string => counted(count, "object", "objects"),
};
