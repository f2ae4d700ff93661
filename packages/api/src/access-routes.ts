// Addresses of who was shown what.
import { z } from "zod";
import {
  AccessesQuery,
  AccessFilter,
  AccessNames,
  AccessNamesRequest,
  AccessPage,
  NamedAccessFilter,
  StudyAccessesQuery,
} from "./accesses.ts";
import { HandleField } from "./fields.ts";
import type { Route } from "./route.ts";

export const accessRoutes = {
  studyAccesses: {
    method: "GET",
    path: "/api/v1/studies/{study}/accesses",
    says: "Who was shown what of a study, by role, newest first.",
    parameters: z.object({ study: HandleField }),
    query: StudyAccessesQuery,
    answer: AccessPage,
    problems: ["STUDY_UNKNOWN"],
  },
  accesses: {
    method: "GET",
    path: "/api/v1/accesses",
    says: "Who was shown what, by role, newest first.",
    query: AccessesQuery,
    answer: AccessPage,
    problems: [],
  },
  accessesCsv: {
    method: "GET",
    path: "/api/v1/accesses/export.csv",
    says: "The same without pages, as a table for spreadsheets (RFC 4180). Cells that a spreadsheet would take for a formula begin with an apostrophe. Of a study, the field Fiducial-List-Reads says how many reads of lists may have shown it and are not in the table.",
    query: AccessFilter,
    answer: "text/csv",
    problems: [],
  },
  accessesJson: {
    method: "GET",
    path: "/api/v1/accesses/export.json",
    says: "The same without pages, as a list in JSON, with the same field.",
    query: AccessFilter,
    answer: "application/json",
    problems: [],
  },
  namedAccessesCsv: {
    method: "POST",
    path: "/api/v1/accesses/export.csv",
    says: "The same table with the names of readers, for a reason, which is recorded.",
    body: NamedAccessFilter,
    answer: "text/csv",
    problems: [],
  },
  namedAccessesJson: {
    method: "POST",
    path: "/api/v1/accesses/export.json",
    says: "The same list with the names of readers, for a reason, which is recorded.",
    body: NamedAccessFilter,
    answer: "application/json",
    problems: [],
  },
  accessNames: {
    method: "POST",
    path: "/api/v1/accesses/names",
    says: "Who some readers are, for a reason, which is recorded.",
    body: AccessNamesRequest,
    answer: AccessNames,
    problems: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
