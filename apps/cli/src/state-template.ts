// A form to fill in: a kind's fields as JSON, with placeholders that say what belongs there and that no kind takes.
import type { KindEntry } from "@fiducial/contract";

/** JSON whose leaves are placeholders, `<…>`. */
export type Template = string | readonly Template[] | { readonly [name: string]: Template };

/** The form of a kind. `sealed` is left out when the kind has no sealed fields. */
export function templateOf({ open, sealed }: Pick<KindEntry, "open" | "sealed">): Record<string, Template> {
  const hasSealed = Object.keys((sealed as Schema).properties ?? {}).length > 0;
  return { open: formOf(open as Schema, true), ...(hasSealed ? { sealed: formOf(sealed as Schema, true) } : {}) };
}

/** What belongs at a path of the form; undefined where that is no single value. */
export function placeholderAt(template: Template | undefined, path: readonly PropertyKey[]): string | undefined {
  const found = path.reduce<Template | undefined>(stepInto, template);
  return typeof found === "string" ? found : undefined;
}

/** The path of the first placeholder that was left as it was, if any. */
export function unfilled(
  template: Template | undefined,
  given: unknown,
  path: readonly PropertyKey[] = [],
): readonly PropertyKey[] | undefined {
  if (typeof template === "string") return given === template ? path : undefined;
  if (template === undefined || typeof given !== "object" || given === null) return undefined;
  const members: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(given)
    ? [...given.entries()]
    : Object.entries(given);
  for (const [name, value] of members) {
    const found = unfilled(stepInto(template, name), value, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Patterns that the kinds' fields share, in words. */
const shapes: Readonly<Record<string, string>> = {
  "^[0-9a-f]{32}$": "32 hexadecimal digits",
  "^[0-9a-f]{64}$": "64 hexadecimal digits",
  "^[A-Z0-9_]{1,16}$": "DICOM code string",
  "^[a-z0-9][a-z0-9./_-]{0,126}[a-z0-9]$": "origin of a log",
  "^[A-Za-z0-9+/]{42}(?:[A-Za-z0-9+/]{44})?[AEIMQUYcgkosw048]=$": "base64 of 32 or 65 bytes",
};

function formOf(schema: Schema, isNeeded: boolean): Template {
  const { properties, items, required = [] } = schema;
  if (items !== undefined) return [formOf(items, isNeeded)];
  if (properties !== undefined) {
    const members = Object.entries(properties);
    return Object.fromEntries(
      members.map(([name, member]) => [name, formOf(member, isNeeded && required.includes(name))]),
    );
  }
  const remark = schema.description === undefined ? "" : `: ${schema.description.replace(/\.$/, "")}`;
  return `<${isNeeded ? "" : "optional, "}${shapeOf(schema)}${remark}>`;
}

function shapeOf({ type, enum: choices, format, pattern, minimum, maximum }: Schema): string {
  if (choices !== undefined) return choices.join(" | ");
  if (format !== undefined) return "UTC time as 2026-11-18T08:41:00.000Z";
  if (type === "integer") return `${minimum} to ${maximum}`;
  if (pattern !== undefined) return shapes[pattern] ?? `text like ${pattern}`;
  return type === "string" ? "text" : (type ?? "anything");
}

function stepInto(template: Template | undefined, name: PropertyKey): Template | undefined {
  if (template === undefined || typeof template === "string") return undefined;
  if (Array.isArray(template)) return template[0];
  const members = template as Readonly<Record<string, Template>>;
  return typeof name === "string" && Object.hasOwn(members, name) ? members[name] : undefined;
}
