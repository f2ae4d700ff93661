// Configuration files that are no JSON, or say a thing twice: told with line and column.
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { place, told } from "../scratch/written-configuration.ts";
import { parseJsonFile } from "./json-file.ts";

test.each([
  ["a comma before the end", '{"http": {"port": 1,}}', "1:21"],
  ["a comma in a list", '{"folders": [\n  {},\n]}', "3:1"],
  ["a byte order mark", "\ufeff{}", "1:1"],
  ["a comment", "{\n  // here\n}", "2:3"],
  ["an end too early", '{"http": {', "1:11"],
  ["no object", "[]", "1:1"],
  ["nothing", "", "1:1"],
  ["words", "port: 8400", "1:1"],
])("%s is told with its line and column", (_, text, place) => {
  const [problem, ...others] = parseJsonFile("f.json", text).problems;
  expect([problem?.code, problem?.where, others]).toEqual(["CONFIGURATION_MALFORMED", `f.json:${place}`, []]);
});

test("a name that stands twice is told, and bytes that are no UTF-8", () => {
  const { problems } = parseJsonFile("f", '{"http": {"port": 1, "port": 2}}');
  expect(problems).toEqual([{ code: "SETTING_TWICE", setting: "http.port", where: "f:1:22" }]);
  const { file, read } = place("");
  writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
  expect(told(read().problems)).toEqual([["CONFIGURATION_MALFORMED", undefined, undefined]]);
});
