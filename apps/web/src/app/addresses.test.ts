import { expect, test } from "vitest";
import { readLedgerSearch, readMembersSearch, readStudySearch, readVerifySearch } from "./addresses.ts";

test("addresses carry what pages understand and nothing else", () => {
  expect(readLedgerSearch({ before: "100", kind: "imaging.study.registered", evil: "x" })).toEqual({
    before: 100,
    kind: "imaging.study.registered",
  });
  expect(readLedgerSearch({ before: -1, kind: "<script>", study: "1.2.840.1" })).toEqual({});
  expect(readLedgerSearch({ study: "0f".repeat(16) })).toEqual({ study: "0f".repeat(16) });
  expect(readStudySearch({ series: 2, slice: "16", centre: "-600", width: 1500 })).toEqual({
    series: 2,
    slice: 16,
    centre: -600,
    width: 1500,
  });
  const statement = "ab".repeat(32);
  expect(readStudySearch({ statement, item: "0", series: 0 })).toEqual({ statement, item: 0, series: 0 });
  expect(readStudySearch({ statement: "1.2.840", item: -1 })).toEqual({});
  expect(readMembersSearch({ type: "device", evil: "x" })).toEqual({ type: "device" });
  expect(readMembersSearch({ type: "ghost" })).toEqual({});
  expect(readVerifySearch({ entry: "", study: "zz", item: 0 })).toEqual({ item: 0 });
});
