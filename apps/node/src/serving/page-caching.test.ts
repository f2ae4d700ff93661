// What browsers keep of the page: files with their content in their names for good, everything else only to ask about again.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { startServer } from "../server.ts";

test("built files are kept for good, and the page that names them is asked for each time", async () => {
  const scratch = scratchNode();
  // A folder whose own path looks like that of a built file.
  const page = join(scratch.folder, "assets", "page");
  mkdirSync(join(page, "assets"), { recursive: true });
  writeFileSync(join(page, "index.html"), "<!doctype html>");
  writeFileSync(join(page, "assets", "index-1a2b.js"), "0;");
  const server = await startServer(await scratch.open(), { port: 0, host: "127.0.0.1", page });
  onTestFinished(() => server.close());
  const caching = async (path: string) => (await fetch(server.url + path)).headers.get("cache-control");
  expect(await caching("/assets/index-1a2b.js")).toBe("public, max-age=31536000, immutable");
  for (const path of ["/", "/index.html", "/studies/some"]) expect(await caching(path)).toBe("no-cache");
});
