// The story of the demonstration: a small hospital's fortnight, as a list of what happens, in the order in which it does.
import { roles } from "@fiducial/contract";
import { devices, type StationName } from "@fiducial/dicom/phantom";
import { calendarOf } from "./calendar.ts";
import type { Deed, Happening } from "./deed.ts";
import { incidentsOf } from "./incidents.ts";
import { arrivalOf, dailyOf, usualOf } from "./routine.ts";
import { visitsOf } from "./visits.ts";

/** Those of its people who sign with keys of their own. */
const signingRoles = ["technologist", "radiologist", "data-steward", "auditor", "administrator"] as const;

/** Returns what happens in a fortnight that begins at `beginsMs` (milliseconds since 1970): no two at one moment, none after its end. The same for the same beginning. */
export function storyOf(beginsMs: number): Happening[] {
  const calendar = calendarOf(beginsMs);
  const visits = visitsOf(calendar);
  const arrivals = visits.filter(({ phantom }) => phantom !== "sr-chest").map(arrivalOf);
  const studies = (atMs: number) => arrivals.filter((arrival) => arrival < atMs).length;
  const happenings = [
    ...founding(beginsMs),
    ...visits.flatMap((visit, at) => [...usualOf(visit, at), ...incidentsOf(visit, calendar)]),
    ...dailyOf(calendar, studies),
  ];
  const inOrder = happenings.sort((one, other) => one.atMs - other.atMs);
  return apart(inOrder).filter(({ atMs }) => atMs < calendar.endsMs);
}

// In the first minutes: what is there before the first patient comes.
function founding(beginsMs: number): Happening[] {
  const deeds: Deed[] = [
    ...(Object.keys(devices) as StationName[]).map((station): Deed => ({ does: "device-installed", station })),
    ...roles.map((role): Deed => ({ does: "person-joins", role })),
    ...signingRoles.map((role): Deed => ({ does: "key-given", role })),
  ];
  return deeds.map((deed, at) => ({ atMs: beginsMs + (at + 1) * 20_000, deed }));
}

// Nothing on a ward happens on the full minute; and a moment is what a happening is known by.
function apart(happenings: readonly Happening[]): Happening[] {
  let last = Number.NEGATIVE_INFINITY;
  return happenings.map(({ atMs, deed }, at) => {
    last = Math.max(atMs + ((at * 7919) % 41) * 1000 + ((at * 104_729) % 997), last + 1);
    return { atMs: last, deed };
  });
}
