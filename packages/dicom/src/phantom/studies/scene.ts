// Who is examined where: the invented patients, devices and hospital that all phantoms share.

import { type Moment, momentAfter } from "../moment.ts";
import { between, chanceOf } from "../random.ts";
import { phantomUid } from "../uid.ts";

/** What a set of phantoms is made from. The same values give the same bytes. */
export interface PhantomOptions {
  readonly seed: string;
  /** When the first examination begins: ISO 8601 with an offset. */
  readonly startedAt: string;
  /** The root of all UIDs, such as 2.25; at most 24 characters. */
  readonly uidRoot: string;
}

/** The hospital of the demonstration. */
export const hospital = {
  name: "Northlake Hospital (demo)",
  department: "Radiology",
  radiologist: "Lindström^Åsa^^Dr.",
  resident: "Okafor^Ben",
  referrer: "Köhler^Jörg^^Dr.",
  technologist: "Marsh^Ellen",
} as const;

/** Says in every object that nobody was imaged. */
export const demoComment = "Demo data: drawn by a program. No person was imaged.";

/** An invented patient. */
export interface PhantomPatient {
  readonly number: number;
  readonly name: string;
  readonly id: string;
  /** YYYYMMDD */
  readonly birthDate: string;
  readonly sex: "F" | "M";
  readonly sizeMetres: number;
  readonly weightKilograms: number;
}

/** Returns invented patient `index` (0, 1, …). */
export function demoPatient({ seed }: PhantomOptions, index: number): PhantomPatient {
  const number = 417 + 11 * index;
  const chance = chanceOf(seed, `patient/${number}`);
  const digits = String(number).padStart(4, "0");
  const month = 1 + Math.floor(12 * chance());
  const day = 1 + Math.floor(28 * chance());
  const year = 1944 + Math.floor(34 * chance());
  return {
    number,
    name: `Demo^Patient ${digits}`,
    id: `DEMO-${digits}`,
    birthDate: `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`,
    sex: index % 2 === 0 ? "M" : "F",
    sizeMetres: Math.round(between(chance, 160, 186)) / 100,
    weightKilograms: Math.round(between(chance, 58, 92)),
  };
}

/** A device of the demonstration. */
export interface PhantomDevice {
  readonly stationName: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly softwareVersions: readonly string[];
  /** GS1 form with a GTIN of the range kept for examples (952). */
  readonly udi: string;
  readonly calibratedDaysBefore: number;
}

/** The devices of the demonstration by station name. */
export const devices = {
  "CT 2": device("CT 2", "Phantom CT 64", "FP-CT-20417", ["CT-OS 4.2.1", "Recon 7.0"], "09521234000211", 12),
  "MR 1": device("MR 1", "Phantom MR 1.5", "FP-MR-10288", ["MR-OS 9.1.0"], "09521234000303", 33),
  "CR 1": device("CR 1", "Phantom CR 35", "FP-CR-10031", ["Plate Reader 2.8"], "09521234000105", 5),
  "READ 3": device("READ 3", "Phantom Reading Desk", "FP-WS-30007", ["Desk 5.4"], "09521234000402", 90),
} as const;

/** The station name of a device. */
export type StationName = keyof typeof devices;

/** Returns the Device UID (0018,1002) of a device. */
export function deviceUid(options: PhantomOptions, station: StationName): string {
  return phantomUid(options.uidRoot, options.seed, `device/${devices[station].serialNumber}`);
}

/** Returns when the device was last calibrated, at six in the morning some days before the first examination. */
export function lastCalibration({ startedAt }: PhantomOptions, station: StationName): Moment {
  const sixOClock = `${startedAt.slice(0, 10)}T06:00:00${/Z$|[+-]\d\d:\d\d$/.exec(startedAt)?.[0] ?? ""}`;
  return momentAfter(sixOClock, -86400 * devices[station].calibratedDaysBefore);
}

function device(
  stationName: string,
  model: string,
  serialNumber: string,
  softwareVersions: readonly string[],
  gtin: string,
  calibratedDaysBefore: number,
): PhantomDevice {
  return {
    stationName,
    manufacturer: "Fiducial Phantoms",
    model,
    serialNumber,
    softwareVersions,
    udi: `(01)${gtin}(21)${serialNumber}`,
    calibratedDaysBefore,
  };
}
