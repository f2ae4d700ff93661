// fiducial destroy: destroys studies whose time has come, or that never should have been.
import type { DestructionReason, OpenNode } from "@fiducial/node";
import type { Call, CommandDeclaration } from "../command.ts";
import { destructionOptions, mayDestroy } from "../destruction-question.ts";
import { count } from "../figures.ts";
import { approverOption, approversOf } from "../member-keys.ts";
import { studiesParameter, studyHandles } from "../study-handles.ts";
import { withNode } from "../with-node.ts";

const reasons = [
  "retention-expired",
  "rejected",
  "erasure",
  "entered-in-error",
] as const satisfies readonly DestructionReason[];

export const destroy: CommandDeclaration = {
  name: "destroy",
  summary: "Destroys studies: images, headers, salts. Two members approve.",
  description: [
    "Lists what would go and what survives elsewhere, asks, and then destroys the objects in the store and everything that the vault keeps of the studies. Their patients stay known. A hold or a running retention on one of them refuses the whole.",
    "Backups of the vault made before hold the studies still, and can be read: only `fiducial forget` destroys a key.",
  ],
  parameters: [studiesParameter],
  options: [
    { flags: "--reason <reason>", says: reasons.join(", "), choices: reasons, required: true },
    { ...approverOption, required: false },
    ...destructionOptions,
  ],
  json: "one line `{studies, survivors, counts}` as `forget` has it, without --dry-run also `approvals`, the statements' ids; with it `verdict`, `{accepted: true}` or `{accepted: false, code}`",
  examples: ["fiducial destroy 77ab…02 --reason retention-expired --approver dora.key --approver dan.key"],
  answer: async (call) => {
    const studies = studyHandles(call);
    return withNode(call, (node) => run(call, node, studies));
  },
};

async function run(call: Call, node: OpenNode, studies: readonly string[]) {
  const { screen, options } = call;
  const plan = await node.operations.planDestruction(studies);
  const answer = await mayDestroy(call, plan);
  if (answer !== "yes") return answer;
  const approvers = await approversOf(call, node);
  const done = await node.operations.destroy(studies, options["reason"] as DestructionReason, approvers);
  screen.data(done);
  screen.say(`Destroyed: ${count(done.studies.length, "study", "studies")}.`);
  return 0;
}
