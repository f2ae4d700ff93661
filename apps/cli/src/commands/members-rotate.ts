// fiducial members rotate: a fresh key in the place of an old one.
import type { CommandDeclaration } from "../command.ts";
import { existingKeyFile, newPassphrase, noPassphraseOption } from "../member-keys.ts";
import { memberJson, memberLine } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersRotate: CommandDeclaration = {
  name: "members rotate",
  summary: "Replaces the key in a key file by a fresh one.",
  description: [
    "The old key signs, the new one counter-signs, the old one is revoked, and the file holds the new one. The file is as it was until the ledger has accepted that.",
  ],
  parameters: [],
  options: [{ flags: "--key <file>", says: "the member's key file", required: true }, noPassphraseOption],
  json: memberJson,
  examples: ["fiducial members rotate --key dora.key"],
  answer: (call) =>
    withNode(call, async (node) => {
      const path = call.options["key"] as string;
      const keyFile = await existingKeyFile(path);
      const member = await node.operations.members.rotate(keyFile, await newPassphrase(call, path));
      call.screen.data(member);
      call.screen.say(memberLine(call.screen, member));
      return 0 as const;
    }),
};
