// fiducial members recover: a new key for a member who lost every key.
import type { CommandDeclaration } from "../command.ts";
import { approverOption, approversOf, newPassphrase, noPassphraseOption } from "../member-keys.ts";
import { actorParameter, memberJson, memberLine } from "../member-lines.ts";
import { withNode } from "../with-node.ts";

export const membersRecover: CommandDeclaration = {
  name: "members recover",
  summary: "Binds a member who lost every key to a fresh one.",
  description: ["The organization's root key and an administrator sign; all other keys of the member end."],
  parameters: [actorParameter],
  options: [
    { flags: "--key <file>", says: "the key file to make", required: true },
    approverOption,
    noPassphraseOption,
  ],
  json: memberJson,
  examples: ["fiducial members recover 3f1c…90 --key dora-2.key --approver anna.key"],
  answer: (call) =>
    withNode(call, async (node) => {
      const [actor] = call.given as [string];
      const path = call.options["key"] as string;
      const administrators = await approversOf(call, node);
      const keyFile = { path, passphrase: await newPassphrase(call, path) };
      const member = await node.operations.members.recover(actor, keyFile, administrators);
      call.screen.data(member);
      call.screen.say(memberLine(call.screen, member));
      return 0 as const;
    }),
};
