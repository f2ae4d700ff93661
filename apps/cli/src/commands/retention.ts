// fiducial retention: until when a study is kept.
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { approverOption, approversOf } from "../member-keys.ts";
import { studyHandle, studyParameter } from "../study-handles.ts";
import { withNode } from "../with-node.ts";

export const retention: CommandDeclaration = {
  name: "retention",
  summary: "Says until when a study must be kept.",
  description: [
    "Until the end of that day (UTC) the ledger refuses to have the study destroyed or erased. A data steward or an administrator signs; what shortens a retention needs a second one.",
  ],
  parameters: [studyParameter],
  options: [
    { flags: "--until <date>", says: "the last day, YYYY-MM-DD", required: true },
    { flags: "--rule <text>", says: "the rule that asks for it; for the vault only" },
    approverOption,
  ],
  json: "one line `{study, statementId, index, until}`",
  examples: ["fiducial retention 77ab…02 --until 2036-12-31 --rule 'StrlSchG § 85' --approver dora.key"],
  answer: async (call) => {
    const [study, until] = [studyHandle(call), endOfDay(call)];
    return withNode(call, async (node) => {
      const { options, screen } = call;
      const rule = options["rule"] as string | undefined;
      const set = await node.operations.setRetention({ study, until, rule }, await approversOf(call, node));
      screen.data({ ...set, until });
      screen.say(`Study ${study} is kept until ${until}.`);
      return 0 as const;
    });
  },
};

function endOfDay({ options }: Call): string {
  const end = `${options["until"]}T23:59:59.999Z`;
  const time = new Date(end);
  // A day that its month does not have becomes one of the next.
  if (!Number.isNaN(time.getTime()) && time.toISOString() === end) return end;
  throw new CliError("USAGE", { problem: "--until takes a day as YYYY-MM-DD." });
}
