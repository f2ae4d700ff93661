// The attributes that phantoms have, by keyword, so that a header reads as in the standard. DICOM PS3.6.
import type { BytesVr, DataSet, Element, NumberVr, Samples, TextVr } from "./element.ts";

/** Values by keyword; what is undefined is left out, and "" writes an empty element. */
export type Attributes = { readonly [K in Keyword]?: ValueFor<(typeof table)[K][1]> | undefined };

/** A keyword of `table`. */
export type Keyword = keyof typeof table;

/** Returns the tag of `keyword` as eight upper-case hex digits. */
export function tagOf(keyword: Keyword): string {
  return table[keyword][0];
}

/** Returns the VR of `keyword`. */
export function vrOf(keyword: Keyword): Element["vr"] {
  return table[keyword][1];
}

/** Every keyword there is. */
export function keywords(): Keyword[] {
  return Object.keys(table) as Keyword[];
}

/** Returns the elements that `attributes` describe. */
export function dataSet(attributes: Attributes): DataSet {
  const elements: Record<string, Element> = {};
  for (const [keyword, value] of Object.entries(attributes)) {
    const [tag, vr] = table[keyword as Keyword];
    if (value !== undefined) elements[tag] = elementOf(vr, value);
  }
  return elements;
}

type ValueFor<V> = V extends "DS" | "IS"
  ? string | number | readonly number[]
  : V extends TextVr
    ? string | readonly string[]
    : V extends NumberVr
      ? number | readonly number[]
      : V extends BytesVr
        ? Samples
        : readonly Attributes[];

function elementOf(vr: Element["vr"], value: unknown): Element {
  return (vr === "SQ" ? { vr, value: (value as readonly Attributes[]).map(dataSet) } : { vr, value }) as Element;
}

const table = {
  SpecificCharacterSet: ["00080005", "CS"],
  ImageType: ["00080008", "CS"],
  InstanceCreationDate: ["00080012", "DA"],
  InstanceCreationTime: ["00080013", "TM"],
  SOPClassUID: ["00080016", "UI"],
  SOPInstanceUID: ["00080018", "UI"],
  StudyDate: ["00080020", "DA"],
  SeriesDate: ["00080021", "DA"],
  AcquisitionDate: ["00080022", "DA"],
  ContentDate: ["00080023", "DA"],
  StudyTime: ["00080030", "TM"],
  SeriesTime: ["00080031", "TM"],
  AcquisitionTime: ["00080032", "TM"],
  ContentTime: ["00080033", "TM"],
  AccessionNumber: ["00080050", "SH"],
  RetrieveAETitle: ["00080054", "AE"],
  Modality: ["00080060", "CS"],
  ConversionType: ["00080064", "CS"],
  Manufacturer: ["00080070", "LO"],
  InstitutionName: ["00080080", "LO"],
  ReferringPhysicianName: ["00080090", "PN"],
  CodeValue: ["00080100", "SH"],
  CodingSchemeDesignator: ["00080102", "SH"],
  CodeMeaning: ["00080104", "LO"],
  MappingResource: ["00080105", "CS"],
  TimezoneOffsetFromUTC: ["00080201", "SH"],
  StationName: ["00081010", "SH"],
  StudyDescription: ["00081030", "LO"],
  ProcedureCodeSequence: ["00081032", "SQ"],
  SeriesDescription: ["0008103E", "LO"],
  InstitutionalDepartmentName: ["00081040", "LO"],
  OperatorsName: ["00081070", "PN"],
  ManufacturerModelName: ["00081090", "LO"],
  ReferencedStudySequence: ["00081110", "SQ"],
  ReferencedPerformedProcedureStepSequence: ["00081111", "SQ"],
  ReferencedSeriesSequence: ["00081115", "SQ"],
  ReferencedSOPClassUID: ["00081150", "UI"],
  ReferencedSOPInstanceUID: ["00081155", "UI"],
  ReferencedSOPSequence: ["00081199", "SQ"],
  IrradiationEventUID: ["00083010", "UI"],
  PatientName: ["00100010", "PN"],
  PatientID: ["00100020", "LO"],
  IssuerOfPatientID: ["00100021", "LO"],
  PatientBirthDate: ["00100030", "DA"],
  PatientSex: ["00100040", "CS"],
  PatientAge: ["00101010", "AS"],
  PatientSize: ["00101020", "DS"],
  PatientWeight: ["00101030", "DS"],
  PatientComments: ["00104000", "LT"],
  ContrastBolusAgent: ["00180010", "LO"],
  BodyPartExamined: ["00180015", "CS"],
  ScanningSequence: ["00180020", "CS"],
  SequenceVariant: ["00180021", "CS"],
  ScanOptions: ["00180022", "CS"],
  MRAcquisitionType: ["00180023", "CS"],
  SequenceName: ["00180024", "SH"],
  SliceThickness: ["00180050", "DS"],
  KVP: ["00180060", "DS"],
  RepetitionTime: ["00180080", "DS"],
  EchoTime: ["00180081", "DS"],
  NumberOfAverages: ["00180083", "DS"],
  ImagingFrequency: ["00180084", "DS"],
  ImagedNucleus: ["00180085", "SH"],
  EchoNumbers: ["00180086", "IS"],
  MagneticFieldStrength: ["00180087", "DS"],
  SpacingBetweenSlices: ["00180088", "DS"],
  NumberOfPhaseEncodingSteps: ["00180089", "IS"],
  DataCollectionDiameter: ["00180090", "DS"],
  EchoTrainLength: ["00180091", "IS"],
  PercentSampling: ["00180093", "DS"],
  PercentPhaseFieldOfView: ["00180094", "DS"],
  PixelBandwidth: ["00180095", "DS"],
  DeviceSerialNumber: ["00181000", "LO"],
  DeviceUID: ["00181002", "UI"],
  PlateID: ["00181004", "LO"],
  UniqueDeviceIdentifier: ["00181009", "UT"],
  UDISequence: ["0018100A", "SQ"],
  SoftwareVersions: ["00181020", "LO"],
  ProtocolName: ["00181030", "LO"],
  ContrastBolusRoute: ["00181040", "LO"],
  ContrastBolusVolume: ["00181041", "DS"],
  ReconstructionDiameter: ["00181100", "DS"],
  DistanceSourceToDetector: ["00181110", "DS"],
  DistanceSourceToPatient: ["00181111", "DS"],
  GantryDetectorTilt: ["00181120", "DS"],
  TableHeight: ["00181130", "DS"],
  RotationDirection: ["00181140", "CS"],
  ExposureTime: ["00181150", "IS"],
  XRayTubeCurrent: ["00181151", "IS"],
  Exposure: ["00181152", "IS"],
  ExposureInuAs: ["00181153", "IS"],
  FilterType: ["00181160", "SH"],
  ImagerPixelSpacing: ["00181164", "DS"],
  GeneratorPower: ["00181170", "IS"],
  CollimatorGridName: ["00181180", "SH"],
  FocalSpots: ["00181190", "DS"],
  DateOfLastCalibration: ["00181200", "DA"],
  TimeOfLastCalibration: ["00181201", "TM"],
  ConvolutionKernel: ["00181210", "SH"],
  ReceiveCoilName: ["00181250", "SH"],
  TransmitCoilName: ["00181251", "SH"],
  PlateType: ["00181260", "SH"],
  PhosphorType: ["00181261", "LO"],
  AcquisitionMatrix: ["00181310", "US"],
  InPlanePhaseEncodingDirection: ["00181312", "CS"],
  FlipAngle: ["00181314", "DS"],
  VariableFlipAngleFlag: ["00181315", "CS"],
  SAR: ["00181316", "DS"],
  AcquisitionDeviceProcessingDescription: ["00181400", "LO"],
  CassetteOrientation: ["00181402", "CS"],
  CassetteSize: ["00181403", "CS"],
  ExposuresOnPlate: ["00181404", "US"],
  ExposureIndex: ["00181411", "DS"],
  TargetExposureIndex: ["00181412", "DS"],
  DeviationIndex: ["00181413", "DS"],
  PatientPosition: ["00185100", "CS"],
  ViewPosition: ["00185101", "CS"],
  Sensitivity: ["00186000", "DS"],
  SingleCollimationWidth: ["00189306", "FD"],
  TotalCollimationWidth: ["00189307", "FD"],
  TableSpeed: ["00189309", "FD"],
  TableFeedPerRotation: ["00189310", "FD"],
  SpiralPitchFactor: ["00189311", "FD"],
  ExposureModulationType: ["00189323", "CS"],
  CTDIvol: ["00189345", "FD"],
  CTDIPhantomTypeCodeSequence: ["00189346", "SQ"],
  StudyInstanceUID: ["0020000D", "UI"],
  SeriesInstanceUID: ["0020000E", "UI"],
  StudyID: ["00200010", "SH"],
  SeriesNumber: ["00200011", "IS"],
  AcquisitionNumber: ["00200012", "IS"],
  InstanceNumber: ["00200013", "IS"],
  PatientOrientation: ["00200020", "CS"],
  ImagePositionPatient: ["00200032", "DS"],
  ImageOrientationPatient: ["00200037", "DS"],
  FrameOfReferenceUID: ["00200052", "UI"],
  PositionReferenceIndicator: ["00201040", "LO"],
  SliceLocation: ["00201041", "DS"],
  SamplesPerPixel: ["00280002", "US"],
  PhotometricInterpretation: ["00280004", "CS"],
  Rows: ["00280010", "US"],
  Columns: ["00280011", "US"],
  PixelSpacing: ["00280030", "DS"],
  BitsAllocated: ["00280100", "US"],
  BitsStored: ["00280101", "US"],
  HighBit: ["00280102", "US"],
  PixelRepresentation: ["00280103", "US"],
  BurnedInAnnotation: ["00280301", "CS"],
  WindowCenter: ["00281050", "DS"],
  WindowWidth: ["00281051", "DS"],
  RescaleIntercept: ["00281052", "DS"],
  RescaleSlope: ["00281053", "DS"],
  RescaleType: ["00281054", "LO"],
  WindowCenterWidthExplanation: ["00281055", "LO"],
  LossyImageCompression: ["00282110", "CS"],
  RequestedProcedureDescription: ["00321060", "LO"],
  RequestedProcedureCodeSequence: ["00321064", "SQ"],
  ScheduledProcedureStepDescription: ["00400007", "LO"],
  ScheduledProcedureStepID: ["00400009", "SH"],
  PerformedProcedureStepStartDate: ["00400244", "DA"],
  PerformedProcedureStepStartTime: ["00400245", "TM"],
  PerformedProcedureStepID: ["00400253", "SH"],
  PerformedProcedureStepDescription: ["00400254", "LO"],
  RequestAttributesSequence: ["00400275", "SQ"],
  MeasurementUnitsCodeSequence: ["004008EA", "SQ"],
  RequestedProcedureID: ["00401001", "SH"],
  ReasonForTheRequestedProcedure: ["00401002", "LO"],
  PlacerOrderNumberImagingServiceRequest: ["00402016", "LO"],
  FillerOrderNumberImagingServiceRequest: ["00402017", "LO"],
  RelationshipType: ["0040A010", "CS"],
  VerifyingOrganization: ["0040A027", "LO"],
  VerificationDateTime: ["0040A030", "DT"],
  ValueType: ["0040A040", "CS"],
  ConceptNameCodeSequence: ["0040A043", "SQ"],
  ContinuityOfContent: ["0040A050", "CS"],
  VerifyingObserverSequence: ["0040A073", "SQ"],
  VerifyingObserverName: ["0040A075", "PN"],
  VerifyingObserverIdentificationCodeSequence: ["0040A088", "SQ"],
  PersonName: ["0040A123", "PN"],
  UID: ["0040A124", "UI"],
  TextValue: ["0040A160", "UT"],
  ConceptCodeSequence: ["0040A168", "SQ"],
  MeasuredValueSequence: ["0040A300", "SQ"],
  NumericValue: ["0040A30A", "DS"],
  ReferencedRequestSequence: ["0040A370", "SQ"],
  PerformedProcedureCodeSequence: ["0040A372", "SQ"],
  CurrentRequestedProcedureEvidenceSequence: ["0040A375", "SQ"],
  CompletionFlag: ["0040A491", "CS"],
  VerificationFlag: ["0040A493", "CS"],
  ContentTemplateSequence: ["0040A504", "SQ"],
  ContentSequence: ["0040A730", "SQ"],
  TemplateIdentifier: ["0040DB00", "CS"],
  PresentationLUTShape: ["20500020", "CS"],
  PixelData: ["7FE00010", "OW"],
} as const satisfies Readonly<Record<string, readonly [tag: string, vr: Element["vr"]]>>;
