// fiducial audit: re-checks everything that a ledger holds.
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { codeOf } from "../failure.ts";
import { count } from "../figures.ts";
import type { AuditResult } from "../ledger.ts";
import { auditLine } from "../progress-line.ts";

/** Codes with which a ledger does not even open because of what is in it. Others (in use, no permission) say nothing of it. */
const damage: ReadonlySet<string> = new Set([
  "STORE_CORRUPT",
  "FOLDER_FOREIGN",
  "BACKUP_TOO_OLD",
  "VAULT_CORRUPT",
  "VAULT_FOREIGN",
]);

export const audit: CommandDeclaration = {
  name: "audit",
  summary: "Re-checks every entry, signature, tile, verdict and checkpoint.",
  description: [
    "Reads the whole ledger again, runs the contract again from an empty state, and compares what comes out with what is stored. Names the first entry that does not hold, and why. Exit status 1 then.",
  ],
  parameters: [],
  json: "`{ok: true, size, rootHash, stateDigest, checkpoints}` or `{ok: false, firstBad: {index, code}}`, with index null when no single entry can be named",
  examples: ["fiducial audit", "fiducial audit --data /srv/fiducial --json"],
  answer: async (call) => {
    const result = await auditOrDamage(call);
    const { screen } = call;
    screen.progress(undefined);
    screen.data(result);
    if (result.ok) {
      screen.say(
        `${screen.style("green", "✓")} ${count(result.size, "entry", "entries")} and ${count(result.checkpoints, "checkpoint")} hold.`,
      );
      screen.say(`    root    ${result.rootHash}`);
      screen.say(`    state   ${result.stateDigest}`);
      return 0;
    }
    const { index, code } = result.firstBad;
    screen.complain(
      `${screen.style("red", "✗")} ${index === null ? "The ledger" : `Entry ${index}`} does not hold (${code}).`,
    );
    return 1;
  },
};

interface Damaged {
  readonly ok: false;
  readonly firstBad: { readonly index: null; readonly code: string };
}

async function auditOrDamage(call: Call): Promise<AuditResult | Damaged> {
  const { screen, signal } = call;
  try {
    return await withLedger(call, (ledger) =>
      ledger.audit((done, total) => {
        signal.throwIfAborted();
        screen.progress(auditLine(done, total, screen.columns));
      }),
    );
  } catch (thrown) {
    const code = codeOf(thrown);
    const isDamage = code !== undefined && (damage.has(code) || (thrown as Error).name === "CoreError");
    if (!isDamage) throw thrown;
    return { ok: false, firstBad: { index: null, code } };
  }
}
