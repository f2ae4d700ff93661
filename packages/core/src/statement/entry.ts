// What a log holds: an accepted statement, its findings, and when it was ordered. docs/formats/entry.md.
import { concat, utf8, utf8Decode } from "../encoding/bytes.ts";
import { canonicalJson, isJsonObject, type Json, parseCanonicalJson } from "../encoding/canonical-json.ts";
import { parseStatement, type Statement } from "./envelope.ts";
import { type UtcTime, utcTimeMs } from "./time.ts";

/** C2SP tlog-tiles frames an entry with a 16-bit length. */
export const largestEntryBytes = 65_535;

const findingCode = /^[A-Z][A-Z0-9_]{1,63}$/;

/** One entry of a log. */
export interface Entry {
  /** Codes, sorted, each once. */
  readonly findings: readonly string[];
  readonly recordedAt: UtcTime;
  readonly statement: Statement;
}

/** Writes an entry's canonical JSON around the statement's own bytes, which are canonical already. */
export function formatEntry({
  findings,
  recordedAt,
  statement,
}: Omit<Entry, "statement"> & { readonly statement: Pick<Statement, "bytes"> }): Uint8Array<ArrayBuffer> {
  const head = `{"findings":${canonicalJson([...findings])},"recordedAt":${canonicalJson(recordedAt)},"statement":`;
  return concat(utf8(head), statement.bytes, utf8("}"));
}

/** Reads bytes that must be an entry's one exact encoding, or returns undefined. */
export function parseEntry(bytes: Uint8Array): Entry | undefined {
  const text = bytes.length <= largestEntryBytes ? utf8Decode(bytes) : undefined;
  // Codes and times have no quotation marks, so the statement begins where its name first stands.
  const end = text?.indexOf(beforeStatement) ?? -1;
  if (text === undefined || end < 0 || !text.endsWith("}")) return undefined;
  const head = parseCanonicalJson(`${text.slice(0, end)}}`);
  if (!isJsonObject(head) || Object.keys(head).join() !== "findings,recordedAt") return undefined;
  const { findings, recordedAt } = head;
  if (!areFindings(findings) || typeof recordedAt !== "string" || utcTimeMs(recordedAt) === undefined) return undefined;
  // What stands before is ASCII, so characters are bytes.
  const statement = parseStatement(bytes.subarray(end + beforeStatement.length, -1));
  return typeof statement === "string" ? undefined : { findings, recordedAt, statement };
}

const beforeStatement = ',"statement":';

function areFindings(value: Json | undefined): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every(
      (code, index) => typeof code === "string" && findingCode.test(code) && (index === 0 || code > value[index - 1]),
    )
  );
}
