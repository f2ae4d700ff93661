// What the service serves: the one table of which routes and CapabilityStatement are made.
import { readFileSync } from "node:fs";
import { type CapabilityStatement, capabilityStatement } from "@fiducial/fhir";
import { devices, organizations, practitionerRoles, practitioners } from "./actors.ts";
import { auditEvents } from "./audit-events.ts";
import { definitions } from "./definitions.ts";
import { provenances } from "./entries.ts";
import { patients } from "./patients.ts";
import type { ServedRoom } from "./served.ts";
import { endpoints, imagingStudies } from "./studies.ts";

/** Every resource type, in the order of the CapabilityStatement. Each room knows its own candidates. */
export const servedRooms: readonly ServedRoom<never>[] = [
  imagingStudies,
  patients,
  endpoints,
  provenances,
  auditEvents,
  organizations,
  practitioners,
  practitionerRoles,
  devices,
  definitions,
] as never;

const { version, date } = { version: versionOfPackage(), date: "2026-11-29" };

/** The CapabilityStatement. */
export function capabilities(): CapabilityStatement {
  return capabilityStatement({
    software: { name: "Fiducial", version },
    date,
    says: "The read side of one organization's provenance ledger for medical imaging.",
    securitySays:
      "Everything but this statement and the StructureDefinitions is for members who are signed in and for machines with a token, by the permissions of docs/permissions.md.",
    types: servedRooms.map(({ type, says, parameters }) => ({ type, says, parameters })),
  });
}

function versionOfPackage(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
