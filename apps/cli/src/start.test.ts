import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Health } from "@fiducial/api";
import { echo } from "@fiducial/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";

const b = bench();
beforeAll(() => {
  mkdirSync(b.path("page"));
  writeFileSync(b.path("page", "index.html"), "<!doctype html><title>the page</title>");
});
afterAll(() => b.remove());

interface Answer {
  readonly url: string;
  readonly dicomPort?: number;
}

async function served<Result>(
  given: readonly string[],
  look: (url: string, answer: Answer) => Promise<Result>,
): Promise<Result> {
  const { child, ended } = b.start("start", "--port", "0", "--json", ...given);
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.stdout?.once("data", (line: string) => resolve(JSON.parse(line) as Answer));
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  try {
    return await look(answer.url, answer);
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

test("DICOM objects are taken when asked, by the AE title that is named, and a port that is taken is told", async () => {
  const peer = { host: "127.0.0.1", callingAe: "CT1", calledAe: "ARCHIVE" };
  const port = await served(["--demo", "--dicom-port", "0", "--dicom-ae", "ARCHIVE"], async (_, { dicomPort = 0 }) => {
    await echo({ ...peer, port: dicomPort });
    const wrong = echo({ ...peer, port: dicomPort, calledAe: "FIDUCIAL" });
    await expect(wrong).rejects.toMatchObject({ code: "DIMSE_CALLED_AE_REFUSED" });
    return dicomPort;
  });
  await expect(echo({ ...peer, port })).rejects.toMatchObject({ code: "DIMSE_UNREACHABLE" });
  await served([], async (url, { dicomPort }) => {
    expect(dicomPort).toBeUndefined();
    const taken = await b.run(
      "start",
      "--demo",
      "--port",
      "0",
      "--data",
      b.path("more"),
      "--keys",
      b.path("more-keys"),
      "--dicom-port",
      new URL(url).port,
    );
    expect([taken.exit, taken.stderr]).toEqual([1, expect.stringContaining("(PORT_TAKEN)")]);
    const free = String(port);
    const twice = await b.run(
      "start",
      "--port",
      free,
      "--dicom-port",
      free,
      "--data",
      b.path("twice"),
      "--keys",
      b.path("twice-keys"),
      "--demo",
    );
    expect([twice.exit, twice.stderr]).toEqual([1, expect.stringContaining("(PORT_TWICE)")]);
  });
}, 120_000);

test("a node whose certificate is not trusted here is said to run, and what to do; with its root it is asked", async () => {
  const paths = { certificate: b.path("tls", "node.pem"), key: b.path("tls", "node.key") };
  // The node's own test certificates, which its package does not export.
  const maker = join(import.meta.dirname, "..", "..", "node", "src", "scratch", "scratch-certificate.ts");
  const program = `const { scratchCertificate, writeCertificate } = await import(process.argv[1]);
    writeCertificate(JSON.parse(process.argv[2]), scratchCertificate());`;
  execFileSync(process.execPath, ["--input-type=module", "-e", program, maker, JSON.stringify(paths)]);
  const tls = {
    FIDUCIAL_HTTP_TLS_CERTIFICATE: paths.certificate,
    FIDUCIAL_HTTP_TLS_KEY: paths.key,
    FIDUCIAL_HTTP_PUBLIC_URL: "https://localhost",
  };
  const { child, ended } = b.startIn(tls, "start", "--port", "0", "--json", "--data", b.path("secure"), "--demo");
  const { url } = await new Promise<Answer>((resolve, reject) => {
    child.stdout?.once("data", (line: string) => resolve(JSON.parse(line) as Answer));
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  try {
    expect(url).toMatch(/^https:/);
    for (const given of [
      ["status", "--data", b.path("secure")],
      ["status", "--node", url],
    ]) {
      const { exit, stderr } = await b.run(...given, "--json");
      expect([exit, JSON.parse(stderr.split("\n")[1] ?? "")]).toMatchObject([
        1,
        { error: { code: "CERTIFICATE_UNTRUSTED" } },
      ]);
    }
    const trusting = { NODE_EXTRA_CA_CERTS: paths.certificate };
    const asked = await b.runIn(trusting, "status", "--data", b.path("secure"), "--json");
    expect(asked.json()).toMatchObject([{ node: url }]);
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}, 120_000);
