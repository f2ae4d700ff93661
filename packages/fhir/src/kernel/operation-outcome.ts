// What went wrong, or was not taken, in FHIR's words. FHIR R4 § 3.5 (OperationOutcome), value set issue-type.
import type { OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";
import { systems } from "./systems.ts";

type IssueType = OperationOutcomeIssue["code"];

/** A code of a table as it is told: its sentence names nobody. */
export interface Refusal {
  readonly code: string;
  readonly says: string;
  readonly http: number;
  /** Its type in FHIR's list, where that says more than the status does. */
  readonly fhir?: string | undefined;
  /** The search parameter that is meant, by a name of the CapabilityStatement. */
  readonly parameter?: string | undefined;
}

/** What went wrong. */
export function operationOutcome(refusal: Refusal): OperationOutcome {
  return { resourceType: "OperationOutcome", issue: [issueOf("error", refusal)] };
}

/** What a search did not take, and went on without. */
export function searchOutcome(refusal: Refusal): OperationOutcome {
  return { resourceType: "OperationOutcome", issue: [issueOf("warning", refusal)] };
}

/** What went wrong by FHIR's list: what its table says, else by the HTTP status. */
export function issueTypeOf({ fhir, http }: Pick<Refusal, "fhir" | "http">): IssueType {
  return (fhir as IssueType | undefined) ?? typesOfStatus[http] ?? (http >= 500 ? "exception" : "invalid");
}

const typesOfStatus: Readonly<Record<number, IssueType>> = {
  401: "login",
  403: "forbidden",
  404: "not-found",
  405: "not-supported",
  406: "not-supported",
  408: "timeout",
  409: "conflict",
  410: "expired",
  413: "too-long",
  415: "not-supported",
  421: "security",
  429: "throttled",
  431: "too-long",
  503: "transient",
  507: "no-store",
};

function issueOf(severity: "error" | "warning", { code, says, http, fhir, parameter }: Refusal): OperationOutcomeIssue {
  return {
    severity,
    code: issueTypeOf({ fhir, http }),
    details: { coding: [{ system: systems.code, code }], text: says },
    ...(parameter === undefined ? {} : { expression: [`http.${parameter}`] }),
  };
}
