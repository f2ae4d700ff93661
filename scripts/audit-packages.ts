// Asks the registry whether packages that ship have known vulnerabilities. Exit status 0: none of high severity; 1: some; 2: nobody could be asked.

import { join } from "node:path";
import { run } from "./test/process.ts";

const root = join(import.meta.dirname, "..");
const args = ["audit", "--omit", "dev", "--audit-level", "high", "--json", "--loglevel", "error"];
const { output } = await run("npm", args, { cwd: root });
const counts = countsIn(output);
if (counts === undefined) console.log("audit: the registry did not answer the question; ask again where it does");
else console.log(`audit: ${JSON.stringify(counts)}`);
process.exitCode = counts === undefined ? 2 : counts.high + counts.critical > 0 ? 1 : 0;

/** Reads how many vulnerabilities of each severity npm counted, or undefined when its answer has no counts. */
function countsIn(text: string): { readonly high: number; readonly critical: number } | undefined {
  try {
    const { metadata } = JSON.parse(text.slice(text.indexOf("{"))) as {
      metadata?: { vulnerabilities?: { high: number; critical: number } };
    };
    return metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
