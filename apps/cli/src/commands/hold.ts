// fiducial hold: keeps studies from destruction, or no longer.
import type { HoldReason, OpenNode } from "@fiducial/node";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { count } from "../figures.ts";
import { approverOption, approversOf } from "../member-keys.ts";
import { studiesParameter, studyHandles } from "../study-handles.ts";
import { withNode } from "../with-node.ts";

const reasons = ["legal", "trial", "research", "quality"] as const satisfies readonly HoldReason[];

export const hold: CommandDeclaration = {
  name: "hold",
  summary: "Places a hold on studies, or releases one.",
  description: [
    "A hold keeps a study from destruction and erasure, whatever its retention says, and calls off a destruction that was approved and not done yet. One hold may keep many studies. A data steward, an administrator or an auditor signs.",
    "With --release the hold ends, for each study that is named; the hold itself need not be named when a study has no other.",
  ],
  parameters: [studiesParameter],
  options: [
    { flags: "--reason <reason>", says: `why: ${reasons.join(", ")}`, choices: reasons },
    { flags: "--matter <text>", says: "what it is about; for the vault only" },
    { flags: "--hold <handle>", says: "a hold that other studies have already; with --release, the one to release" },
    { flags: "--release", says: "release the hold" },
    approverOption,
  ],
  json: "one line `{hold, acts: [{study, statementId, index}]}`; with --release one line for each study, `{study, hold, statementId, index}`",
  examples: [
    "fiducial hold 77ab…02 --reason legal --approver dora.key",
    "fiducial hold 77ab…02 --release --approver dora.key",
  ],
  answer: async (call) => {
    const asked = { studies: studyHandles(call), hold: handleOf(call) };
    if (call.options["release"] === true) return withNode(call, (node) => release(call, node, asked));
    const reason = call.options["reason"] as HoldReason | undefined;
    if (reason === undefined) throw new CliError("USAGE", { problem: "A hold needs a --reason." });
    return withNode(call, (node) => place(call, node, { ...asked, reason }));
  },
};

interface Asked {
  readonly studies: readonly string[];
  readonly hold: string | undefined;
}

async function place(call: Call, node: OpenNode, asked: Asked & { readonly reason: HoldReason }) {
  const { options, screen } = call;
  const matter = options["matter"] as string | undefined;
  const placed = await node.operations.placeHold({ ...asked, matter }, await approversOf(call, node));
  screen.data(placed);
  screen.say(`Hold ${placed.hold} keeps ${count(asked.studies.length, "study", "studies")}.`);
  return 0 as const;
}

async function release(call: Call, node: OpenNode, { studies, hold }: Asked) {
  const { screen } = call;
  const approvers = await approversOf(call, node);
  for (const study of studies) {
    const released = await node.operations.releaseHold({ study, hold }, approvers);
    screen.data(released);
    screen.say(`Hold ${released.hold} no longer keeps study ${study}.`);
  }
  return 0 as const;
}

function handleOf({ options }: Call): string | undefined {
  const handle = options["hold"] as string | undefined;
  if (handle === undefined || /^[0-9a-f]{32}$/.test(handle)) return handle;
  throw new CliError("USAGE", { problem: "A hold's handle is 32 hexadecimal digits." });
}
