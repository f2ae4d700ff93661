// fiducial members list: who belongs to the organization.
import type { CommandDeclaration } from "../command.ts";
import { memberJson, memberLine } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersList: CommandDeclaration = {
  name: "members list",
  summary: "Lists the organization's persons with their roles and keys.",
  description: ["Persons appear by id and role; by name only when names are asked for."],
  parameters: [],
  options: [{ flags: "--names", says: "tell names too" }],
  json: `one line for each, ${memberJson}`,
  examples: ["fiducial members list", "fiducial members list --names --json"],
  answer: (call) =>
    withNode(call, async (node) => {
      const { options, screen } = call;
      const members = await node.operations.members.list({ names: options["names"] === true });
      for (const member of members) {
        screen.data(member);
        screen.say(memberLine(screen, member));
      }
      if (members.length === 0) screen.say("Nobody yet.");
      return 0 as const;
    }),
};
