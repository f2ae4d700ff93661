// What of a request does not fit: the name of a field and what it takes, never what was sent.
import { z } from "zod";

/** A parameter, a header or a member of a body that is not as it should be. */
export const RequestFault = z.object({
  /** Its name; of a member of a body the names that lead to it, with points between. Empty for the whole. */
  field: z.string().max(256),
  /** What it takes. */
  says: z.string(),
});
export type RequestFault = z.infer<typeof RequestFault>;

/** What of a zod error is told; the rest is never looked at, since it may have what was sent. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly expected?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly origin?: unknown;
  readonly values?: unknown;
  readonly keys?: unknown;
}

const mostFaults = 20;

/** Reads the issues of a schema that refused a request, the first twenty. */
export function requestFaults(issues: readonly unknown[]): RequestFault[] {
  return (issues as readonly Issue[]).flatMap(faultsOf).slice(0, mostFaults);
}

/** Names what an address does not take. */
export function unknownField(name: string): RequestFault {
  return { field: shownName(name), says: "This address takes nothing of this name." };
}

function faultsOf(issue: Issue): RequestFault[] {
  const field = issue.path
    .map((part) => shownName(String(part)))
    .join(".")
    .slice(0, 256);
  if (issue.code === "unrecognized_keys" && Array.isArray(issue.keys))
    return issue.keys.map((key) => unknownField([field, String(key)].filter((part) => part !== "").join(".")));
  return [{ field, says: sentenceOf(issue) }];
}

function sentenceOf({ code, expected, format, pattern, minimum, maximum, origin, values }: Issue): string {
  const unit = origin === "string" ? " characters" : origin === "array" ? " items" : "";
  switch (code) {
    case "invalid_type":
      return `It takes ${typeWords[String(expected)] ?? String(expected)}, once, and may be missing only where that is said.`;
    case "invalid_format":
      return `It takes ${formatWords(String(format), String(pattern ?? ""))}.`;
    case "too_small":
      return `It takes at least ${String(minimum)}${unit}.`;
    case "too_big":
      return `It takes at most ${String(maximum)}${unit}.`;
    case "invalid_value":
      return Array.isArray(values) && values.length <= 20
        ? `It takes one of: ${values.map(String).join(", ")}.`
        : "It takes one of the names that there are.";
    default:
      return "It has not the form that it takes.";
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

function formatWords(format: string, pattern: string): string {
  if (format === "datetime") return "a time with its offset from UTC, as 2026-11-01T00:00:00Z";
  if (format === "date") return "a day, as 2026-11-01";
  const digits = /^\/\^\[0-9a-f\]\{(\d+)\}\$\/$/.exec(pattern)?.[1];
  return digits === undefined ? "a text of another form; the reference has which" : `${digits} hex digits`;
}

// A name may be anything at all that somebody sent.
function shownName(name: string): string {
  return /^[\w.-]{1,64}$/.test(name) ? name : "…";
}
