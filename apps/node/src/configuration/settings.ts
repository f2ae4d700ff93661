// Every setting as a row of a list, read off the schema: path, environment name, what it takes, what it is by default, what it does.
import { z } from "zod";
import { ConfigurationSchema } from "./schema.ts";
import type { SettingNotes } from "./sections/values.ts";

/** A setting that a source can give as a whole. A list of connections is one; the members of its items are `members`. */
export interface Setting {
  /** `http.publicUrl`. */
  readonly path: string;
  readonly segments: readonly string[];
  /** `FIDUCIAL_HTTP_PUBLIC_URL`. */
  readonly environment: string;
  readonly notes: SettingNotes;
  /** What it takes, in words. */
  readonly allowed: string;
  /** Its default as JSON, or undefined. */
  readonly default: unknown;
  /** How its text in the environment or on the command line is read. */
  readonly form: "text" | "number" | "boolean" | "list" | "json";
  /** Of a list of objects. */
  readonly members: readonly Member[];
}

/** A member of the items of a list. */
export interface Member {
  /** `[].aeTitle`, after the list's path. */
  readonly path: string;
  readonly says: string;
  readonly allowed: string;
  readonly default: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** Every setting, in the order of the schema. */
export const settings: readonly Setting[] = settingsOf(ConfigurationSchema, []);

/** The environment name of a path. */
export function environmentName(segments: readonly string[]): string {
  return ["FIDUCIAL", ...segments.map((name) => name.replaceAll(/[A-Z]/g, "_$&").toUpperCase())].join("_");
}

/** The environment name of the secret that a file setting may be given instead: FIDUCIAL_SIGN_IN_CLIENT_SECRET. */
export function secretVariable(segments: readonly string[]): string {
  return environmentName(segments).replace(/_FILE$/, "");
}

function settingsOf(schema: z.ZodType, segments: readonly string[]): Setting[] {
  const notes = notesOf(schema);
  const bare = unwrapped(schema);
  if (notes === undefined && bare instanceof z.ZodObject)
    return Object.entries(bare.shape).flatMap(([name, field]) => settingsOf(field as z.ZodType, [...segments, name]));
  if (notes === undefined) throw new Error(`${segments.join(".")} says nothing of itself`);
  const json = jsonOf(schema);
  const members = bare instanceof z.ZodArray ? membersOf(bare.element as z.ZodType, "[]") : [];
  return [
    {
      path: segments.join("."),
      segments,
      environment: environmentName(segments),
      notes,
      allowed: notes.allowed ?? words(json),
      default: json["default"],
      form: formOf(json),
      members,
    },
  ];
}

function membersOf(schema: z.ZodType, path: string): Member[] {
  const bare = unwrapped(schema);
  if (!(bare instanceof z.ZodObject)) return [];
  return Object.entries(bare.shape).map(([name, field]) => {
    const json = jsonOf(field as z.ZodType);
    const { says = "", allowed = words(json) } = notesOf(field as z.ZodType) ?? {};
    return { path: `${path}.${name}`, says, allowed, default: json["default"] };
  });
}

function notesOf(schema: z.ZodType): SettingNotes | undefined {
  const meta = schema.meta() as unknown as SettingNotes | undefined;
  return meta?.says === undefined ? undefined : meta;
}

// Defaults and optionals are wrapped around what they are of.
function unwrapped(schema: z.ZodType): z.ZodType {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType === undefined ? schema : unwrapped(innerType);
}

function jsonOf(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
}

function formOf({ type, items }: Json): Setting["form"] {
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean") return "boolean";
  if (type === "array" && (items as Json)["type"] === "string") return "list";
  return type === "array" || type === "object" ? "json" : "text";
}

/** What a shape takes, in words. */
function words(json: Json): string {
  const { allowed, type, enum: choices, items } = json;
  if (typeof allowed === "string") return allowed;
  if (Array.isArray(choices)) return `one of ${choices.join(", ")}`;
  if (type === "integer") return numberWords(json);
  if (type === "boolean") return "true or false";
  if (type === "array")
    return `a list, each ${(items as Json)["type"] === "object" ? "an object" : words(items as Json)}`;
  return type === "object" ? "an object" : textWords(json);
}

function numberWords({ minimum, maximum }: Json): string {
  const most = maximum === undefined || Number(maximum) >= Number.MAX_SAFE_INTEGER ? "" : ` to ${maximum}`;
  return `a whole number from ${minimum}${most}`;
}

function textWords({ maxLength }: Json): string {
  return maxLength === undefined ? "text" : `text of at most ${maxLength} characters`;
}
