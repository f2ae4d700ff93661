// `npm run lock`: completes package-lock.json after a change and asks npm whether it accepts it. `--check` only asks.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkLock } from "./lock/check.ts";
import { completeLock, type Lock, missingEntries } from "./lock/platform-entries.ts";

const root = join(import.meta.dirname, "..");
const file = join(root, "package-lock.json");

if (!process.argv.includes("--check")) {
  const before = readFileSync(file, "utf8");
  const lock = JSON.parse(before) as Lock;
  const after = `${JSON.stringify(completeLock(lock), null, 2)}\n`;
  if (after !== before) writeFileSync(file, after);
  console.log(
    `lock: ${missingEntries(lock).length} entries added, ${after === before ? "nothing changed" : "written"}`,
  );
}
const faults = await checkLock(root);
for (const fault of faults) console.error(`lock: ${fault}`);
if (faults.length === 0) console.log("lock: npm ci accepts it");
process.exitCode = faults.length === 0 ? 0 : 1;
