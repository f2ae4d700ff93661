// Takes a multipart body apart as it comes, whatever the chunks: part by part, with bounded memory. RFC 2046 § 5.1, RFC 2387.
import { concat, utf8 } from "@fiducial/core";
import { MultipartError } from "./multipart-error.ts";

/** What a reader takes. */
export interface MultipartLimits {
  /** Bytes of the header of one part. */
  readonly headerBytes: number;
  readonly parts: number;
  /** Bytes before the first boundary; they are no part of anything. */
  readonly preambleBytes: number;
}

/** What stands in a multipart body: the header of a part, then bytes of it, then its end. Names of fields are in lower case. */
export type MultipartEvent =
  | { readonly kind: "part"; readonly header: ReadonlyMap<string, string> }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" };

/** A reader into which a body is pushed. */
export interface MultipartReader {
  /** Takes a chunk and gives what it completes. Bytes may show the chunk's memory. Throws MultipartError; the reader is of no use then. */
  push(chunk: Uint8Array): MultipartEvent[];
  /** Says that nothing more comes. Throws MULTIPART_BROKEN_OFF without a closing boundary. */
  end(): void;
  /** Whether the closing boundary has come; what follows is passed over. */
  isClosed(): boolean;
}

/** The limits when none are given. */
const defaultMultipartLimits: MultipartLimits = { headerBytes: 16_384, parts: 50_000, preambleBytes: 65_536 };

/** Makes a reader for the boundary of a Content-Type. Throws BOUNDARY_INVALID. */
export function multipartReader(boundary: string, limits: Partial<MultipartLimits> = {}): MultipartReader {
  if (!isBoundary(boundary)) throw new MultipartError("BOUNDARY_INVALID");
  const reading: Reading = {
    delimiter: utf8(`\r\n--${boundary}`),
    limits: { ...defaultMultipartLimits, ...limits },
    state: "preamble",
    // The first boundary may stand at the very beginning: a line's end before it does no harm.
    rest: utf8("\r\n"),
    parts: 0,
    passed: 0,
    events: [],
  };
  return {
    push: (chunk) => {
      if (reading.state === "closed") return [];
      reading.rest = reading.rest.length === 0 ? chunk : concat(reading.rest, chunk);
      for (let isMore = true; isMore; ) isMore = steps[reading.state](reading);
      return reading.events.splice(0);
    },
    end: () => {
      if (reading.state !== "closed") throw new MultipartError("MULTIPART_BROKEN_OFF");
    },
    isClosed: () => reading.state === "closed",
  };
}

/** Tells whether a text may be a boundary. RFC 2046 § 5.1.1. */
export function isBoundary(text: string): boolean {
  return /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/.test(text);
}

type State = "preamble" | "delimiter" | "header" | "content" | "closed";

interface Reading {
  readonly delimiter: Uint8Array;
  readonly limits: MultipartLimits;
  state: State;
  /** Bytes that were not understood yet. */
  rest: Uint8Array;
  parts: number;
  /** Bytes of the preamble. */
  passed: number;
  readonly events: MultipartEvent[];
}

/** What each state does with the rest; true when there may be more to do. */
const steps: Readonly<Record<State, (reading: Reading) => boolean>> = {
  preamble: (reading) => {
    return toDelimiter(reading, ({ length }) => {
      reading.passed += length;
      if (reading.passed > reading.limits.preambleBytes) throw malformed();
    });
  },
  // Behind the boundary: two hyphens close, spaces and tabs are padding, a line's end begins a part.
  delimiter: (reading) => {
    const { rest } = reading;
    if (rest.length >= 2 && rest[0] === hyphen && rest[1] === hyphen) return closed(reading);
    let at = 0;
    while (rest[at] === space || rest[at] === tab) at++;
    if (at > longestPadding) throw malformed();
    if (rest.length < at + 2) {
      const isPossible = at === rest.length || rest[at] === carriageReturn || (at === 0 && rest[0] === hyphen);
      if (!isPossible) throw malformed();
      return false;
    }
    if (rest[at] !== carriageReturn || rest[at + 1] !== lineFeed) throw malformed();
    if (++reading.parts > reading.limits.parts) throw new MultipartError("TOO_MANY_PARTS");
    // The line's end stays: a part without header fields has nothing but the empty line.
    reading.rest = rest.subarray(at);
    reading.state = "header";
    return true;
  },
  header: (reading) => {
    const end = indexOf(reading.rest, emptyLine, 0);
    const length = end === -1 ? reading.rest.length : end;
    if (length > reading.limits.headerBytes) throw new MultipartError("PART_HEADER_TOO_LARGE");
    if (end === -1) return false;
    reading.events.push({ kind: "part", header: fieldsIn(reading.rest.subarray(2, Math.max(2, end))) });
    reading.rest = reading.rest.subarray(end + 4);
    reading.state = "content";
    return true;
  },
  content: (reading) => {
    const found = toDelimiter(reading, (bytes) => void reading.events.push({ kind: "bytes", bytes }));
    if (found) reading.events.push({ kind: "end" });
    return found;
  },
  closed: () => false,
};

// Gives what is surely before the next boundary, and goes behind it when it is there.
function toDelimiter(reading: Reading, give: (bytes: Uint8Array) => void): boolean {
  const { rest, delimiter } = reading;
  const found = indexOf(rest, delimiter, 0);
  const end = found === -1 ? endBefore(rest, delimiter) : found;
  if (end > 0) give(rest.subarray(0, end));
  reading.rest = rest.subarray(found === -1 ? end : end + delimiter.length);
  if (found !== -1) reading.state = "delimiter";
  return found !== -1;
}

function closed(reading: Reading): boolean {
  reading.state = "closed";
  reading.rest = new Uint8Array(0);
  return false;
}

// Where a boundary may begin whose end is still to come.
function endBefore(bytes: Uint8Array, delimiter: Uint8Array): number {
  for (let at = Math.max(0, bytes.length - delimiter.length + 1); at < bytes.length; at++) {
    let matched = 0;
    while (at + matched < bytes.length && bytes[at + matched] === delimiter[matched]) matched++;
    if (at + matched === bytes.length) return at;
  }
  return bytes.length;
}

function indexOf(bytes: Uint8Array, sought: Uint8Array, from: number): number {
  const first = sought[0] as number;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (at + sought.length > bytes.length) return -1;
    let matched = 1;
    while (matched < sought.length && bytes[at + matched] === sought[matched]) matched++;
    if (matched === sought.length) return at;
  }
  return -1;
}

function fieldsIn(bytes: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>();
  if (bytes.length === 0) return fields;
  const text = String.fromCharCode(...bytes);
  // A line that begins with a blank goes on with the one before. RFC 5322 § 2.2.3.
  for (const line of text.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined || fields.has(name.toLowerCase())) throw malformed();
    fields.set(name.toLowerCase(), value);
  }
  return fields;
}

function malformed(): MultipartError {
  return new MultipartError("MULTIPART_MALFORMED");
}

const emptyLine = utf8("\r\n\r\n");
const [tab, lineFeed, carriageReturn, space, hyphen] = [0x09, 0x0a, 0x0d, 0x20, 0x2d];
const longestPadding = 256;
