// The vault under fire: killed at any moment, a disk that fills or fails. What was acknowledged is there afterwards.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { toBase64 } from "@fiducial/core";
import { expect, test } from "vitest";
import { mutatedPackage } from "../scratch/guards.ts";
import { scratchFolder } from "../scratch/scratch-vault.ts";
import { expectWholeFile, newWitness, type Witness } from "../scratch/witness.ts";
import { environmentProtector } from "./keyring/environment-protector.ts";
import { openVault } from "./vault.ts";

const rounds = process.env["FIDUCIAL_LONG"] === "1" ? 500 : 30;
const strace = "strace";
const hasStrace = spawnSync(strace, ["-V"]).status === 0;
const nodeKey = toBase64(randomBytes(32));
const environment = { ...process.env, FIDUCIAL_NODE_KEY: nodeKey };
const worker = join(import.meta.dirname, "..", "scratch", "writing-worker.ts");

test(`killed in ${rounds} random moments, the vault has all that it acknowledged and nothing that it forgot`, async () => {
  const path = join(scratchFolder(), "vault.db");
  const witness = newWitness();
  for (let round = 0; round < rounds; round++) {
    await writeUntilKilled(path, witness, Math.random() * 150);
    await check(path, witness);
  }
  witness.forgetChecks();
  await check(path, witness);
  expect(witness.kept()).toBeGreaterThan(rounds);
  expect(witness.forgotten()).toBeGreaterThan(0);
});

test.skipIf(!hasStrace)("every acknowledgement comes after a flush, and without the pragma none would", async () => {
  expect(await flushesBeforeAnswers(worker)).toBe(true);
  const mutant = mutatedPackage([["store/schema.ts", "PRAGMA synchronous = FULL;", "PRAGMA synchronous = OFF;"]]);
  expect(await flushesBeforeAnswers(join(mutant, "scratch", "writing-worker.ts"))).toBe(false);
});

test.skipIf(!hasStrace).each([
  ["is full", "inject=pwrite64:error=ENOSPC:when=1500+", "VAULT_FULL"],
  ["cannot be written", "inject=pwrite64:error=EIO:when=1500+", "VAULT_FAILED"],
  ["fails to flush", "inject=fsync,fdatasync:error=EIO:when=45+", "VAULT_FAILED"],
])("when the disk %s, an error says so and nothing acknowledged is lost", async (_title, inject, code) => {
  const path = join(scratchFolder(), "vault.db");
  const witness = newWitness();
  const lines = await run(strace, [
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "-e",
    inject,
    process.execPath,
    worker,
    path,
    "3000",
  ]);
  for (const line of lines) witness.hear(line);
  expect(lines.at(-1)).toBe(`failed ${code}`);
  expect(lines.filter((line) => line.startsWith("kept ")).length).toBeGreaterThan(3);
  await check(path, witness);
});

/** Lets a process write, and kills it some time after its first acknowledgement. */
async function writeUntilKilled(path: string, witness: Witness, delayMs: number): Promise<void> {
  const child = spawn(process.execPath, [worker, path, "1000000"], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const over = ended(child);
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), delayMs));
  for await (const line of createInterface({ input: child.stdout })) {
    expect(line).not.toMatch(/^failed/);
    witness.hear(line);
  }
  await over;
}

async function check(path: string, witness: Witness): Promise<void> {
  const vault = await openVault({ path, protector: environmentProtector(environment), erased: [] });
  try {
    witness.check(vault);
  } finally {
    await vault.close();
  }
  expectWholeFile(path);
}

/** Watches the system calls of a process that keeps a few studies: has each answer a flush between the answer before and itself? */
async function flushesBeforeAnswers(program: string): Promise<boolean> {
  const folder = scratchFolder();
  const trace = join(folder, "trace");
  const calls = ["-f", "-qq", "-o", trace, "-e", "trace=fdatasync,fsync,write", "-s", "12"];
  await run(strace, [...calls, process.execPath, program, join(folder, "vault.db"), "30"]);
  expect(existsSync(trace)).toBe(true);
  let flushes = 0;
  const before: number[] = [];
  for (const line of readFileSync(trace, "utf8").split("\n")) {
    if (/ (?:fdatasync|fsync)\(/.test(line) || /<\.\.\. (?:fdatasync|fsync) resumed>/.test(line)) flushes++;
    if (!line.includes('write(1, "kept ')) continue;
    before.push(flushes);
  }
  expect(before.length).toBeGreaterThanOrEqual(30);
  // Three studies are kept at a time and may share a flush.
  return before.every((count, at) => at < 3 || count > (before[at - 3] as number));
}

async function run(program: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const over = ended(child);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  await over;
  return lines;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
