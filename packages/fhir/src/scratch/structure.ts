// What a validator that is not ours says of a resource's structure, and facts of any shape that headers can give. FHIR R4 StructureDefinitions, as the npm package `fhir` holds them.
import type { Resource } from "@medplum/fhirtypes";
import fc from "fast-check";
import { Fhir } from "fhir";

const validator = new Fhir();

/** What is wrong with a resource, once more as JSON; empty when nothing is. */
export function structureFaults(resource: Resource): string[] {
  const { messages } = validator.validate(JSON.stringify(resource), { errorOnUnexpected: true });
  return [
    ...messages.flatMap(({ severity, location, message }) =>
      severity === "error" || severity === "fatal" ? [`${location}: ${message}`] : [],
    ),
    ...emptyPlaces(resource, resource.resourceType),
  ];
}

/** Texts as they stand in headers: any letters, control characters, blanks. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", " ", "^", "a\u0000b", "\ud800", "Bergström^Anneliese", "<script>", "=", "1.2.840.10008.1.2"),
);
export const maybeText = fc.option(anyText, { nil: undefined });
export const handle = fc.stringMatching(/^[0-9a-f]{32}$/);
export const statementId = fc.stringMatching(/^[0-9a-f]{64}$/);
export const utcTime = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2200-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
export const offsetTime = fc
  .tuple(utcTime, fc.constantFrom("", "Z", "+01:00", "-09:30", "+14:00"))
  .map(([time, zone]) => time.slice(0, 23) + zone);

// FHIR R4 § 2.6.2 (JSON): nothing is null, and nothing is empty. The validator lets both pass.
function emptyPlaces(value: unknown, path: string): string[] {
  if (value === null || value === undefined || value === "") return [`${path}: is empty`];
  if (typeof value === "string") return value.trim() === value ? [] : [`${path}: has blanks around it`];
  if (typeof value !== "object") return [];
  const members = Object.entries(value);
  if (members.length === 0) return [`${path}: is empty`];
  return members.flatMap(([name, member]) => emptyPlaces(member, `${path}.${name}`));
}
