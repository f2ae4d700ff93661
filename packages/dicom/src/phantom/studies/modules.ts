// The modules that the phantoms' headers share. DICOM PS3.3 § C.7, § C.12.1.
import type { Attributes } from "../attributes.ts";
import { ageBetween, type Moment } from "../moment.ts";
import { phantomUid } from "../uid.ts";
import {
  demoComment,
  demoPatient,
  devices,
  deviceUid,
  hospital,
  lastCalibration,
  type PhantomOptions,
  type StationName,
} from "./scene.ts";

/** One examination: who, when, why, and under which accession. */
export interface Examination {
  readonly options: PhantomOptions;
  /** The index of the patient. */
  readonly patient: number;
  /** Names the examination in the paths of its UIDs. */
  readonly path: string;
  readonly accessionNumber: string;
  readonly startedAt: Moment;
  readonly description: string;
  readonly reason: string;
  readonly procedure: Code;
}

/** A coded concept: value, scheme, meaning. PS3.3 § 8. */
export type Code = readonly [value: string, scheme: string, meaning: string];

/** What tells one series of an examination from another. */
export interface SeriesFacts {
  readonly modality: string;
  readonly number: number;
  readonly description: string;
  readonly protocol: string | undefined;
  readonly bodyPart: string | undefined;
  readonly station: StationName;
}

/** What tells one object of a series from another. */
export interface ObjectFacts {
  readonly sopClass: string;
  readonly instanceNumber: number;
  readonly at: Moment;
}

/** Returns the UID of `path` within an examination. */
export function uidIn({ options, path }: Examination, ...parts: readonly (string | number)[]): string {
  return phantomUid(options.uidRoot, options.seed, [path, ...parts].join("/"));
}

/** Returns a code sequence of one item. */
export function coded([value, scheme, meaning]: Code): Attributes[] {
  return [{ CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }];
}

/** Returns everything that does not depend on the kind of object: patient, study, series, equipment, SOP common. */
export function commonModules(examination: Examination, series: SeriesFacts, object: ObjectFacts): Attributes {
  return {
    ...patientModule(examination),
    ...studyModule(examination),
    ...seriesModule(examination, series),
    ...equipmentModule(examination.options, series.station),
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: object.sopClass,
    SOPInstanceUID: uidIn(examination, series.number, object.instanceNumber),
    InstanceCreationDate: object.at.date,
    InstanceCreationTime: object.at.time,
    InstanceNumber: object.instanceNumber,
    ContentDate: object.at.date,
    ContentTime: object.at.time,
    TimezoneOffsetFromUTC: object.at.offset,
  };
}

function patientModule({ options, patient, startedAt }: Examination): Attributes {
  const { name, id, birthDate, sex, sizeMetres, weightKilograms } = demoPatient(options, patient);
  return {
    PatientName: name,
    PatientID: id,
    IssuerOfPatientID: "NORTHLAKE-DEMO",
    PatientBirthDate: birthDate,
    PatientSex: sex,
    PatientAge: ageBetween(birthDate, startedAt.date),
    PatientSize: sizeMetres,
    PatientWeight: weightKilograms,
    PatientComments: demoComment,
  };
}

function studyModule(examination: Examination): Attributes {
  const { accessionNumber, startedAt, description, procedure } = examination;
  return {
    StudyInstanceUID: uidIn(examination),
    StudyDate: startedAt.date,
    StudyTime: startedAt.time,
    StudyID: accessionNumber,
    AccessionNumber: accessionNumber,
    ReferringPhysicianName: hospital.referrer,
    StudyDescription: description,
    ProcedureCodeSequence: coded(procedure),
  };
}

function seriesModule(examination: Examination, series: SeriesFacts): Attributes {
  const { modality, number, description, protocol, bodyPart } = series;
  return {
    Modality: modality,
    SeriesInstanceUID: uidIn(examination, number),
    SeriesNumber: number,
    SeriesDescription: description,
    ProtocolName: protocol,
    BodyPartExamined: bodyPart,
  };
}

/** Returns what an acquisition adds to an object: when, by whom, on whose request. */
export function acquisitionModule(
  { accessionNumber, startedAt, description, reason }: Examination,
  at: Moment,
): Attributes {
  return {
    AcquisitionDate: at.date,
    AcquisitionTime: at.time,
    SeriesDate: startedAt.date,
    SeriesTime: startedAt.time,
    OperatorsName: hospital.technologist,
    PerformedProcedureStepStartDate: startedAt.date,
    PerformedProcedureStepStartTime: startedAt.time,
    PerformedProcedureStepID: `${accessionNumber}-P`,
    PerformedProcedureStepDescription: description,
    RequestAttributesSequence: [
      {
        RequestedProcedureID: `${accessionNumber}-R`,
        RequestedProcedureDescription: description,
        ReasonForTheRequestedProcedure: reason,
        ScheduledProcedureStepID: `${accessionNumber}-S`,
        ScheduledProcedureStepDescription: description,
      },
    ],
  };
}

function equipmentModule(options: PhantomOptions, station: StationName): Attributes {
  const { manufacturer, model, serialNumber, softwareVersions, udi } = devices[station];
  const calibration = lastCalibration(options, station);
  return {
    Manufacturer: manufacturer,
    ManufacturerModelName: model,
    DeviceSerialNumber: serialNumber,
    SoftwareVersions: softwareVersions,
    DeviceUID: deviceUid(options, station),
    UDISequence: [{ UniqueDeviceIdentifier: udi }],
    StationName: station,
    InstitutionName: hospital.name,
    InstitutionalDepartmentName: hospital.department,
    DateOfLastCalibration: calibration.date,
    TimeOfLastCalibration: calibration.time,
  };
}

/** Returns the image pixel module of one grey 16-bit frame. PS3.3 § C.7.6.3. */
export function pixelModule(
  columns: number,
  rows: number,
  bitsStored: number,
  samples: Int16Array | Uint16Array,
): Attributes {
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: bitsStored,
    HighBit: bitsStored - 1,
    PixelRepresentation: samples instanceof Int16Array ? 1 : 0,
    BurnedInAnnotation: "NO",
    LossyImageCompression: "00",
    PixelData: samples,
  };
}
