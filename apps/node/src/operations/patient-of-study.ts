// Whom a study is of, as its last correction says, else as its registration does.
import { subjectCorrected } from "@fiducial/contract";
import { isJsonObject, type Json } from "@fiducial/core";
import type { PatientIdentity } from "@fiducial/vault";
import { wholeHistoryOf } from "../logs/history.ts";
import type { Site } from "./site.ts";

/** The patient's id and its issuer; undefined when the images named nobody, or nothing of it is kept. */
export function patientOf({ logs, vault }: Pick<Site, "logs" | "vault">, study: string): PatientIdentity | undefined {
  for (const { id, content } of wholeHistoryOf(logs, study).reverse()) {
    const field = content.kind === subjectCorrected.name ? "to" : "subject";
    const patient = identityIn(vault.disclosures(id)?.disclosures[field]?.value);
    if (patient !== undefined) return patient;
  }
  return undefined;
}

function identityIn(value: Json | undefined): PatientIdentity | undefined {
  if (!isJsonObject(value)) return undefined;
  const { issuer, patientId } = value;
  return typeof issuer === "string" && typeof patientId === "string" ? { issuer, patientId } : undefined;
}
