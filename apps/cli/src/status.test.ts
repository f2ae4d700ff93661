import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { formatVerifierKey, verifierKey } from "@fiducial/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench, type Ended } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;
const at = (name: string) => ["--data", path(name), "--keys", path(`${name}-keys`)];
const statusOf = async (name: string) =>
  (await run("status", ...at(name), "--json")).json()[0] as Record<string, unknown>;

beforeAll(async () => {
  writeStudies(path("in"));
  for (const name of ["ours", "theirs"]) await run("ingest", path("in"), ...at(name));
});
afterAll(() => b.remove());

/** Starts a node and resolves with its address. */
async function started(name: string): Promise<{ readonly url: string; stop(): Promise<Ended> }> {
  const { child, ended } = b.start("start", ...at(name), "--port", "0", "--json");
  await once(child.stdout as Readable, "data");
  const { node } = (await statusOf(name)) as { node: string };
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { url: node, stop };
}

describe("status of a witnessed log", () => {
  test("tells the witness's key for the policies of others, and who cosigned, how far and how they stand", async () => {
    expect(await statusOf("ours")).toMatchObject({
      status: "ok",
      troubles: [],
      witnesses: [],
      witness: null,
      intake: { objects: 0, studies: 0 },
    });
    const logLine = readFileSync(await policyFile("ours"), "utf8").match(/"(log [^"]+)"/)?.[1];
    writeFileSync(path("theirs", "witnessed.policy"), `${logLine}\nquorum none\n`);
    const theirs = await started("theirs");
    const { key } = (await statusOf("theirs"))["witness"] as { key: string };
    expect((await run("status", ...at("theirs"))).stdout).toContain(key);

    writeFileSync(
      path("ours", "witnesses.policy"),
      `witness riverside ${key} ${theirs.url}/witness\nquorum riverside\n`,
    );
    const ours = await started("ours");
    await expect
      .poll(() => statusOf("ours"), { timeout: 20_000, interval: 300 })
      .toMatchObject({
        status: "ok",
        checkpoint: { size: 5, cosigners: [{ name: "riverside", timestamp: expect.any(Number), replica: false }] },
        witnesses: [{ name: "riverside", reached: true, size: 5 }],
      });
    const { stdout } = await run("status", ...at("ours"));
    expect(stdout).toMatch(/^checkpoint +of 5 entries, cosigned by riverside$/m);
    expect(stdout).toMatch(/^witness +riverside cosigned 5 entries, reached$/m);
    await ours.stop();
    await theirs.stop();
  });

  test("tells that a witness is not reached, and why", async () => {
    const key = verifierKey("lakeside.example/witness", "ed25519-cosignature", new Uint8Array(32).fill(3));
    const line = `witness lakeside ${formatVerifierKey(key)} http://127.0.0.1:9/witness\n`;
    writeFileSync(path("ours", "witnesses.policy"), `${line}quorum none\n`);
    const ours = await started("ours");
    await expect
      .poll(() => statusOf("ours"), { timeout: 20_000, interval: 300 })
      .toMatchObject({
        witnesses: [{ name: "lakeside", reached: false, size: 0, problem: "UNREACHABLE" }],
      });
    const { stdout } = await run("status", ...at("ours"));
    expect(stdout).toMatch(/^witness +lakeside has cosigned nothing .*, not reached, UNREACHABLE since 2/m);
    await ours.stop();
  });
});

async function policyFile(name: string): Promise<string> {
  await run("policy", ...at(name), "-o", path(`${name}.policy`));
  return path(`${name}.policy`);
}

test("status says where it looked when there is neither folder nor node", async () => {
  const { exit, stderr } = await run("status", "--data", path("nowhere"));
  expect([exit, stderr]).toEqual([1, expect.stringContaining("(FOLDER_MISSING)")]);
  for (const place of [path("nowhere"), path("keys"), "--data"]) expect(stderr).toContain(place);
  const usual = await b.runIn({ FIDUCIAL_DATA: "", FIDUCIAL_KEYS: "" }, "status");
  for (const place of [path("home", ".local"), path("home", ".config")]) expect(usual.stderr).toContain(place);
  const asked = await run("status", "--node", "http://user:secret@127.0.0.1:9");
  expect([asked.exit, asked.stderr]).toEqual([1, expect.stringContaining("http://127.0.0.1:9 ")]);
  expect(asked.stderr).toContain("(UNREACHABLE)");
  expect(asked.stderr).not.toContain("secret");
});
