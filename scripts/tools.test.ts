import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { scratchFolder } from "./test/scratch-folder.ts";
import { goTool, goToolSets, toolLines } from "./tools.ts";

afterEach(() => vi.unstubAllEnvs());

test("reads tool lines, single and in blocks, and nothing else", () => {
  const manifest = `module m
// tool example.test/no
tool example.test/a/cmd/fsck // checks a log
tool (
	example.test/b/cmd/witness
	example.test/c/v2
)
require example.test/tool v1.0.0
`;
  expect(toolLines(manifest)).toEqual(["example.test/a/cmd/fsck", "example.test/b/cmd/witness", "example.test/c/v2"]);
});

test("a set without tool lines is none", () => {
  expect(goToolSets(scratchFolder({ "plain/go.mod": "module m\n", "no-module/readme.md": "" }))).toEqual([]);
});

test("a change of the manifest or of its sums is another build", () => {
  const folder = scratchFolder({ "log/go.mod": "module m\ntool example.test/fsck\n", "log/go.sum": "a\n" });
  const first = goToolSets(folder)[0]?.built;
  appendFileSync(join(folder, "log", "go.sum"), "b\n");
  const second = goToolSets(folder)[0]?.built;
  appendFileSync(join(folder, "log", "go.mod"), "tool example.test/witness\n");
  expect(new Set([first, second, goToolSets(folder)[0]?.built]).size).toBe(3);
});

test("finds a built program by its name, also below a major version", () => {
  const cache = scratchFolder({});
  vi.stubEnv("XDG_CACHE_HOME", cache);
  const folder = scratchFolder({ "log/go.mod": "module m\ntool example.test/fsck/v2\n" });
  expect(goTool("fsck", folder)).toBeUndefined();
  const built = goToolSets(folder)[0]?.built ?? "";
  mkdirSync(built, { recursive: true });
  writeFileSync(join(built, "fsck"), "");
  expect(goTool("fsck", folder)).toBe(join(built, "fsck"));
  expect(goTool("witness", folder)).toBeUndefined();
});
