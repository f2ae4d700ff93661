// From fields to a draft: the one way by which applications make statements, so that none that a log would call malformed is signed.
import {
  type Basis,
  canonicalJson,
  type Draft,
  type Json,
  type JsonObject,
  offsetTimeMs,
  type Signer,
  type StatementId,
  type SupersedingReason,
  utcTimeMs,
} from "@fiducial/core";
import { z } from "zod";
import { ContractError, type ContractErrorCode } from "../contract-error.ts";
import { ActorId, KeyId, Origin, StatementId as StatementIdField } from "./fields.ts";
import type { Fields, Kind } from "./kind.ts";

/** What a statement of a kind says, typed by the kind; sealed values are still in the clear. */
export interface DraftFields<Open, Sealed> {
  readonly log: string;
  /** The first states, the others counter-sign. */
  readonly signers: readonly [Signer, ...Signer[]];
  readonly occurredAt: string;
  readonly signedAt: string;
  /** For observations, and for them only. */
  readonly basis?: Basis;
  readonly supersedes?: { readonly statement: StatementId; readonly reason: SupersedingReason };
  readonly open: Given<Open>;
  readonly sealed: Given<Sealed>;
}

/** A value as a caller may hand it in: arrays and objects that nobody will change. */
export type Given<Value> = Value extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Given<Value[Name]> }
    : Value;

/**
 * Makes a draft for core's `seal`. Every sealed field of the kind is there: one that is left out is committed as JSON
 * null, so that the commitments do not tell which were filled in. Throws ContractError with the path of the bad field.
 */
export function draftOf<Open, Sealed>(kind: Kind<Open, Sealed>, fields: NoInfer<DraftFields<Open, Sealed>>): Draft {
  const { open, sealed, ...head } = fields;
  checked("DRAFT_HEAD_INVALID", [], Head, head);
  if ((kind.nature === "observation") !== (head.basis !== undefined))
    throw new ContractError("DRAFT_BASIS_INVALID", ["basis"]);
  return {
    ...(withoutUndefined(head) as unknown as typeof head),
    kind: kind.name,
    version: kind.version,
    open: fieldsOf("DRAFT_OPEN_INVALID", "open", kind.open, open),
    sealed: committed(kind.sealedNames, fieldsOf("DRAFT_SEALED_INVALID", "sealed", kind.sealed, sealed)),
  };
}

const SignerField = z
  .strictObject({
    actor: ActorId,
    capacity: z.enum(["self", "on-behalf-of", "counter-signature"]),
    key: KeyId,
    organization: ActorId,
    principal: ActorId.optional(),
  })
  .refine(({ capacity, principal }) => (capacity === "on-behalf-of") === (principal !== undefined));

const Head = z.strictObject({
  log: Origin,
  signers: z
    .array(SignerField)
    .min(1)
    .max(16)
    .refine((signers) => new Set(signers.map(({ key }) => key)).size === signers.length)
    .refine((signers) => signers.every(({ capacity }, at) => (capacity === "counter-signature") === at > 0)),
  occurredAt: z.string().refine((text) => offsetTimeMs(text) !== undefined),
  signedAt: z.string().refine((text) => utcTimeMs(text) !== undefined),
  basis: z.enum(["seen", "stated", "imported"]).optional(),
  supersedes: z
    .strictObject({ statement: StatementIdField, reason: z.enum(["entered-in-error", "amended", "late-information"]) })
    .optional(),
});

function fieldsOf<Value>(code: ContractErrorCode, part: string, schema: Fields<Value>, given: unknown): JsonObject {
  const fields = withoutUndefined(checked(code, [part], schema, given) as object);
  for (const [name, value] of Object.entries(fields))
    if (!isCanonical(value)) throw new ContractError(code, [part, name]);
  return fields;
}

function checked<Value>(
  code: ContractErrorCode,
  part: readonly string[],
  schema: z.ZodType<Value>,
  given: unknown,
): Value {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ContractError(code, [...part, ...(result.error.issues[0]?.path ?? []).map(asStep)]);
}

// Text that is no Unicode, as a wrongly declared character set may leave it, has no canonical form.
function isCanonical(value: Json): boolean {
  try {
    canonicalJson(value);
    return true;
  } catch {
    return false;
  }
}

function committed(names: readonly string[], sealed: JsonObject): Record<string, Json> {
  return Object.fromEntries(names.map((name) => [name, sealed[name] ?? null]));
}

function withoutUndefined(value: object): JsonObject {
  return plain(value) as JsonObject;
}

// A caller may spell "left out" as undefined, which JSON does not have.
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as Json;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

function asStep(step: PropertyKey): string | number {
  return typeof step === "symbol" ? step.toString() : step;
}
