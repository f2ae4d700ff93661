// fiducial members revoke: ends a member's keys.
import type { KeyEnd } from "@fiducial/node";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { actorParameter, memberJson, memberLine } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

const reasons = ["lost", "superseded", "ceased", "compromised"] as const satisfies readonly KeyEnd["reason"][];

export const membersRevoke: CommandDeclaration = {
  name: "members revoke",
  summary: "Ends every key of a member.",
  description: [
    "The organization's root key signs. What the keys signed before goes on counting, unless they are said to be compromised since a time: then nothing they signed since proves anything.",
  ],
  parameters: [actorParameter],
  options: [
    { flags: "--reason <reason>", says: reasons.join(", "), choices: reasons, required: true },
    { flags: "--since <time>", says: "for compromised keys: since when, in UTC, as 2026-11-18T08:41:00.000Z" },
    { flags: "--retire", says: "end the member too, for good" },
  ],
  json: memberJson,
  examples: [
    "fiducial members revoke 3f1c…90 --reason ceased --retire",
    "fiducial members revoke 3f1c…90 --reason compromised --since 2026-11-18T08:41:00.000Z",
  ],
  answer: async (call) => {
    const end = endOf(call);
    return withNode(call, async (node) => {
      const [actor] = call.given as [string];
      const member = await node.operations.members.revoke(actor, end, call.options["retire"] === true);
      call.screen.data(member);
      call.screen.say(memberLine(call.screen, member));
      return 0 as const;
    });
  },
};

function endOf({ options }: Call): KeyEnd {
  const reason = options["reason"] as KeyEnd["reason"];
  if (reason !== "compromised") return { reason };
  const since = options["since"];
  if (typeof since !== "string") throw new CliError("USAGE", { problem: "--reason compromised needs --since." });
  return { reason, since };
}
