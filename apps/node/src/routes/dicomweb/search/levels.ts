// Which attributes belong to a study, a series, an instance: those of every answer, and those that come on request. DICOM PS3.18 § 10.6.3.3.
import { tagOfKeyword } from "@fiducial/dicom";
import { jsonTag } from "@fiducial/dicom/dicomweb";

export type Level = "study" | "series" | "instance";

/** The levels from the highest, each with its own attributes. */
const levels: readonly Level[] = ["study", "series", "instance"];

interface LevelAttributes {
  /** In every answer, as far as there are any. */
  readonly usual: readonly string[];
  /** Asked for by includefield. */
  readonly further: readonly string[];
}

/** By keyword. Everything else of a header belongs to the instance. */
const attributes: Readonly<Record<Level, LevelAttributes>> = {
  study: {
    usual: [
      ...["SpecificCharacterSet", "StudyDate", "StudyTime", "AccessionNumber", "InstanceAvailability"],
      ...["ModalitiesInStudy", "ReferringPhysicianName", "TimezoneOffsetFromUTC", "StudyDescription", "RetrieveURL"],
      ...["PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex", "StudyInstanceUID"],
      ...["StudyID", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances"],
    ],
    further: [
      ...["NameOfPhysiciansReadingStudy", "ProcedureCodeSequence", "PatientAge", "PatientSize", "PatientWeight"],
      ...["OtherPatientIDsSequence", "IssuerOfAccessionNumberSequence", "PatientComments", "AdmissionID"],
      ...["AdmittingDiagnosesDescription"],
    ],
  },
  series: {
    usual: [
      ...["Modality", "SeriesDescription", "SeriesInstanceUID", "SeriesNumber", "NumberOfSeriesRelatedInstances"],
      ...["PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime", "RequestAttributesSequence"],
    ],
    further: [
      ...["SeriesDate", "SeriesTime", "Manufacturer", "ManufacturerModelName", "InstitutionName", "StationName"],
      ...["BodyPartExamined", "ProtocolName", "PatientPosition", "Laterality", "FrameOfReferenceUID"],
      ...["OperatorsName", "PerformingPhysicianName"],
    ],
  },
  instance: {
    usual: [
      ...["SOPClassUID", "SOPInstanceUID", "InstanceNumber", "Rows", "Columns", "BitsAllocated", "NumberOfFrames"],
      ...["AvailableTransferSyntaxUID"],
    ],
    further: [],
  },
};

/** JSON tags of the level that stand in every answer. */
export function usualTags(level: Level): readonly string[] {
  return attributes[level].usual.map(tagOf);
}

/** JSON tags of the level that an answer may have. */
export function allTags(level: Level): readonly string[] {
  return [...attributes[level].usual, ...attributes[level].further].map(tagOf);
}

/** The level of a JSON tag. */
export function levelOf(tag: string): Level {
  return levels.find((level) => tagSets[level].has(tag)) ?? "instance";
}

/** Tells whether `level` is below `other`, or the same. */
export function isWithin(level: Level, other: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(other);
}

/** The JSON tag of a keyword that PS3.6 has. */
export function tagOf(keyword: string): string {
  return jsonTag(tagOfKeyword(keyword) as number);
}

const tagSets = {
  study: new Set(allTags("study")),
  series: new Set(allTags("series")),
  instance: new Set(allTags("instance")),
};
