// The high-water mark under fire: killed at any moment, it is never behind what was acknowledged, and always whole.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { scratchFolder, scratchProtector } from "../../scratch/scratch-vault.ts";
import { openKeyring } from "./keyring.ts";

const worker = join(import.meta.dirname, "..", "..", "scratch", "signing-worker.ts");

test("killed in 10 random moments, the mark has risen at least as far as was said", async () => {
  const folder = join(scratchFolder(), "keys");
  for (let round = 0; round < 10; round++) {
    const said = await raiseUntilKilled(folder, Math.random() * 100);
    const { size = -1, rootHash } = openKeyring(folder, scratchProtector()).highWater("log").read() ?? {};
    // One more may have been written and not been said any more.
    expect([said, said + 1]).toContain(size);
    expect(rootHash).toBe(size.toString(16).padStart(64, "0"));
  }
  expect(readdirSync(folder)).toContain("high-water.json");
});

async function raiseUntilKilled(folder: string, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [worker, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let said = 0;
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), delayMs));
  for await (const line of createInterface({ input: child.stdout })) {
    said = Number(line);
  }
  return said;
}
