import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../apps/cli/src/commands.ts";
import { citationFaults, commandFaults, documentFaults, documents } from "./documents/link-check.ts";
import { scratchFolder } from "./test/scratch-folder.ts";

const root = join(import.meta.dirname, "..");

test("every relative link, anchor and mentioned path of every document leads somewhere", () => {
  expect(documents(root)).toEqual(expect.arrayContaining(["README.md", "ARCHITECTURE.md", join("docs", "errors.md")]));
  expect(documents(root).flatMap((file) => documentFaults(root, file))).toEqual([]);
});

test("every page of docs/ that the sources name is there, with the section they name", () => {
  const sources = globSync("{packages,apps,scripts,vectors,conformance}/**/*.{ts,tsx}", {
    cwd: root,
    exclude: ["**/node_modules/**", "**/build/**", "scripts/docs-links.test.ts"],
  });
  expect(sources.flatMap((file) => citationFaults(root, file))).toEqual([]);
});

test("every command that a document shows is there", () => {
  const names = commands.map(({ name }) => name);
  expect(documents(root).flatMap((file) => commandFaults(root, file, names))).toEqual([]);
});

test("what leads nowhere is named", () => {
  const scratch = scratchFolder({
    "README.md": [
      "[a](docs/a.md#one-two) [b](docs/b.md) [c](docs/a.md#CODE) [d](docs/a.md#three) [e](#here) [f](https://example.org/x)",
      "# Here",
      "    fiducial verify x\n`fiducial members add` `fiducial frob` and fiducial in a sentence",
      "`docs/a.md` `docs/*.md` `scripts/none.ts` `packages/<name>/src` `apps/none/*.ts` `npm test`",
    ].join("\n"),
    "docs/a.md": '# One two\n<a id="CODE"></a>\n',
    "scripts/x.ts": "// docs/a.md § One two. docs/a.md § One two says so; docs/b.md, docs/a.md § One.\n",
  });
  expect(documentFaults(scratch, "README.md")).toEqual([
    "README.md links to docs/b.md, which is not there",
    "README.md links to docs/a.md#three, and there is no such place in docs/a.md",
    "README.md mentions scripts/none.ts, which is not there",
    "README.md mentions apps/none/*.ts, which is not there",
  ]);
  expect(commandFaults(scratch, "README.md", ["verify", "members add"])).toEqual([
    "README.md shows fiducial frob, which is no command",
  ]);
  expect(citationFaults(scratch, "scripts/x.ts")).toEqual([
    "scripts/x.ts names docs/b.md, which is not there",
    "scripts/x.ts names § One of docs/a.md, which is not there",
  ]);
});
