// What happens to every visit and on every day: objects arrive, go to the PACS, are looked at; copies are checked; people look through lists.
import type { Calendar } from "./calendar.ts";
import type { Deed, Happening } from "./deed.ts";
import type { Visit } from "./visits.ts";

const minute = 60_000;

/** How many objects of a visit arrive at first when the rest comes later. */
const atFirst = 3;

/** Minutes from the beginning of an examination until its objects are here: reports and full studies take their time. */
const underWay: Readonly<Record<Visit["phantom"], number>> = {
  "cr-chest": 6,
  "ct-chest": 14,
  "sr-chest": 9,
  "ct-head": 99,
  "mr-brain": 102,
};

/** When a visit's objects are here. */
export function arrivalOf({ atMs, phantom }: Visit): number {
  return atMs + underWay[phantom] * minute;
}

/** What happens to the visit that is number `at`: the same for every one of its kind. */
export function usualOf(visit: Visit, at: number): Happening[] {
  const { objects = Number.POSITIVE_INFINITY, special, phantom } = visit;
  const to = special === "extended" ? atFirst : objects;
  const isPicture = phantom !== "sr-chest";
  const after = (minutes: number, deed: Deed): Happening => ({ atMs: arrivalOf(visit) + minutes * minute, deed });
  const viewed = { does: "record-read", visit, what: isPicture ? "images" : "report", action: "view" } as const;
  const pacs = { visit, direction: "sent", other: "ARCHIVE", protocol: "DIMSE", purpose: "TREAT" } as const;
  return [
    after(0, { does: "objects-arrive", visit, from: 0, to, copy: "same" }),
    ...(at % 3 === 0 ? [] : [after(4, { ...viewed, role: "technologist" })]),
    after(7, { does: "study-transferred", ...pacs }),
    ...(phantom === "ct-head" || phantom === "mr-brain"
      ? [after(12, { does: "copy-verified", visit, copy: "same" })]
      : []),
    after(31 + ((at * 13) % 29), { ...viewed, role: "radiologist" }),
    ...(at % 5 === 2 ? [after(190, { ...viewed, what: "study", role: "radiologist" })] : []),
  ];
}

/** What happens on every day of the calendar, whoever comes. `studies` tells how many are registered at a moment. */
export function dailyOf(calendar: Calendar, studies: (atMs: number) => number): Happening[] {
  return Array.from({ length: 14 }, (_, at) => at + 1).flatMap((day) => {
    const listed = (
      time: string,
      deed: Omit<Extract<Deed, { does: "record-read" }>, "does" | "studies">,
    ): Happening => {
      const atMs = calendar.at(day, time);
      const isList = deed.what === "study-list";
      return { atMs, deed: { does: "record-read", ...deed, ...(isList && { studies: studies(atMs) }) } };
    };
    if (calendar.isWeekend(day)) return [listed("10:41", { role: "radiologist", what: "study-list", action: "view" })];
    return [
      listed("07:21", { role: "radiologist", what: "study-list", action: "view" }),
      ...(day % 3 === 0 ? [listed("16:48", { role: "physicist", what: "study-list", action: "search" })] : []),
      ...(day % 4 === 1 ? [listed("15:05", { role: "auditor", what: "access-list", action: "view" })] : []),
      ...(day % 5 === 2 ? [listed("11:52", { role: "data-steward", what: "access-list", action: "view" })] : []),
    ];
  });
}
