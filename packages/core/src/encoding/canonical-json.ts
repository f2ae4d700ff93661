// Canonical JSON: RFC 8785 (JCS), narrowed to what a ledger may hold. Numbers are safe integers, strings are well-formed Unicode.

/** A JSON value that has one canonical encoding: no fraction, no lone surrogate, no undefined. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Why a value has no canonical encoding, or bytes are not one. */
export type CanonicalFault =
  | "NOT_JSON"
  | "NOT_CANONICAL"
  | "NOT_AN_INTEGER"
  | "LONE_SURROGATE"
  | "NOT_A_VALUE"
  | "TOO_DEEP";

/** Thrown by `canonicalJson`; `parseCanonicalJson` returns undefined instead, since its input is another's. */
export class CanonicalJsonError extends Error {
  readonly code: CanonicalFault;
  constructor(code: CanonicalFault) {
    super(`No canonical JSON: ${code}`);
    this.name = "CanonicalJsonError";
    this.code = code;
  }
}

/** Nesting beyond this is nobody's statement: 64 levels. */
const deepest = 64;

/** Writes `value` as canonical JSON text. Throws CanonicalJsonError. RFC 8785 § 3.2. */
export function canonicalJson(value: Json): string {
  return plainText(value, 0) ?? write(value, 0);
}

/**
 * Reads text that must be canonical JSON already, to the letter (which also refuses duplicate member names), else returns undefined.
 * `depth` says how many levels the text lies deep in another.
 */
export function parseCanonicalJson(text: string, depth = 0): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return (plainText(value, depth) ?? write(value, depth)) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Orders member names as RFC 8785 § 3.2.3 does: by UTF-16 code units. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Tells whether `value` is a JSON object, not null and not an array. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The platform's writer is three times as fast as ours. Once names stand in order and numbers are whole, a text without escapes, in which
// no lone surrogate can hide, is what ours would write. Others are left to ours.
function plainText(value: Json, depth: number): string | undefined {
  const ordered = inOrder(value, depth);
  if (ordered === undefined) return undefined;
  const text = JSON.stringify(ordered);
  return text.includes("\\") ? undefined : text;
}

// The value with every object's names in order: itself when they are, or a copy. Undefined for what is not plain.
function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isSafeInteger(value) ? value : undefined;
    case "object":
      if (value === null) return null;
      if (depth >= deepest) return undefined;
      return Array.isArray(value) ? arrayInOrder(value, depth) : objectInOrder(value, depth);
    default:
      return undefined;
  }
}

function arrayInOrder(items: readonly unknown[], depth: number): readonly unknown[] | undefined {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = inOrder(items[index], depth + 1);
    if (item === undefined) return undefined;
    if (item === items[index]) continue;
    copy ??= [...items];
    copy[index] = item;
  }
  return copy ?? items;
}

function objectInOrder(value: object, depth: number): object | undefined {
  if ("toJSON" in value) return undefined;
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members);
  let copy: Record<string, unknown> | undefined;
  if (!isAscending(names)) {
    if (names.some(isUnruly)) return undefined;
    names.sort(compareNames);
    copy = {};
  }
  for (let at = 0; at < names.length; at++) {
    const name = names[at] as string;
    const member = inOrder(members[name], depth + 1);
    if (member === undefined) return undefined;
    if (copy === undefined && member !== members[name]) {
      if (names.some(isUnruly)) return undefined;
      copy = Object.fromEntries(names.slice(0, at).map((earlier) => [earlier, members[earlier]]));
    }
    if (copy !== undefined) copy[name] = member;
  }
  return copy ?? members;
}

function isAscending(names: readonly string[]): boolean {
  for (let at = 1; at < names.length; at++) if ((names[at] as string) <= (names[at - 1] as string)) return false;
  return true;
}

// Names that an object does not keep where they were put: array indexes come first, and one name sets what objects inherit from.
function isUnruly(name: string): boolean {
  const first = name.charCodeAt(0);
  return (first >= 0x30 && first <= 0x39) || name === "__proto__";
}

function write(value: unknown, depth: number): string {
  if (depth > deepest) throw new CanonicalJsonError("TOO_DEEP");
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "number":
      if (!Number.isSafeInteger(value)) throw new CanonicalJsonError("NOT_AN_INTEGER");
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new CanonicalJsonError("NOT_A_VALUE");
  }
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new CanonicalJsonError("LONE_SURROGATE");
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = "[";
  for (let index = 0; index < items.length; index++) text += (index === 0 ? "" : ",") + write(items[index], depth + 1);
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const members = value as Record<string, unknown>;
  let text = "{";
  for (const name of Object.keys(members).sort(compareNames)) {
    text += `${text === "{" ? "" : ","}${writeString(name)}:${write(members[name], depth + 1)}`;
  }
  return `${text}}`;
}
