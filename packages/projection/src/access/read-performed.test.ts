import { DatabaseSync } from "node:sqlite";
import type { Content, JsonObject } from "@fiducial/core";
import { beforeEach, expect, test } from "vitest";
import { type AccessQueries, accessPart } from "./access-part.ts";

const [chest, knee, rosa, machine] = ["1", "2", "3", "4"].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const viewed = {
  ...{ study: chest, what: "images", action: "view", readerType: "person", reader: rosa, roles: ["radiologist"] },
  ...{ purpose: "TREAT", purposeBasis: "presumed", outcome: "permitted", recorded: "before" },
  ...{ minute: "2026-11-22T08:00:00.000Z", series: 1, instances: 60 },
};

let queries: AccessQueries;
let part: ReturnType<typeof accessPart.open>;

beforeEach(() => {
  const database = new DatabaseSync(":memory:");
  database.exec(accessPart.tables);
  part = accessPart.open(database);
  queries = part.queries;
  const { study: _, reader: __, series: ___, instances: ____, ...list } = viewed;
  const said: readonly (readonly [JsonObject, string, readonly string[]])[] = [
    [viewed, "2026-11-22T08:00:10.000Z", []],
    [{ ...viewed, study: knee, readerType: "machine", reader: machine, roles: [] }, "2026-11-22T09:00:00.000Z", []],
    [{ ...list, what: "study-list", readerType: "operator", roles: [] }, "2026-11-22T09:00:01.000Z", []],
    [{ ...viewed, purpose: "BTG" }, "2026-11-22T10:00:00.000+01:00", ["BREAK_GLASS", "READER_UNKNOWN"]],
    [{ ...viewed, outcome: "refused" }, "2026-11-23T08:00:00.000Z", ["READ_REFUSED"]],
  ];
  for (const [at, [open, occurredAt, findings]] of said.entries())
    part.fold({
      index: 7 + at,
      recordedAt: "2026-11-24T00:00:00.000Z",
      findings,
      id: "d".repeat(64),
      content: contentOf(open, occurredAt),
    });
  part.fold({
    ...{ index: 99, recordedAt: "2026-11-24T00:00:00.000Z", findings: [], id: "e".repeat(64) },
    content: { ...contentOf({}, ""), kind: "imaging.study.verified" },
  });
});

function contentOf(open: JsonObject, occurredAt: string): Content {
  return {
    kind: "access.read.performed",
    version: 1,
    log: "tests.example/log",
    signers: [{ actor: "a".repeat(32), capacity: "self", key: "b".repeat(64), organization: "a".repeat(32) }],
    occurredAt,
    signedAt: "2026-11-22T08:00:00.000Z",
    basis: "seen",
    open,
    commitments: {},
  };
}

const indexes = (filter: Omit<Parameters<AccessQueries["reads"]>[0], "limit">, limit = 9) =>
  queries.reads({ ...filter, limit }).map(({ index }) => index);

test("access.read.performed is known with everything open in it", () => {
  const [last, second] = queries.reads({ limit: 9, study: chest });
  expect(last).toMatchObject({ index: 11, outcome: "refused", findings: ["READ_REFUSED"], reader: rosa });
  expect(second).toEqual({
    ...{ index: 10, atMs: Date.parse("2026-11-22T09:00:00Z"), recordedAtMs: Date.parse("2026-11-24T00:00:00Z") },
    ...{ study: chest, what: "images", action: "view", readerType: "person", reader: rosa, roles: ["radiologist"] },
    ...{ purpose: "BTG", purposeBasis: "presumed", outcome: "permitted", studies: null, series: 1, instances: 60 },
    findings: ["BREAK_GLASS", "READER_UNKNOWN"],
  });
  expect(queries.reads({ limit: 1, before: 10 })).toMatchObject([{ study: null, reader: null, roles: [] }]);
});

test("reads are found by study, reader, time and findings, page by page", () => {
  expect(indexes({})).toEqual([11, 10, 9, 8, 7]);
  expect(indexes({}, 2)).toEqual([11, 10]);
  expect(indexes({ before: 10 }, 2)).toEqual([9, 8]);
  expect(indexes({ study: knee })).toEqual([8]);
  expect(indexes({ study: chest, reader: rosa, before: 11 })).toEqual([10, 7]);
  expect(indexes({ reader: machine })).toEqual([8]);
  expect(indexes({ notable: true })).toEqual([11, 10]);
  const fromMs = Date.parse("2026-11-22T09:00:00Z");
  expect(indexes({ fromMs, toMs: Date.parse("2026-11-23T08:00:00Z") })).toEqual([10, 9, 8]);
  for (const study of ["5".repeat(32), "no handle"]) expect(indexes({ study })).toEqual([]);
});

test("reads of lists that showed something are found from an entry on", () => {
  const list = { ...viewed, what: "study-list", study: null };
  const said: JsonObject[] = [
    { ...list, studies: 2 },
    { ...list, studies: 0 },
    { ...list, studies: 2, outcome: "refused" },
    { ...viewed, what: "study-list", studies: 1 },
  ];
  for (const [at, open] of said.entries())
    part.fold({
      ...{ index: 20 + at, recordedAt: "2026-11-24T00:00:00.000Z", findings: [], id: "f".repeat(64) },
      content: contentOf(open, "2026-11-24T00:00:00.000Z"),
    });
  expect(indexes({ listsAfter: 0 })).toEqual([20, 9]);
  expect(indexes({ listsAfter: 9 })).toEqual([20]);
  expect(indexes({ listsAfter: 0, toMs: Date.parse("2026-11-23T00:00:00Z") })).toEqual([9]);
  expect(queries.counts({ listsAfter: 0, reader: rosa })).toMatchObject({ reads: 1 });
});

test("how many they are", () => {
  expect(queries.counts({})).toEqual({ reads: 5, readers: 2, notable: 2, refused: 1 });
  expect(queries.counts({ study: knee })).toEqual({ reads: 1, readers: 1, notable: 0, refused: 0 });
});
