// The sorts of fields that a line of the log may have. Each lets through what cannot identify anybody, and drops everything else.
import { randomBytes } from "node:crypto";
import { troubles } from "@fiducial/api";
import { callerRoles, callerTypes } from "../serving/caller.ts";
import { isKnownCode } from "./known-words.ts";

/** A number of a request, made here and by nobody who asks. */
export interface RequestNumber {
  readonly text: string;
}

const made = new WeakSet<RequestNumber>();

/** Makes the number of a request, 12 hex digits. */
export function requestNumber(): RequestNumber {
  const number = { text: randomBytes(6).toString("hex") };
  made.add(number);
  return number;
}

/** A place in our own sources, or a template of an address: made from the program, never from a request. */
export interface SourceText {
  readonly text: string;
}

const fromSource = new WeakSet<SourceText>();

/** Vouches that a text comes from the program itself. */
export function sourceText(text: string): SourceText {
  const vouched = { text };
  fromSource.add(vouched);
  return vouched;
}

const oneOf =
  (words: readonly string[]) =>
  (value: unknown): unknown =>
    typeof value === "string" && words.includes(value) ? value : undefined;
const vouched = (value: unknown): unknown =>
  typeof value === "object" && value !== null && fromSource.has(value as SourceText)
    ? (value as SourceText).text
    : undefined;

/** Methods of HTTP. RFC 9110 § 9, RFC 5789. */
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** By sort: returns what is written of a value, or undefined for nothing. */
export const fieldSorts = {
  /** Counts and durations: nobody is known by one below ten digits. */
  number: (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 1e10 ? Math.round(value) : undefined,
  yes: (value: unknown) => (typeof value === "boolean" ? value : undefined),
  code: (value: unknown) => (typeof value === "string" && isKnownCode(value) ? value : undefined),
  trouble: oneOf(Object.keys(troubles)),
  caller: oneOf(callerTypes),
  role: oneOf(callerRoles),
  method: oneOf(methods),
  mode: oneOf(["local", "production"]),
  signal: oneOf(["SIGINT", "SIGTERM", "SIGHUP"]),
  version: vouched,
  route: vouched,
  place: vouched,
  request: (value: unknown) =>
    typeof value === "object" && value !== null && made.has(value as RequestNumber)
      ? (value as RequestNumber).text
      : undefined,
} as const satisfies Readonly<Record<string, (value: unknown) => unknown>>;
export type FieldSort = keyof typeof fieldSorts;

/** What a field of a sort is given. */
export type FieldValue<Sort extends FieldSort> = Sort extends "number"
  ? number
  : Sort extends "yes"
    ? boolean
    : Sort extends "request"
      ? RequestNumber
      : Sort extends "version" | "route" | "place"
        ? SourceText
        : string;
