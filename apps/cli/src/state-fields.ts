// The fields of a statement, from a file or standard input, checked against the kind before anything is opened. Values are never repeated.
import type { KindEntry } from "@fiducial/contract";
import type { JsonObject } from "@fiducial/core";
import { CliError } from "./cli-error.ts";
import type { Screen } from "./screen.ts";
import { placeholderAt, templateOf, unfilled } from "./state-template.ts";
import { readText } from "./text-file.ts";

/** What a statement says, as its kind has it. */
export interface StatementFields {
  readonly open: JsonObject;
  readonly sealed: JsonObject;
}

/** Reads `{open, sealed}`; `-` is standard input. Throws PATH_UNREADABLE, USAGE, and a ContractError with the path of the first field that does not fit; every such field is told. */
export async function readFields(screen: Screen, path: string, entry: KindEntry): Promise<StatementFields> {
  const fields = fieldsIn(await readText(path));
  const template = templateOf(entry);
  const left = unfilled(template, fields);
  if (left !== undefined) throw new CliError("USAGE", { problem: `${nameOf(left)} is still the form's placeholder.` });
  const { newestContract } = await import("@fiducial/contract");
  const kind = newestContract.kind(entry.kind, entry.version);
  for (const part of ["open", "sealed"] as const) {
    const issues = kind?.[part].safeParse(fields[part]).error?.issues ?? [];
    for (const { code, path: within } of issues) {
      const place = [part, ...within];
      screen.complain(
        `${nameOf(place)}: ${code === "unrecognized_keys" ? `only ${namesAt(entry, part)}` : wanted(place)}`,
      );
    }
    const [first] = issues;
    if (first === undefined) continue;
    const { ContractError } = await import("@fiducial/contract");
    const fieldPath = [part, ...first.path.map((step) => (typeof step === "symbol" ? "?" : step))];
    throw new ContractError(part === "open" ? "DRAFT_OPEN_INVALID" : "DRAFT_SEALED_INVALID", fieldPath);
  }
  return fields;

  function wanted(place: readonly PropertyKey[]): string {
    return placeholderAt(template, place) ?? "not as the form has it; see --template";
  }
}

// Neither what does not parse nor its error may be shown: both hold what should be sealed.
function fieldsIn(text: string): StatementFields {
  const json = parsed(text);
  const isForm = isObject(json) && Object.keys(json).every((name) => name === "open" || name === "sealed");
  const { open, sealed = {} } = isForm ? json : {};
  if (!isObject(open) || !isObject(sealed))
    throw new CliError("USAGE", { problem: 'The fields are one JSON object, {"open": {…}, "sealed": {…}}.' });
  return { open, sealed } as StatementFields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

function namesAt(entry: KindEntry, part: "open" | "sealed"): string {
  const { properties = {} } = entry[part] as { properties?: object };
  return Object.keys(properties).join(", ") || "nothing";
}
