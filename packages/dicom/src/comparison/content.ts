// Objects without frames: which of their attributes are what they say, and which only say whose and whence. DICOM PS3.3 § A.35 (SR), § A.19 ff. (RT), § A.33 (PR).
import { tagOfKeyword } from "../dictionary/dictionary.ts";
import { groupOf, type Tag } from "../dictionary/tag.ts";
import { attributeClass } from "./attribute-classes.ts";

/** Attributes around a document: of the study, the series, the equipment and the visit. Everything else in a standard object is content. */
const contextKeywords = [
  "SpecificCharacterSet",
  "InstanceCreationDate",
  "InstanceCreationTime",
  "InstanceCreatorUID",
  "StudyDate",
  "SeriesDate",
  "AcquisitionDate",
  "ContentDate",
  "AcquisitionDateTime",
  "StudyTime",
  "SeriesTime",
  "AcquisitionTime",
  "ContentTime",
  "TimezoneOffsetFromUTC",
  "InstitutionName",
  "InstitutionAddress",
  "InstitutionCodeSequence",
  "InstitutionalDepartmentName",
  "InstitutionalDepartmentTypeCodeSequence",
  "ReferringPhysicianName",
  "ReferringPhysicianAddress",
  "ReferringPhysicianTelephoneNumbers",
  "ReferringPhysicianIdentificationSequence",
  "ConsultingPhysicianName",
  "ConsultingPhysicianIdentificationSequence",
  "PhysiciansOfRecord",
  "PhysiciansOfRecordIdentificationSequence",
  "PerformingPhysicianName",
  "PerformingPhysicianIdentificationSequence",
  "NameOfPhysiciansReadingStudy",
  "PhysiciansReadingStudyIdentificationSequence",
  "OperatorsName",
  "OperatorIdentificationSequence",
  "RequestingPhysician",
  "RequestingService",
  "StationName",
  "SoftwareVersions",
  "StudyDescription",
  "SeriesDescription",
  "SeriesDescriptionCodeSequence",
  "ProcedureCodeSequence",
  "ProtocolName",
  "AdmittingDiagnosesDescription",
  "AdmittingDiagnosesCodeSequence",
  "ReferencedPerformedProcedureStepSequence",
  "PerformedProcedureStepStartDate",
  "PerformedProcedureStepStartTime",
  "PerformedProcedureStepEndDate",
  "PerformedProcedureStepEndTime",
  "PerformedProcedureStepID",
  "PerformedProcedureStepDescription",
  "PerformedProcedureCodeSequence",
  "CommentsOnThePerformedProcedureStep",
  "ReasonForTheRequestedProcedure",
  "ReasonForRequestedProcedureCodeSequence",
  "RequestedProcedureDescription",
  "RequestedProcedureCodeSequence",
  "SeriesNumber",
  "AcquisitionNumber",
  "InstanceNumber",
  "DateOfLastCalibration",
  "TimeOfLastCalibration",
] as const;

/** Groups of the patient's visit and of scheduling. */
const contextGroups: ReadonlySet<number> = new Set([0x0032, 0x0038]);
const contextTags: ReadonlySet<Tag> = new Set(contextKeywords.map((keyword) => tagOfKeyword(keyword) as Tag));

/** Raw data are private by nature. PS3.3 § A.37. */
const rawDataStorage = "1.2.840.10008.5.1.4.1.1.66";
const standardClass = /^1\.2\.840\.10008\./;

/** Keywords of the attributes that are not content, for the documentation. */
export const documentContext: readonly string[] = contextKeywords;

/** Tells whether a change of this attribute changes what an object without frames says. Private attributes do so only where the class is private or raw data. */
export function isContent(tag: Tag, creator: string, sopClassUid: string | undefined): boolean {
  if ((groupOf(tag) & 1) === 1 || creator !== "")
    return sopClassUid === rawDataStorage || !standardClass.test(sopClassUid ?? "");
  return attributeClass(tag, creator) !== "identity" && !contextGroups.has(groupOf(tag)) && !contextTags.has(tag);
}
