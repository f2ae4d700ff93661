// What a log holds: an accepted statement, its findings, and when it was ordered. docs/formats/entry.md.
import { utf8, utf8Decode } from "../encoding/bytes.ts";
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

/** What an entry is made of before it is written: the statement's own bytes are canonical already. */
export interface UnwrittenEntry {
  readonly findings: readonly string[];
  readonly statement: Pick<Statement, "bytes">;
}

/** Writes an entry's canonical JSON. */
export function formatEntry({
  recordedAt,
  ...entry
}: UnwrittenEntry & Pick<Entry, "recordedAt">): Uint8Array<ArrayBuffer> {
  return formatEntries(recordedAt, [entry])[0] as Uint8Array<ArrayBuffer>;
}

/** Writes entries that are recorded together, as parts of one buffer: to reserve one for each would take longer than to write them. */
export function formatEntries(recordedAt: UtcTime, entries: readonly UnwrittenEntry[]): Uint8Array<ArrayBuffer>[] {
  const heads = entries.map(headsOf(recordedAt));
  const size = entries.reduce(
    (sum, { statement }, at) => sum + (heads[at] as Uint8Array).length + statement.bytes.length + 1,
    0,
  );
  const written = new Uint8Array(size);
  let end = 0;
  return entries.map(({ statement }, at) => {
    const begin = end;
    const head = heads[at] as Uint8Array;
    written.set(head, begin);
    written.set(statement.bytes, begin + head.length);
    end += head.length + statement.bytes.length + 1;
    written[end - 1] = closingBrace;
    return written.subarray(begin, end);
  });
}

const closingBrace = 0x7d;

// What stands before an entry's statement: few texts in a batch, since most entries have no findings or the same.
function headsOf(recordedAt: UtcTime): (entry: UnwrittenEntry) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return ({ findings }) => {
    const name = findings.join();
    const before = known.get(name);
    if (before !== undefined) return before;
    const head = { findings: [...findings], recordedAt };
    const bytes = utf8(`${canonicalJson(head).slice(0, -1)}${beforeStatement}`);
    known.set(name, bytes);
    return bytes;
  };
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
