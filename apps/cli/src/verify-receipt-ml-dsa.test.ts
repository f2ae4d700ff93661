import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { quantumWitness } from "../../../vectors/checkpoint/quantum-witness.ts";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";

const b = bench(patientData);
const { path, run } = b;
afterAll(() => b.remove());

test("a receipt that an ML-DSA-44 cosigner is needed for verifies, and a bad cosignature is found", async () => {
  const [file] = writeStudies(path("in")) as [string];
  await run("ingest", path("in"));
  const { policyLine, close } = await quantumWitness();
  onTestFinished(close);
  writeFileSync(path("data", "witnesses.policy"), `${policyLine}\nquorum quantum\n`);
  await run("policy", "-o", path("policy"));
  const verified = async (name: string) =>
    (await run("verify-receipt", path(name), file, "--policy", path("policy"), "--json")).json()[0];
  // The command waits a little for the witness; a machine that is busy may need longer.
  const fresh = async () => {
    await run("receipt", file, "-o", path("slice.receipt"));
    return verified("slice.receipt");
  };
  await expect.poll(fresh, { timeout: 30_000 }).toMatchObject({
    ok: true,
    cosigners: [{ name: "quantum" }],
    reservations: ["RULES_APPLIED_BY_ONE"],
  });
  const text = readFileSync(path("slice.receipt"), "utf8");
  const bad = text.replace(
    /(quantum\.example\/witness .{200})(.)/,
    (_, start: string, next: string) => `${start}${next === "A" ? "B" : "A"}`,
  );
  expect(bad).not.toBe(text);
  writeFileSync(path("bad.receipt"), bad);
  expect(await verified("bad.receipt")).toMatchObject({ ok: false, failed: "checkpoint" });
});
