// Who comes to the demonstration's hospital, and for what: invented patients by number, examined on phantom devices.
import type { PhantomName } from "@fiducial/dicom/phantom";
import type { Calendar } from "./calendar.ts";

/** One visit: what was made, of whom, when. */
export interface Visit {
  readonly phantom: PhantomName;
  /** The number of the invented patient: 0, 1, … */
  readonly patient: number;
  /** When the examination begins, in milliseconds since 1970. */
  readonly atMs: number;
  /** How many objects are made; all, unless told. */
  readonly objects?: number;
  /** Something besides the usual happens to it. */
  readonly special?: Special;
}

/** What the story tells of a visit besides the usual. */
export type Special =
  | "altered"
  | "corrected"
  | "emergency"
  | "extended"
  | "held"
  | "received"
  | "rejected"
  | "retained"
  | "returned";

type Case = readonly [patient: number, phantom: PhantomName, objects?: number, special?: Special];

/** In the order in which they come. What follows a special one for days stands early enough. */
const cases: readonly Case[] = [
  [3, "cr-chest"],
  [4, "ct-head", 6],
  [5, "mr-brain", 4, "rejected"],
  [6, "cr-chest", 1, "returned"],
  [7, "ct-chest", 5],
  [8, "cr-chest"],
  [9, "ct-head", 5, "held"],
  [10, "mr-brain", 5],
  [11, "cr-chest"],
  [3, "ct-chest", 6, "extended"],
  [12, "cr-chest", 1, "corrected"],
  [13, "ct-head", 28, "altered"],
  [14, "mr-brain", 4, "received"],
  [15, "cr-chest"],
  [16, "ct-chest", 4, "retained"],
  [17, "cr-chest"],
  [18, "ct-head", 6],
  [4, "mr-brain", 5],
  [19, "cr-chest"],
  [6, "ct-chest", 5],
  [8, "ct-head", 5, "emergency"],
  [7, "cr-chest"],
  [9, "mr-brain", 4],
  [10, "cr-chest"],
  [12, "ct-head", 6],
  [14, "cr-chest"],
  [16, "mr-brain", 4],
  [18, "cr-chest"],
  [11, "ct-head", 5],
  [13, "cr-chest"],
  [15, "mr-brain", 5],
  [5, "cr-chest"],
];

/** When patients come: on a working day, and on one of rest. */
const working = ["07:52", "10:24", "13:37"];
const resting = ["11:16"];

/** The last day on which they come before yesterday. */
const lastDay = 12;

/** Yesterday's: in full, since they are what a visitor looks at first. Minutes after eight are those of the phantoms' own schedule. */
const yesterdays: readonly (readonly [PhantomName, patient: number, time: string])[] = [
  ["cr-chest", 0, "08:00"],
  ["ct-chest", 0, "08:41"],
  ["sr-chest", 0, "09:41"],
  ["ct-head", 1, "08:17"],
  ["mr-brain", 2, "08:34"],
];

/** Returns the visits of a fortnight, in the order in which their objects arrive. */
export function visitsOf(calendar: Calendar): Visit[] {
  const slots = Array.from({ length: lastDay }, (_, at) => at + 1).flatMap((day) =>
    (calendar.isWeekend(day) ? resting : working).map((time) => calendar.at(day, time)),
  );
  const before = slots.flatMap((atMs, at): Visit[] => {
    const [patient, phantom, objects, special] = cases[at] ?? [];
    if (patient === undefined || phantom === undefined) return [];
    return [{ patient, phantom, atMs, ...(objects && { objects }), ...(special && { special }) }];
  });
  const last = yesterdays.map(([phantom, patient, time]): Visit => ({ phantom, patient, atMs: calendar.at(13, time) }));
  return [...before, ...last];
}
