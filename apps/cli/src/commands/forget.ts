// fiducial forget: erases what is kept of a patient or of a member.
import type { OpenNode } from "@fiducial/node";
import { ask } from "../asking.ts";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { destructionOptions, mayDestroy } from "../destruction-question.ts";
import { count } from "../figures.ts";
import { approverOption, approversOf } from "../member-keys.ts";
import { withNode } from "../with-node.ts";

export const forget: CommandDeclaration = {
  name: "forget",
  summary: "Erases a patient: keys, salts, headers, names and images. Two members approve.",
  description: [
    "Lists what would go and what survives elsewhere (receipts, archives, backups, scopes), asks, and then destroys: the objects in the store, and every key and value in the vault. The log keeps commitments that nothing opens any more, and two statements that say who approved the erasure and how many copies survive. Every other receipt goes on verifying.",
    "Holds and running retentions are stronger: the ledger refuses, and nothing is destroyed. What is once approved is finished, if need be when the folder is opened next. Files are unlinked, not overwritten: what a disk keeps of unlinked blocks, only its own encryption covers.",
    "The patient's id need not stand on the command line: `--patient-id` without a value asks for it, or reads it from standard input.",
  ],
  parameters: [{ syntax: "[subject]", says: "the subject's handle: 32 hexadecimal digits" }],
  options: [
    { flags: "--patient-id [id]", says: "find the subject by patient id; without a value it is asked for" },
    { flags: "--issuer <issuer>", says: "who issued the patient id, when several did" },
    { ...approverOption, required: false },
    ...destructionOptions,
  ],
  json: "one line `{subject, studies: [{study, objects, bytes, holds, retainUntil}], survivors: [{kind, where, at?, study?}], counts: {receipts, backups, copies}}`, without --dry-run also `approval` and `execution`, the statements' ids; with it `verdict`, `{accepted: true}` or `{accepted: false, code}`",
  examples: [
    "fiducial forget --patient-id --approver dora.key --approver dan.key",
    "fiducial forget 9ad0…17 --dry-run --json",
  ],
  answer: async (call) => {
    const named = await namedSubject(call);
    return withNode(call, (node) => run(call, node, named));
  },
};

async function run(call: Call, node: OpenNode, named: Named) {
  const { screen } = call;
  const subject = "subject" in named ? named.subject : node.operations.subjectOf(named);
  const plan = await node.operations.planForgetting(subject);
  const answer = await mayDestroy(call, plan);
  if (answer !== "yes") return answer;
  const erasure = await node.operations.forget(subject, await approversOf(call, node));
  const { receipts, backups, copies } = erasure.counts;
  screen.data(erasure);
  screen.say(
    `Forgotten: ${count(erasure.studies.length, "study", "studies")}. The ledger says so (${erasure.execution}).`,
  );
  screen.say(
    `Not reached from here: ${count(receipts, "receipt")}, ${count(backups, "backup")}, ${count(copies, "other copy", "other copies")}.`,
  );
  return 0;
}

type Named = { readonly subject: string } | { readonly patientId: string; readonly issuer?: string };

async function namedSubject({ given, options }: Call): Promise<Named> {
  const [subject] = given as [string | undefined];
  const named = options["patientId"];
  if ((subject === undefined) === (named === undefined))
    throw new CliError("USAGE", { problem: "Name the subject by its handle or by --patient-id, one of the two." });
  if (subject !== undefined) {
    if (/^[0-9a-f]{32}$/.test(subject)) return { subject };
    throw new CliError("USAGE", { problem: "A subject's handle is 32 hexadecimal digits." });
  }
  const patientId = typeof named === "string" ? named : await ask("Patient id", "--patient-id");
  const issuer = options["issuer"];
  return { patientId, ...(typeof issuer === "string" ? { issuer } : {}) };
}
