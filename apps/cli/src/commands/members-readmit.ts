// fiducial members readmit: takes a member of an ended log back on its successor.
import type { CommandDeclaration } from "../command.ts";
import { existingKeyFile } from "../member-keys.ts";
import { memberJson, memberLine, roleOption, rolesOf } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersReadmit: CommandDeclaration = {
  name: "members readmit",
  summary: "Registers a member again after a recovery, with the key that the member has.",
  description: [
    "A recovered node begins a new log, on which nobody is a member yet: what the lost end of the old one had revoked is not known. Each member comes back with their key file, under the same id, and with the roles that are named.",
  ],
  parameters: [],
  options: [
    { flags: "--name <name>", says: "the person's name", required: true },
    roleOption,
    { flags: "--key <file>", says: "the member's key file", required: true },
  ],
  json: memberJson,
  examples: ["fiducial members readmit --name 'Dora Lind' --role data-steward --key dora.key"],
  answer: (call) =>
    withNode(call, async (node) => {
      const { options, screen } = call;
      const keyFile = await existingKeyFile(options["key"] as string);
      const named = { name: options["name"] as string, roles: rolesOf(call) };
      const member = await node.operations.members.readmit(named, keyFile);
      screen.data(member);
      screen.say(memberLine(screen, member));
      return 0 as const;
    }),
};
