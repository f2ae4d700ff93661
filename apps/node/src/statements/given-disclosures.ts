// What a submitter opens of a statement: held against its commitments and its kind before any of it is kept.
import type { Contract } from "@fiducial/contract";
import { type Content, type Disclosure, type Json, type JsonObject, opens } from "@fiducial/core";
import type { z } from "zod";

/** What opens sealed fields, by field; all of them or some. */
export type Disclosures = Readonly<Record<string, Disclosure>>;

/** Why what was given cannot be kept; undefined when it can. Each disclosure opens its field's commitment, with a value that the kind takes. */
export function disclosureFault(
  contract: Contract,
  { kind, version, commitments }: Content,
  disclosures: Disclosures,
): "DISCLOSURE_UNSUITED" | "SEALED_VALUE_INVALID" | undefined {
  const given = Object.entries(disclosures);
  const opened = given.every(
    ([field, disclosure]) => Object.hasOwn(commitments, field) && opens(disclosure, commitments[field] as string),
  );
  if (!opened) return "DISCLOSURE_UNSUITED";
  const shape = (contract.kind(kind, version)?.sealed.shape ?? {}) as Readonly<Record<string, z.ZodType>>;
  const fitting = given.every(([field, { value }]) => Object.hasOwn(shape, field) && isTaken(shape[field], value));
  const salts = new Set(given.map(([, { salt }]) => salt));
  return fitting && salts.size === given.length ? undefined : "SEALED_VALUE_INVALID";
}

/** The values alone. */
export function valuesOf(disclosures: Disclosures): JsonObject {
  return Object.fromEntries(Object.entries(disclosures).map(([field, { value }]) => [field, value]));
}

// A field that was left out is committed as null.
function isTaken(schema: z.ZodType | undefined, value: Json): boolean {
  return (
    schema !== undefined && (schema.safeParse(value).success || (value === null && schema.safeParse(undefined).success))
  );
}
