// A folder of the built page is its own page; addresses that would lead out of the built page lead nowhere.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rawConnection } from "../scratch/raw-connection.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { startServer } from "../server.ts";

test("files beside the page are not of it, however they are named", async () => {
  const scratch = scratchNode();
  const page = join(scratch.folder, "page");
  mkdirSync(join(page, "assets"), { recursive: true });
  mkdirSync(join(page, "verifier"));
  writeFileSync(join(page, "index.html"), "the page");
  writeFileSync(join(page, "verifier", "index.html"), "the verifier");
  writeFileSync(join(page, "verifier.html"), "one file");
  writeFileSync(join(page, "assets", "own.js"), "its own");
  writeFileSync(join(scratch.folder, "secret"), "a secret");
  writeFileSync(join(scratch.folder, "page-secret"), "a secret");
  const server = await startServer(await scratch.open(), { port: 0, host: "127.0.0.1", page });
  onTestFinished(() => server.close());
  const asked = async (path: string) => {
    const { write, answer } = rawConnection(server.url);
    write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    return answer;
  };
  expect(await asked("/assets/own.js")).toContain("its own");
  expect(await asked("/verifier/")).toContain("the verifier");
  expect(await asked("/verifier.html")).toMatch(
    /content-disposition: attachment; filename="verifier.html"[\s\S]*one file/i,
  );
  expect(await asked("/verifier/")).not.toMatch(/content-disposition/i);
  for (const path of ["/", "/studies", "/studies/"]) expect(await asked(path)).toContain("the page");
  const outs = ["../secret", "..%2fsecret", "%2e%2e/secret", "%2e%2e%2fsecret", "..\\secret", "..%5csecret"];
  const ways = [
    ...outs.flatMap((out) => [`/${out}`, `/assets/../${out}`, `/assets/..%2f${out}`, `//${out}`]),
    ...["/../page-secret", "/..%2fpage-secret", "/secret%00.html", "/%00", "/%c0%ae%c0%ae/secret", "/%"],
    ...[join(scratch.folder, "secret"), `/%2f${join(scratch.folder, "secret")}`, "/assets", "/assets/"],
  ];
  for (const path of ways) {
    const text = await asked(path);
    expect([path, text.includes("a secret")]).toEqual([path, false]);
    // An address that is none of a file is the page's own business; what is no address is refused.
    expect([path, / (200|400|404) /.test(text.slice(0, 13))]).toEqual([path, true]);
  }
});
