// With CI set, a skipped test is a failed one unless conformance/allowed-skips.json says why it may be skipped.

import { fullName, type Outcome } from "./outcome.ts";

/** Permission to skip: `name` is a test's full name, or its beginning followed by `*`; `date` is when it was given. */
export interface AllowedSkip {
  name: string;
  reason: string;
  date: string;
}

/** What the permissions make of a run. */
export interface Judgement {
  outcomes: Outcome[];
  unmatched: AllowedSkip[];
}

/** Turns skips without permission into failures and lists the permissions that no skipped test needed. */
export function judgeSkips(outcomes: readonly Outcome[], allowed: readonly AllowedSkip[]): Judgement {
  const needed = new Set<AllowedSkip>();
  const judged = outcomes.map((outcome): Outcome => {
    if (outcome.state !== "skipped") return outcome;
    const permission = allowed.find((entry) => covers(entry, fullName(outcome)));
    if (permission === undefined)
      return {
        ...outcome,
        state: "failed",
        reason: `skipped without permission (${outcome.reason ?? "no reason given"})`,
      };
    needed.add(permission);
    return { ...outcome, reason: permission.reason };
  });
  return { outcomes: judged, unmatched: allowed.filter((entry) => !needed.has(entry)) };
}

/** Reads allowed-skips.json: an array of {name, reason, date}. Throws on anything else, so that no entry goes unread. */
export function parseAllowedSkips(text: string): AllowedSkip[] {
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new Error("allowed skips: not an array");
  return entries.map((entry: Partial<Record<string, unknown>>, index) => {
    const { name, reason, date, ...unknown } = entry;
    if (!isText(name) || !isText(reason)) throw new Error(`allowed skips: entry ${index} lacks a name or a reason`);
    if (!isText(date) || !isDate(date)) throw new Error(`allowed skips: entry ${index} lacks an ISO 8601 date`);
    if (Object.keys(unknown).length > 0) throw new Error(`allowed skips: entry ${index} has unknown members`);
    return { name, reason, date };
  });
}

function covers({ name }: AllowedSkip, test: string): boolean {
  return name.endsWith("*") ? test.startsWith(name.slice(0, -1)) : test === name;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
