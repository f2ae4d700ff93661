// In which form a resource is asked for: JSON is what there is. FHIR R4 § 3.1.0.1.11 (content types), § 3.1.0.1.12 (_format); RFC 9110 § 12.5.1.
import { NodeError } from "../../node-error.ts";

const names: ReadonlySet<string> = new Set(["json", "application/json", "application/fhir+json", "text/json"]);
const ranges: ReadonlySet<string> = new Set(["*/*", "application/*", ...names]);

/** Checks that JSON will do, by `_format` or else by the Accept field. Throws FORMAT_NOT_OFFERED. */
export function checkFormat(accept: string | undefined, query: string): void {
  const format = new URLSearchParams(query).get("_format");
  // A plus sign in an address is a blank.
  const isOffered =
    format === null
      ? accept === undefined || accept.split(",").some(takesJson)
      : names.has(mediaType(format).replace(" ", "+"));
  if (!isOffered) throw new NodeError("FORMAT_NOT_OFFERED");
}

function takesJson(range: string): boolean {
  return ranges.has(mediaType(range)) && !/;\s*q\s*=\s*0(\.0*)?\s*(;|$)/i.test(range);
}

function mediaType(text: string): string {
  return (text.split(";")[0] ?? "").trim().toLowerCase();
}
