// fiducial state: says what no other command says, on the ledger.

import type { KindEntry } from "@fiducial/contract";
import type { Basis, Content } from "@fiducial/core";
import type { NewStatement, OpenNode } from "@fiducial/node";
import { confirm } from "../asking.ts";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { existingKeyFile } from "../member-keys.ts";
import { readFields } from "../state-fields.ts";
import { draftLines, statedLines } from "../state-lines.ts";
import { templateOf } from "../state-template.ts";
import { withNode } from "../with-node.ts";

const kinds = [
  "identity.organization.registered",
  "identity.contract.activated",
  "identity.actor.registered",
  "identity.actor.retired",
  "identity.key.revoked",
  "identity.key.compromised",
  "identity.role.granted",
  "identity.role.withdrawn",
  "identity.statement.disputed",
  "identity.log.sealed",
  "imaging.study.derived",
  "imaging.study.transferred",
  "imaging.study.verified",
  "imaging.study.rejected",
] as const;
const bases = ["seen", "stated", "imported"] as const satisfies readonly Basis[];
type Supersedes = NonNullable<Content["supersedes"]>;
const reasons = ["entered-in-error", "amended", "late-information"] as const satisfies readonly Supersedes["reason"][];
/** After these the log goes on otherwise, or not at all. */
const grave: ReadonlySet<string> = new Set(["identity.log.sealed", "identity.contract.activated"]);

export const state: CommandDeclaration = {
  name: "state",
  summary: "States something on the ledger, by its kind and fields.",
  description: [
    `For what no other command says. Kinds: ${kinds.join(", ")}; and imaging.study.registered with --supersedes. \`fiducial kinds\` says what each is for; --template prints the form to fill in, whose optional members may be taken out.`,
    "Sealed fields go to the vault, with the patient, study or actor whom the statement is about, and are never printed. When nobody known here has the studies that are named, or several patients have, they are refused.",
    "The node's gateway signs, or the organization with its root key where the kind is not for software, and for everything of identity; with --as, a member does.",
  ],
  parameters: [{ syntax: "<kind>", says: "the kind, as `imaging.study.rejected`" }],
  options: [
    { flags: "--open <file>", says: 'a file with the fields, `{"open": {…}, "sealed": {…}}`; - is standard input' },
    { flags: "--template", says: "print the form to fill in; needs no data folder" },
    {
      flags: "--as <file>",
      says: "the key file of the member who states it; given again, of members who counter-sign",
      repeated: true,
    },
    {
      flags: "--counter-sign <file>",
      says: "the key file of somebody who counter-signs; may be given several times, and be another organization's",
      repeated: true,
    },
    {
      flags: "--basis <basis>",
      says: `how an observation is known: ${bases.join(", ")}; stated unless told`,
      choices: bases,
    },
    { flags: "--occurred-at <time>", says: "when it happened, as 2026-11-18T08:41:00.000+01:00 (default: now)" },
    { flags: "--supersedes <statement>", says: "the id of the statement that this one takes the place of" },
    { flags: "--reason <reason>", says: `why it does: ${reasons.join(", ")}`, choices: reasons },
    { flags: "--dry-run", says: "only show what would be said, who would sign, and what the ledger would answer" },
    { flags: "--yes", says: "do not ask before a log is sealed or its contract changes" },
  ],
  json: "one line `{kind, statementId, index, recordedAt, findings}`; with --dry-run `{kind, version, log, by, signers, occurredAt, basis?, supersedes?, open, sealed, verdict}`, where sealed holds names and verdict is `{accepted: true, findings}` or `{accepted: false, code}`; with --template the form",
  examples: [
    "fiducial state imaging.study.rejected --template > rejected.json",
    "fiducial state imaging.study.rejected --open rejected.json --as tina.key --basis seen",
    "fiducial state imaging.study.transferred --open - --supersedes 7c1e…90 --reason amended < transferred.json",
  ],
  answer: async (call) => {
    const entry = await kindNamed(call);
    if (call.options["template"] === true) return printTemplate(call, entry);
    const statement = await statementOf(call, entry);
    return withNode(call, (node) => run(call, node, statement));
  },
};

async function run(call: Call, node: OpenNode, statement: NewStatement) {
  const { options, screen } = call;
  const signing = { as: await keyFilesOf(call, "as"), counterSigners: await keyFilesOf(call, "counterSign") };
  if (options["dryRun"] === true) {
    const draft = await node.operations.draft(statement, signing);
    screen.data(draft);
    for (const line of await draftLines(screen, draft)) screen.say(line);
    return draft.verdict.accepted ? 0 : 1;
  }
  const asks = grave.has(statement.kind) && options["yes"] !== true;
  if (asks && !(await confirm(`${statement.kind} cannot be taken back. State it?`))) return 1;
  const stated = await node.operations.state(statement, signing);
  screen.data(stated);
  for (const line of await statedLines(screen, stated)) screen.say(line);
  return 0;
}

async function kindNamed({ given, options }: Call): Promise<KindEntry> {
  const [name] = given as [string];
  const { vocabulary } = await import("@fiducial/contract");
  const entry = vocabulary().findLast(({ kind }) => kind === name);
  if (entry === undefined) throw new CliError("USAGE", { problem: `There is no kind ${name}.` });
  const { commandOf } = await import("@fiducial/node");
  const command = commandOf(name, options["supersedes"] !== undefined || options["template"] === true);
  if (command === undefined) return entry;
  throw new CliError("USAGE", { problem: `${name} is stated by 'fiducial ${command}', which also does what it says.` });
}

function printTemplate({ screen }: Call, entry: KindEntry): 0 {
  const template = templateOf(entry);
  screen.data(template);
  if (!screen.json) screen.raw(`${JSON.stringify(template, undefined, 2)}\n`);
  return 0;
}

async function statementOf({ options, screen }: Call, entry: KindEntry): Promise<NewStatement> {
  const { kind, nature } = entry;
  const [path, basis, occurredAt] = [options["open"], options["basis"], options["occurredAt"]];
  if (typeof path !== "string") throw new CliError("USAGE", { problem: "Name the fields' file with --open." });
  if (nature === "act" && basis !== undefined)
    throw new CliError("USAGE", { problem: `${kind} is an act; --basis is for observations.` });
  const { offsetTimeMs } = await import("@fiducial/core");
  if (typeof occurredAt === "string" && offsetTimeMs(occurredAt) === undefined)
    throw new CliError("USAGE", { problem: "--occurred-at takes a time as 2026-11-18T08:41:00.000+01:00." });
  const supersedes = supersedesOf(options);
  return {
    kind,
    ...(await readFields(screen, path, entry)),
    basis: basis as Basis | undefined,
    occurredAt: occurredAt as string | undefined,
    ...(supersedes && { supersedes }),
  };
}

function supersedesOf({ supersedes: statement, reason }: Call["options"]): Supersedes | undefined {
  if (statement === undefined && reason === undefined) return undefined;
  if (statement === undefined || reason === undefined)
    throw new CliError("USAGE", { problem: "--supersedes and --reason go together." });
  if (typeof statement === "string" && /^[0-9a-f]{64}$/.test(statement))
    return { statement, reason: reason as Supersedes["reason"] };
  throw new CliError("USAGE", { problem: "A statement's id is 64 hexadecimal digits." });
}

async function keyFilesOf({ options }: Call, option: "as" | "counterSign") {
  const keyFiles = [];
  for (const path of (options[option] ?? []) as readonly string[]) keyFiles.push(await existingKeyFile(path));
  return keyFiles;
}
