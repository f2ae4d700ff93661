import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { builtPage } from "./built-page.ts";
import { CliError } from "./cli-error.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "page-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function build(name: string, builtAt: number): string {
  const folder = join(root, "build", "web", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), "");
  utimesSync(join(folder, "index.html"), builtAt, builtAt);
  return folder;
}

test("where nothing is built there is no page", () => {
  expect(builtPage(undefined, root)).toBe(undefined);
  mkdirSync(join(root, "build", "web", "0123"), { recursive: true });
  expect(builtPage(undefined, root)).toBe(undefined);
});

test("the last finished build is taken, unless a folder is named", () => {
  const older = build("aaaa", 1000);
  const newer = build("0000", 2000);
  build("bbbb.17", 3000);
  expect(builtPage(undefined, root)).toBe(newer);
  expect(builtPage(older, root)).toBe(older);
});

test("a folder without a page is refused", () => {
  const refused = () => builtPage(join(root, "elsewhere"), root);
  expect(refused).toThrow(CliError);
  expect(refused).toThrow(expect.objectContaining({ code: "PATH_UNREADABLE" }));
});
