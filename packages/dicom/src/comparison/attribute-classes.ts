// What kind of attribute changed: who or what the object is and belongs to, how its samples lie in space and value, or something else. DICOM PS3.3.
import { tagOfKeyword } from "../dictionary/dictionary.ts";
import { groupOf, type Tag } from "../dictionary/tag.ts";

/** The class of a changed attribute. Only `coercible` is harmless, and that depends on the change too: attribute-changes.ts. */
export type AttributeClass = "coercible" | "identity" | "geometry" | "other";

/** All of the patient, and of the clinical trial subject. */
const identityGroups: ReadonlySet<number> = new Set([0x0010, 0x0012]);

/** Order, study, series, object, and the device that made it. */
const identityKeywords = [
  "SOPClassUID",
  "SOPInstanceUID",
  "StudyInstanceUID",
  "SeriesInstanceUID",
  "AcquisitionUID",
  "ConcatenationUID",
  "AccessionNumber",
  "IssuerOfAccessionNumberSequence",
  "StudyID",
  "AdmissionID",
  "IssuerOfAdmissionIDSequence",
  "ServiceEpisodeID",
  "RequestedProcedureID",
  "ScheduledProcedureStepID",
  "PlacerOrderNumberImagingServiceRequest",
  "FillerOrderNumberImagingServiceRequest",
  "OrderPlacerIdentifierSequence",
  "OrderFillerIdentifierSequence",
  "RequestAttributesSequence",
  "ReferencedPatientSequence",
  "ReferencedStudySequence",
  "Modality",
  "Manufacturer",
  "ManufacturerModelName",
  "DeviceSerialNumber",
  "DeviceUID",
  "UDISequence",
] as const;

/** Where the samples are in the patient, which side they show, and what their numbers mean. */
const geometryKeywords = [
  "FrameOfReferenceUID",
  "SynchronizationFrameOfReferenceUID",
  "PositionReferenceIndicator",
  "ImagePositionPatient",
  "ImageOrientationPatient",
  "ImagePosition",
  "ImageOrientation",
  "PatientOrientation",
  "PatientPosition",
  "PatientOrientationCodeSequence",
  "PatientOrientationModifierCodeSequence",
  "PatientGantryRelationshipCodeSequence",
  "SliceLocation",
  "SliceThickness",
  "SpacingBetweenSlices",
  "PixelSpacing",
  "ImagerPixelSpacing",
  "NominalScannedPixelSpacing",
  "PixelSpacingCalibrationType",
  "PixelSpacingCalibrationDescription",
  "PixelAspectRatio",
  "EstimatedRadiographicMagnificationFactor",
  "DistanceSourceToDetector",
  "DistanceSourceToPatient",
  "DistanceSourceToEntrance",
  "ReconstructionDiameter",
  "GantryDetectorTilt",
  "TableHeight",
  "RotationDirection",
  "FieldOfViewDimensions",
  "FieldOfViewOrigin",
  "FieldOfViewRotation",
  "FieldOfViewHorizontalFlip",
  "Laterality",
  "ImageLaterality",
  "FrameLaterality",
  "ViewPosition",
  "ViewCodeSequence",
  "ViewModifierCodeSequence",
  "BodyPartExamined",
  "AnatomicRegionSequence",
  "PrimaryAnatomicStructureSequence",
  "Rows",
  "Columns",
  "NumberOfFrames",
  "FrameIncrementPointer",
  "FrameTimeVector",
  "FrameTime",
  "SamplesPerPixel",
  "PhotometricInterpretation",
  "PlanarConfiguration",
  "BitsAllocated",
  "BitsStored",
  "HighBit",
  "PixelRepresentation",
  "PixelPaddingValue",
  "PixelPaddingRangeLimit",
  "PixelIntensityRelationship",
  "PixelIntensityRelationshipSign",
  "RescaleIntercept",
  "RescaleSlope",
  "RescaleType",
  "ModalityLUTSequence",
  "RealWorldValueMappingSequence",
  "PixelValueTransformationSequence",
  "Units",
  "DecayCorrection",
  "DoseGridScaling",
  "DoseUnits",
  "DoseType",
  "GridFrameOffsetVector",
  "SharedFunctionalGroupsSequence",
  "PerFrameFunctionalGroupsSequence",
  "DimensionOrganizationSequence",
  "DimensionIndexSequence",
  "DimensionOrganizationType",
  "SequenceOfUltrasoundRegions",
  "TotalPixelMatrixColumns",
  "TotalPixelMatrixRows",
  "TotalPixelMatrixOriginSequence",
  "TotalPixelMatrixFocalPlanes",
  "ImageOrientationSlide",
  "ImagedVolumeWidth",
  "ImagedVolumeHeight",
  "ImagedVolumeDepth",
  "SegmentationType",
  "SegmentSequence",
  "MaximumFractionalValue",
  "NumberOfSlices",
  "NumberOfTemporalPositions",
  "TemporalPositionIdentifier",
  "SliceVector",
  "DetectorVector",
  "PhaseVector",
  "RotationVector",
  "AngularViewVector",
] as const;

const classOfTag: ReadonlyMap<Tag, AttributeClass> = new Map([
  ...identityKeywords.map((keyword) => [tagOfKeyword(keyword) as Tag, "identity"] as const),
  ...geometryKeywords.map((keyword) => [tagOfKeyword(keyword) as Tag, "geometry"] as const),
]);

/** Keywords with a class of their own, for the documentation. */
export const classedKeywords: Readonly<Record<"identity" | "geometry", readonly string[]>> = {
  identity: identityKeywords,
  geometry: geometryKeywords,
};

/** Returns the class of an attribute whose change is not harmless. Private attributes are `other`. */
export function attributeClass(tag: Tag, creator: string): AttributeClass {
  if (creator !== "") return "other";
  if (identityGroups.has(groupOf(tag))) return "identity";
  return classOfTag.get(tag) ?? "other";
}
