// What a phantom study is to those who use it.

/** Where something was drawn on purpose, so that a demonstration can point at it. */
export interface Mark {
  readonly finding: "nodule" | "haemorrhage";
  readonly fileName: string;
  readonly sopInstanceUid: string;
  /** The centre, in samples from the first (0). */
  readonly column: number;
  readonly row: number;
  readonly diameterMm: number;
  /** A circle of this many samples covers it. */
  readonly radius: number;
}

/** One file of a study. */
export interface PhantomObject {
  readonly fileName: string;
  readonly sopInstanceUid: string;
  readonly bytes: Uint8Array;
}

/** The phantoms there are; a report stands in the study of its CT. */
export type PhantomName = "ct-chest" | "cr-chest" | "ct-head" | "mr-brain" | "sr-chest";

/** A study, or the part of it that one device makes. */
export interface PhantomStudy {
  readonly name: PhantomName;
  readonly modality: "CT" | "CR" | "MR" | "SR";
  readonly title: string;
  readonly patientId: string;
  readonly accessionNumber: string;
  readonly studyInstanceUid: string;
  readonly stationName: string;
  /** When it begins: ISO 8601 with offset. */
  readonly startedAt: string;
  readonly objectCount: number;
  readonly marks: readonly Mark[];
  /** The objects, drawn anew each time they are asked for. */
  readonly objects: Iterable<PhantomObject>;
}
