// A search as it comes in an address or a form, read against a type's parameters. FHIR R4 § 3.1.1 (search), § 3.1.1.4 (values), § 3.1.1.6 (handling).
import { NodeError } from "../../node-error.ts";
import type { ServedRoom } from "./served.ts";

/** A search that was read. */
export interface Query {
  /** Each has to hold; of its values, one. */
  readonly criteria: readonly Criterion[];
  readonly count: number;
  readonly sort?: { readonly by: string; readonly descending: boolean } | undefined;
  /** Whether something was asked that the search goes on without. */
  readonly ignores: boolean;
  /** What the search takes of what was asked, as it was written. */
  readonly taken: readonly (readonly [name: string, value: string])[];
}

/** One parameter with the values that are sought. */
export interface Criterion {
  readonly name: string;
  readonly values: readonly string[];
}

/** How the node answers to what it does not know: as though it was not asked, or with PARAMETER_UNKNOWN. */
export type Handling = "lenient" | "strict";

const [defaultCount, mostCount] = [50, 200];
const [mostPairs, mostValues, mostText] = [32, 64, 4096];
/** What is no criterion, and changes nothing about JSON: served everywhere. */
const formats: ReadonlySet<string> = new Set(["_format", "_pretty"]);

/** Reads a search. Throws PARAMETER_UNKNOWN, PARAMETER_INVALID, REQUEST_INVALID. */
export function queryOf<Candidate>(
  { parameters, sorts = {} }: Pick<ServedRoom<Candidate>, "parameters" | "sorts">,
  text: string,
  handling: Handling,
): Query {
  const pairs = text.length > mostText ? [] : [...new URLSearchParams(text)].filter(([name]) => !formats.has(name));
  if (text.length > mostText || pairs.length > mostPairs) throw new NodeError("REQUEST_INVALID");
  const isKnown = ([name, value]: readonly [string, string]) =>
    value !== "" &&
    (Object.hasOwn(parameters, name) || name === "_count" || (name === "_sort" && knownSort(sorts, value)));
  const taken = pairs.filter(isKnown);
  if (taken.length < pairs.length && handling === "strict") throw new NodeError("PARAMETER_UNKNOWN");
  const criteria = taken.flatMap(([name, value]) =>
    Object.hasOwn(parameters, name) ? [{ name, values: valuesOf(name, value) }] : [],
  );
  if (criteria.flatMap(({ values }) => values).length > mostValues) throw new NodeError("PARAMETER_INVALID");
  return {
    criteria,
    count: countOf(single(taken, "_count")),
    sort: sortOf(single(taken, "_sort")),
    ignores: taken.length < pairs.length,
    taken,
  };
}

function knownSort(sorts: object, value: string): boolean {
  return Object.hasOwn(sorts, value.replace(/^-/, ""));
}

// Commas part values unless a backslash stands before them; what is parted is written without the backslashes.
function valuesOf(name: string, text: string): string[] {
  const values = text.match(/(?:\\.|[^\\,])+/gs) ?? [];
  const isWhole = values.join(",") === text;
  if (!isWhole) throw new NodeError("PARAMETER_INVALID", { parameter: name });
  return values;
}

function single(taken: Query["taken"], name: string): string | undefined {
  const given = taken.filter(([other]) => other === name);
  if (given.length > 1) throw new NodeError("PARAMETER_INVALID", { parameter: name });
  return given[0]?.[1];
}

function countOf(text: string | undefined): number {
  if (text === undefined) return defaultCount;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new NodeError("PARAMETER_INVALID", { parameter: "_count" });
  return Math.min(count, mostCount);
}

function sortOf(text: string | undefined): Query["sort"] {
  return text === undefined ? undefined : { by: text.replace(/^-/, ""), descending: text.startsWith("-") };
}
