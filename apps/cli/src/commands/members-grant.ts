// fiducial members grant: Gives a member roles.
import type { CommandDeclaration } from "../command.ts";
import { actorParameter, memberJson, memberLine, roleOption, rolesOf } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersGrant: CommandDeclaration = {
  name: "members grant",
  summary: "Gives a member roles.",
  description: ["The organization's root key signs."],
  parameters: [actorParameter],
  options: [{ ...roleOption, required: true }],
  json: memberJson,
  examples: ["fiducial members grant 3f1c…90 --role auditor"],
  answer: (call) =>
    withNode(call, async (node) => {
      const [actor] = call.given as [string];
      for (const role of rolesOf(call)) await node.operations.members.grant(actor, role);
      const member = (await node.operations.members.list()).find((one) => one.actor === actor);
      call.screen.data(member);
      if (member !== undefined) call.screen.say(memberLine(call.screen, member));
      return 0 as const;
    }),
};
