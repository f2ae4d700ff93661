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
  "SIGNED_ROOT_DIFFERS",
  "VAULT_CORRUPT",
  "VAULT_FOREIGN",
]);

/** Those of them with which its entries and tiles may still be read one by one, though nothing is signed any more. */
const readable: ReadonlySet<string> = new Set(["STORE_CORRUPT", "SIGNED_ROOT_DIFFERS"]);

export const audit: CommandDeclaration = {
  name: "audit",
  summary: "Re-checks every entry, signature, tile, verdict, checkpoint and stored object.",
  description: [
    "Reads the whole ledger again, runs the contract again from an empty state, and compares what comes out with what is stored; then builds the read model anew and compares it, looks whether every object that was registered, and neither destroyed nor forgotten, is in the store, and reads every stored object. Names the first entry or object that does not hold, and why, or what else does not. Exit status 1 then.",
    "Of the vault it reads only which objects must be there: it does not tell whether names, headers and what opens commitments can still be read. 'fiducial verify' of a file, and a receipt, read what the vault keeps of one study; 'fiducial backup' has the database look through the copy it makes of the vault.",
  ],
  parameters: [],
  json: "`{ok: true, size, rootHash, stateDigest, checkpoints, origin, ended: [{origin, size, rootHash}]}` or `{ok: false, firstBad: {index, code, object?}, origin?, ended?}`, with index null when no single entry can be named, and object the digest of a stored object that is missing or differs; ended are the logs that recoveries ended, and that hold",
  examples: ["fiducial audit", "fiducial audit --data /srv/fiducial --json"],
  answer: async (call) => {
    const { result, refusal } = await auditOrDamage(call);
    const { screen } = call;
    screen.progress(undefined);
    screen.data(result);
    if (result.ok) {
      const { size, checkpoints, rootHash, stateDigest, origin = "", ended = [] } = result;
      const logs = [...ended, { origin, size, rootHash }];
      const total = logs.reduce((sum, log) => sum + log.size, 0);
      const of = logs.length === 1 ? "" : ` of ${count(logs.length, "log")}`;
      screen.say(
        `${screen.style("green", "✓")} ${count(total, "entry", "entries")}${of} and ${count(checkpoints, "checkpoint")} hold.`,
      );
      for (const log of logs) screen.say(`    root   ${log.rootHash}${log.origin === "" ? "" : `  ${log.origin}`}`);
      screen.say(`    state  ${stateDigest}`);
      return 0;
    }
    screen.complain(`${screen.style("red", "✗")} ${await findingLine(result, refusal)}`);
    return 1;
  },
};

// `refusal` is what the ledger said that did not open; it stands where no finding of an audit does.
async function findingLine({ firstBad, origin }: Unsound, refusal: string | undefined): Promise<string> {
  const { auditFindings } = await import("@fiducial/node");
  const { index, code, object } = firstBad;
  const says = (auditFindings as Readonly<Record<string, string>>)[code];
  if (index !== null)
    return `Entry ${index}${origin === undefined ? "" : ` of ${origin}`} does not hold${says === undefined ? "" : `: ${says}`} (${code})`;
  return `${object === undefined ? "" : `Object ${object}: `}${says ?? refusal ?? "The ledger does not hold."} (${code})`;
}

type Unsound = AuditResult & { readonly ok: false };

async function auditOrDamage(call: Call): Promise<{ readonly result: AuditResult; readonly refusal?: string }> {
  const { screen, signal } = call;
  const progress = (done: number, total: number) => {
    signal.throwIfAborted();
    screen.progress(auditLine(done, total, screen.columns));
  };
  try {
    return { result: await withLedger(call, (ledger) => ledger.audit(progress)) };
  } catch (thrown) {
    const code = codeOf(thrown);
    const isDamage = code !== undefined && (damage.has(code) || (thrown as Error).name === "CoreError");
    if (!isDamage) throw thrown;
    const named = readable.has(code) ? await namedDamage(call, progress) : undefined;
    const result = named ?? { ok: false, firstBad: { index: null, code } };
    return { result, refusal: (thrown as Error).message };
  }
}

// The first thing that does not hold in a ledger that does not open; undefined when that cannot be told, or each entry holds by itself.
async function namedDamage({ options }: Call, progress: Progress): Promise<Unsound | undefined> {
  if (options.node !== undefined) return undefined;
  const { auditUnopened, defaultDataFolder } = await import("@fiducial/node");
  const { data = defaultDataFolder(), keys, threads } = options;
  try {
    const result = await auditUnopened({ data, keys, threads }, progress);
    return result.ok ? undefined : result;
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    return undefined;
  }
}

type Progress = (done: number, total: number) => void;
