// fiducial correct: a study was filed under the wrong patient.
import type { OpenNode } from "@fiducial/node";
import { ask, confirm } from "../asking.ts";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { count } from "../figures.ts";
import { approverOption, approversOf } from "../member-keys.ts";
import { studyHandle, studyParameter } from "../study-handles.ts";
import { refusalLines, survivorLines } from "../survivor-lines.ts";
import { withNode } from "../with-node.ts";

export const correct: CommandDeclaration = {
  name: "correct",
  summary: "Files a study under the right patient; another member completes it.",
  description: [
    "A data steward says whose study it is. What is kept of the study is encrypted for the right patient, except what names the wrong one; both sides, and every scope, archive and receiver that holds the study, are noticed on the ledger and listed here, so that they can be told. The study is frozen: transfers carry the finding STUDY_FROZEN, and receipts of it are made with a warning.",
    "With --complete, a member other than who corrected says that the correction was checked; the study may be shared again.",
    "The patient's id need not stand on the command line: without a value it is asked for, or read from standard input.",
  ],
  parameters: [studyParameter],
  options: [
    { flags: "--to-patient-id [id]", says: "whose study it is; without a value it is asked for" },
    { flags: "--to-issuer <issuer>", says: "who issued that id (default: nobody is named)" },
    { flags: "--complete", says: "end the correction" },
    { ...approverOption, required: false },
    { flags: "--dry-run", says: "only tell who holds the study, and whether the ledger would refuse" },
    { flags: "--yes", says: "do not ask" },
  ],
  json: "one line `{study, statementId, index, holders: [{kind, where, at?}], scopes}`; with --complete `{study, statementId, index, findings}`; with --dry-run `{study, holders, verdict}`, where verdict is `{accepted: true}` or `{accepted: false, code}`",
  examples: [
    "fiducial correct 77ab…02 --to-patient-id --approver dora.key",
    "fiducial correct 77ab…02 --complete --approver dan.key",
  ],
  answer: async (call) => {
    const study = studyHandle(call);
    if (call.options["complete"] === true) return withNode(call, (node) => complete(call, node, study));
    const to = call.options["dryRun"] === true ? undefined : await rightPatient(call);
    return withNode(call, (node) => run(call, node, study, to));
  },
};

async function run(call: Call, node: OpenNode, study: string, to: RightPatient | undefined) {
  const { options, screen } = call;
  const { holders, verdict } = await node.operations.planCorrection(study);
  const planned = [...survivorLines(screen, holders), ...(await refusalLines(screen, verdict))];
  if (to === undefined) {
    screen.data({ study, holders, verdict });
    for (const line of planned) screen.say(line);
    return verdict.accepted ? 0 : 1;
  }
  const approvers = await approversOf(call, node);
  if (options["yes"] !== true) {
    for (const line of planned) screen.complain(line);
    if (!(await confirm(`File study ${study} under that patient?`))) return 1;
  }
  const corrected = await node.operations.correct(study, to, approvers);
  screen.data(corrected);
  screen.say(`Study ${study} is filed under the right patient, and frozen until another member completes this.`);
  screen.say(`${count(corrected.scopes, "other scope")} noticed on the ledger.`);
  if (corrected.holders.length > 0) screen.say("Tell those who hold it.");
  for (const line of survivorLines(screen, corrected.holders)) screen.say(line);
  return 0;
}

async function complete(call: Call, node: OpenNode, study: string) {
  const { screen } = call;
  const completed = await node.operations.completeCorrection(study, await approversOf(call, node));
  screen.data(completed);
  const marks = completed.findings.length === 0 ? "" : `  ${completed.findings.join(" ")}`;
  screen.say(`The correction of study ${study} is complete.${marks}`);
  return 0 as const;
}

interface RightPatient {
  readonly patientId: string;
  readonly issuer: string;
}

async function rightPatient({ options }: Call): Promise<RightPatient> {
  const named = options["toPatientId"];
  if (named === undefined) throw new CliError("USAGE", { problem: "Say whose study it is: --to-patient-id." });
  const patientId = typeof named === "string" ? named : await ask("Patient id", "--to-patient-id");
  return { patientId, issuer: (options["toIssuer"] as string | undefined) ?? "" };
}
