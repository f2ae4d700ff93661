// What a search asks for: by what it matches, what it shows, and how much of it. DICOM PS3.18 § 8.3.4.
import { dictionaryEntry, isUid, tagOfKeyword } from "@fiducial/dicom";
import { jsonTag, tagOfJson } from "@fiducial/dicom/dicomweb";
import { NodeError } from "../../../node-error.ts";
import { isWithin, type Level, levelOf, tagOf } from "./levels.ts";

/** A search. Tags are those of the JSON model. */
export interface SearchQuery {
  readonly level: Level;
  /** What has to match, by tag; UIDs are lists. */
  readonly matches: ReadonlyMap<string, readonly string[]>;
  /** Attributes to show beside the usual ones. */
  readonly shown: ReadonlySet<string>;
  /** Whether to show everything that is known. */
  readonly showsAll: boolean;
  readonly limit: number;
  readonly offset: number;
  /** Whether fuzzy matching was asked for, which is not done. */
  readonly wantsFuzzy: boolean;
}

/** Rows of an answer when none are asked for, and at most. */
const usualLimits: Readonly<Record<Level, number>> = { study: 100, series: 1000, instance: 10_000 };
const mostRows = 10_000;
const mostOffset = 1_000_000;
const mostUids = 500;
const longestValue = 256;

/** Attributes by which nothing is found: addresses, and what is counted. */
const unmatched: ReadonlySet<string> = new Set(
  [
    ...["RetrieveURL", "InstanceAvailability", "SpecificCharacterSet", "AvailableTransferSyntaxUID"],
    ...["NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances", "NumberOfSeriesRelatedInstances"],
  ].map(tagOf),
);

/** Reads the parameters of a search at `level`. Throws REQUEST_INVALID, MATCH_UNSUPPORTED; never with what was given. */
export function searchQuery(level: Level, query: unknown): SearchQuery {
  const parameters = Object.entries(query as Record<string, string | string[]>);
  const matches = new Map<string, readonly string[]>();
  const shown = new Set<string>();
  for (const [name, value] of parameters) {
    if (settings.has(name)) continue;
    const tag = attributeNamed(name);
    if (!isWithin(level, levelOf(tag)) || unmatched.has(tag)) throw new NodeError("MATCH_UNSUPPORTED");
    if (matches.has(tag)) throw new NodeError("REQUEST_INVALID");
    const values = valuesOf(tag, [value].flat());
    // A blank value matches everything, and asks to see it.
    shown.add(tag);
    if (values.length > 0) matches.set(tag, values);
  }
  const setting = (name: string) => parameters.filter(([given]) => given === name).flatMap(([, value]) => value);
  const fields = setting("includefield").flatMap((text) => text.split(","));
  for (const field of fields) if (field !== "all" && field !== "") shown.add(attributeNamed(field));
  return {
    level,
    matches,
    shown,
    showsAll: fields.includes("all"),
    limit: Math.max(1, wholeOf(setting("limit"), usualLimits[level], mostRows)),
    offset: wholeOf(setting("offset"), 0, mostOffset),
    wantsFuzzy: setting("fuzzymatching").includes("true"),
  };
}

const settings: ReadonlySet<string> = new Set([
  "includefield",
  "limit",
  "offset",
  "fuzzymatching",
  "emptyvaluematching",
  "accept",
]);

// Attributes of items, such as 00400275.00400009, are matched by nobody here.
function attributeNamed(name: string): string {
  const tag = tagOfJson(name) ?? tagOfKeyword(name);
  const entry = tag === undefined ? undefined : dictionaryEntry(tag);
  if (tag === undefined || entry === undefined) throw new NodeError("MATCH_UNSUPPORTED");
  return jsonTag(tag);
}

function valuesOf(tag: string, given: readonly string[]): readonly string[] {
  const vr = dictionaryEntry(tagOfJson(tag) as number)?.vr ?? "";
  if (given.some((text) => text.includes("\0"))) throw new NodeError("REQUEST_INVALID");
  if (vr === "SQ") {
    if (given.some((text) => text !== "")) throw new NodeError("MATCH_UNSUPPORTED");
    return [];
  }
  if (vr === "UI") return uidsIn(given);
  const [text = "", ...others] = given;
  if (others.length > 0 || text.length > longestValue) throw new NodeError("REQUEST_INVALID");
  if (["DA", "TM", "DT"].includes(vr) && text !== "") checkRange(text, vr);
  return text === "" ? [] : [text];
}

function uidsIn(given: readonly string[]): readonly string[] {
  const uids = given.flatMap((text) => text.split(/[\\,]/)).filter((uid) => uid !== "");
  if (uids.length > mostUids || !uids.every(isUid)) throw new NodeError("REQUEST_INVALID");
  return uids;
}

function checkRange(text: string, vr: string): void {
  const one = vr === "DA" ? /^\d{8}$/ : /^[\d.:+]{2,26}$/;
  const ends = text.split("-");
  const isRange =
    ends.length <= 2 && ends.some((end) => end !== "") && ends.every((end) => end === "" || one.test(end));
  // Offsets from UTC have a hyphen too: of date-times no range with them is read.
  if (!isRange) throw new NodeError("REQUEST_INVALID");
}

function wholeOf([text, ...others]: readonly string[], usual: number, most: number): number {
  if (text === undefined) return usual;
  if (others.length > 0 || !/^\d{1,9}$/.test(text)) throw new NodeError("REQUEST_INVALID");
  return Math.min(Number(text), most);
}
