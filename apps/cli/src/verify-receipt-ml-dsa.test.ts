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
  await run("receipt", file, "-o", path("slice.receipt"));

  const held = await run("verify-receipt", path("slice.receipt"), file, "--policy", path("policy"), "--json");
  expect(held.json()[0]).toMatchObject({
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
  const failed = await run("verify-receipt", path("bad.receipt"), file, "--policy", path("policy"), "--json");
  expect(failed.json()[0]).toMatchObject({ ok: false, failed: "checkpoint" });
});
