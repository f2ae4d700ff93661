// Which changed attributes are harmless, fiducial-coercible-v1: those that store, transport or find an object and say nothing of what it shows,
// of whom, by whom or how. docs/formats/fingerprints.md § Coercible attributes; DICOM PS3.4 § B.4.1.3, PS3.3 § C.12.1.

/**
 * When a change is harmless: `always`; when what stood there, if anything, still does and more has `grown` around it; when it has grown so
 * while the frames show the same, as `transcoded` ones do; when the frames were `re-encoded` and show the same.
 */
export type CoercibleWhen = "always" | "grown" | "transcoded" | "re-encoded";

/** The attributes by keyword. A later table takes a new name; what was judged by this one stays judged. */
export const coercibleAttributes: Readonly<Record<string, CoercibleWhen>> = {
  // What an archive writes to say where an object is and how to get it.
  InstanceCoercionDateTime: "always",
  RetrieveAETitle: "always",
  RetrieveURL: "always",
  RetrieveURI: "always",
  InstanceAvailability: "always",
  AvailableTransferSyntaxUID: "always",
  StorageMediaFileSetID: "always",
  StorageMediaFileSetUID: "always",
  InstanceOriginStatus: "always",
  SOPInstanceStatus: "always",
  SOPAuthorizationDateTime: "always",
  SOPAuthorizationComment: "always",
  AuthorizationEquipmentCertificationNumber: "always",
  // Answers to queries, which some archives leave in what they return.
  QueryRetrieveLevel: "always",
  QueryRetrieveView: "always",
  ModalitiesInStudy: "always",
  SOPClassesInStudy: "always",
  NumberOfPatientRelatedStudies: "always",
  NumberOfPatientRelatedSeries: "always",
  NumberOfPatientRelatedInstances: "always",
  NumberOfStudyRelatedSeries: "always",
  NumberOfStudyRelatedInstances: "always",
  NumberOfSeriesRelatedInstances: "always",
  // How text is written. Texts that it makes read otherwise are changes of their own.
  SpecificCharacterSet: "always",
  // Who changed or handled the object, and what stood there before. To lose what was said is no mere bookkeeping.
  OriginalAttributesSequence: "grown",
  ContributingEquipmentSequence: "grown",
  // What compressing and decompressing leave behind. That an image was never compressed with loss cannot be said later.
  DerivationDescription: "transcoded",
  DerivationCodeSequence: "transcoded",
  LossyImageCompression: "transcoded",
  LossyImageCompressionRatio: "transcoded",
  LossyImageCompressionMethod: "transcoded",
  // How samples are laid out, once it is known that they are the same.
  PlanarConfiguration: "re-encoded",
  BitsAllocated: "re-encoded",
  HighBit: "re-encoded",
  PhotometricInterpretation: "re-encoded",
};
