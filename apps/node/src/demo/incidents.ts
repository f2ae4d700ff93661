// What happens once: a header that a PACS changed, an altered copy, a patient mistaken for another, a hold, an emergency.
import type { Calendar } from "./calendar.ts";
import type { Happening } from "./deed.ts";
import { arrivalOf } from "./routine.ts";
import type { Special, Visit } from "./visits.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What happens to a visit besides the usual. */
export function incidentsOf(visit: Visit, calendar: Calendar): Happening[] {
  return visit.special === undefined ? [] : incidents[visit.special](visit, arrivalOf(visit), calendar);
}

/** Whom the mistaken patient turns out to be. */
const rightPatient = 17;

const incidents: Readonly<Record<Special, (visit: Visit, here: number, calendar: Calendar) => Happening[]>> = {
  returned: (visit, here) => [
    {
      atMs: here + 22 * hour,
      deed: {
        ...{ does: "study-transferred", visit, direction: "received" },
        ...{ other: "ARCHIVE", protocol: "DIMSE", purpose: "TREAT" },
      },
    },
    {
      atMs: here + 22 * hour + minute,
      deed: { does: "copy-verified", visit, copy: "from-pacs" },
    },
    {
      atMs: here + 22 * hour + 3 * minute,
      deed: { does: "objects-arrive", visit, from: 0, to: 1, copy: "from-pacs" },
    },
    {
      atMs: here + 22 * hour + 40 * minute,
      deed: { does: "record-read", visit, role: "radiologist", what: "images", action: "view" },
    },
  ],
  altered: (visit, here) => [
    {
      atMs: here + 3 * day + 2 * hour,
      deed: { does: "copy-verified", visit, copy: "altered", role: "radiologist" },
    },
    {
      atMs: here + 3 * day + 2 * hour + 11 * minute,
      deed: { does: "record-read", visit, role: "data-steward", what: "study", action: "view" },
    },
    {
      atMs: here + 3 * day + 3 * hour,
      deed: { does: "copy-verified", visit, copy: "same", role: "data-steward" },
    },
  ],
  rejected: (visit, here) => [
    { atMs: here + 18 * minute, deed: { does: "series-rejected", visit, role: "technologist" } },
  ],
  extended: (visit, here) => [
    {
      atMs: here + 26 * minute,
      deed: { does: "objects-arrive", visit, from: 3, to: visit.objects ?? 3, copy: "same" },
    },
  ],
  received: (visit, here) => [
    {
      atMs: here + 2 * minute,
      deed: {
        ...{ does: "study-transferred", visit, direction: "received" },
        ...{ other: "RIVERSIDE CLINIC (demo)", protocol: "DICOMweb", purpose: "TREAT" },
      },
    },
  ],
  held: (visit, here) => [
    { atMs: here + 26 * hour, deed: { does: "hold-placed", visit, role: "data-steward" } },
    {
      atMs: here + 26 * hour + 25 * minute,
      deed: { does: "record-read", visit, role: "auditor", what: "entry", action: "view", purpose: "HLEGAL" },
    },
    { atMs: here + 6 * day, deed: { does: "hold-released", visit, role: "data-steward" } },
  ],
  retained: (visit, here) => [
    {
      atMs: here + 5 * hour,
      deed: { does: "retention-set", visit, role: "data-steward", untilMs: here + 3650 * day },
    },
  ],
  corrected: (visit, here) => [
    {
      atMs: here + 23 * hour,
      deed: { does: "patient-corrected", visit, role: "data-steward", patient: rightPatient },
    },
    { atMs: here + 25 * hour, deed: { does: "correction-completed", visit, role: "administrator" } },
  ],
  // In the last night but one, so that whoever starts the demonstration finds it waiting.
  emergency: (visit, _, calendar) => [
    {
      atMs: calendar.at(13, "02:41"),
      deed: {
        ...{ does: "record-read", visit, role: "radiologist", what: "images", action: "view" },
        ...{ purpose: "BTG", remark: "Demonstration: patient unconscious, no time to ask." },
      },
    },
    {
      atMs: calendar.at(13, "11:12"),
      deed: { does: "record-read", visit, role: "referrer", what: "study", action: "view", outcome: "refused" },
    },
  ],
};
