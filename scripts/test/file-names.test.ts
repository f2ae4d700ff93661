import { expect, test } from "vitest";
import { checkFileNames } from "./file-names.ts";
import { scratchFolder } from "./scratch-folder.ts";

test("files and folders that name no noun are refused", () => {
  const root = scratchFolder({
    "packages/core/src/utils.ts": "",
    "packages/core/src/common/tree.ts": "",
    "apps/web/src/types.d.ts": "",
    "scripts/helpers.test.ts": "",
  });
  expect(checkFileNames(root)).toHaveLength(4);
});

test("a forbidden word within a longer name is none", () => {
  expect(
    checkFileNames(scratchFolder({ "packages/core/src/helper-actor.ts": "", "packages/core/src/kind-types.ts": "" })),
  ).toEqual([]);
});

test("others' packages are not looked at", () => {
  expect(checkFileNames(scratchFolder({ "apps/cli/node_modules/x/utils.js": "" }))).toEqual([]);
});

test("a file of 400 lines passes, one of 401 does not, a table may be longer", () => {
  const root = scratchFolder({
    "scripts/just.ts": "x\n".repeat(400),
    "scripts/over.ts": "x\n".repeat(401),
    "scripts/attribute-table.ts": "x\n".repeat(2_000),
  });
  expect(checkFileNames(root)).toEqual(["scripts/over.ts: 401 lines, more than 400"]);
});
