// fiducial members add: registers a person with a key of their own.
import type { CommandDeclaration } from "../command.ts";
import { newPassphrase, noPassphraseOption } from "../member-keys.ts";
import { memberJson, memberLine, roleOption, rolesOf } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersAdd: CommandDeclaration = {
  name: "members add",
  summary: "Registers a person of the organization, with a fresh key and roles.",
  description: [
    "Makes a key file, which the person keeps and the node never reads again, registers the person and the key with the organization's root key, and grants the roles. The name goes to the vault only. The passphrase is asked for, or taken from FIDUCIAL_PASSPHRASE.",
  ],
  parameters: [],
  options: [
    { flags: "--name <name>", says: "the person's name", required: true },
    roleOption,
    { flags: "--key <file>", says: "the key file to make", required: true },
    noPassphraseOption,
  ],
  json: memberJson,
  examples: ["fiducial members add --name 'Dora Lind' --role data-steward --key dora.key"],
  answer: (call) =>
    withNode(call, async (node) => {
      const { options, screen } = call;
      const path = options["key"] as string;
      const keyFile = { path, passphrase: await newPassphrase(call, path) };
      const member = await node.operations.members.add(
        { name: options["name"] as string, roles: rolesOf(call) },
        keyFile,
      );
      screen.data(member);
      screen.say(memberLine(screen, member));
      screen.say(`Key file ${path}: for ${options["name"]} alone, and in no backup of this node.`);
      return 0 as const;
    }),
};
