// fiducial members withdraw: Takes roles from a member.
import type { CommandDeclaration } from "../command.ts";
import { actorParameter, memberJson, memberLine, roleOption, rolesOf } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersWithdraw: CommandDeclaration = {
  name: "members withdraw",
  summary: "Takes roles from a member.",
  description: ["The organization's root key signs. What the member signed before goes on counting."],
  parameters: [actorParameter],
  options: [{ ...roleOption, required: true }],
  json: memberJson,
  examples: ["fiducial members withdraw 3f1c…90 --role auditor"],
  answer: (call) =>
    withNode(call, async (node) => {
      const [actor] = call.given as [string];
      for (const role of rolesOf(call)) await node.operations.members.withdraw(actor, role);
      const member = (await node.operations.members.list()).find((one) => one.actor === actor);
      call.screen.data(member);
      if (member !== undefined) call.screen.say(memberLine(call.screen, member));
      return 0 as const;
    }),
};
