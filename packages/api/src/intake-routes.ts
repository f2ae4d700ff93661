// Addresses that files are sent to: to be registered, or to be compared.
import { z } from "zod";
import { HandleField } from "./fields.ts";
import { FileVerdict, IntakeOpened, IntakeRegistered, ObjectTaken } from "./intakes.ts";
import type { Route } from "./route.ts";

const uploadProblems = ["REQUEST_TOO_LARGE", "TOO_MANY_UPLOADS"] as const;

export const intakeRoutes = {
  openIntake: {
    method: "POST",
    path: "/api/v1/intakes",
    says: "Opens an intake, into which objects are sent before they are registered. One that is left alone for a quarter of an hour closes, and what it took is gone.",
    answer: IntakeOpened,
    problems: ["TOO_MANY_INTAKES"],
  },
  takeObject: {
    method: "POST",
    path: "/api/v1/intakes/{intake}/objects",
    says: "Sends one DICOM file into an intake.",
    parameters: z.object({ intake: HandleField }),
    upload: "application/dicom",
    answer: ObjectTaken,
    problems: [...uploadProblems, "INTAKE_UNKNOWN", "INTAKE_FULL", "INTAKES_FULL"],
  },
  registerIntake: {
    method: "POST",
    path: "/api/v1/intakes/{intake}/registration",
    says: "Registers everything an intake has taken, one statement for each study, and closes it.",
    parameters: z.object({ intake: HandleField }),
    answer: IntakeRegistered,
    problems: ["INTAKE_UNKNOWN", "DISK_FULL", "VAULT_FULL"],
  },
  verification: {
    method: "POST",
    path: "/api/v1/verifications",
    says: "Compares a DICOM file with what is registered. Nothing of it is kept.",
    upload: "application/dicom",
    answer: FileVerdict,
    problems: uploadProblems,
  },
} as const satisfies Readonly<Record<string, Route>>;
