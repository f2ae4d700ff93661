import { mkdirSync, writeFileSync } from "node:fs";
import { Health } from "@fiducial/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";

const b = bench();
beforeAll(() => {
  mkdirSync(b.path("page"));
  writeFileSync(b.path("page", "index.html"), "<!doctype html><title>the page</title>");
});
afterAll(() => b.remove());

async function served<Result>(given: readonly string[], look: (url: string) => Promise<Result>): Promise<Result> {
  const { child, ended } = b.start("start", "--port", "0", "--json", ...given);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (line: string) => resolve((JSON.parse(line) as { url: string }).url));
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  try {
    return await look(url);
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}

const health = async (url: string) => Health.parse(await (await fetch(`${url}/api/v1/health`)).json());

test("a missing folder becomes the demonstration when asked, and says so ever after, with the page that is named", async () => {
  const page = ["--page", b.path("page")];
  const size = await served(["--demo", ...page], async (url) => {
    expect(await (await fetch(url)).text()).toContain("the page");
    const { demo, log } = await health(url);
    expect(demo).toBe(true);
    return log.size;
  });
  expect(size).toBeGreaterThan(8);
  await served([], async (url) => expect(await health(url)).toMatchObject({ demo: true, log: { size } }));
}, 120_000);

test("a page that is not there is refused before anything is made", async () => {
  const { exit, stderr } = await b.run("start", "--demo", "--page", b.path("none"), "--data", b.path("other"));
  expect([exit, stderr]).toEqual([2, expect.stringContaining("(PATH_UNREADABLE)")]);
});
