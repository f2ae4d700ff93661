// fiducial tokens key: gives a machine a signing key of its own.
import type { CommandDeclaration } from "../command.ts";
import { withNode } from "../with-node.ts";

export const tokensKey: CommandDeclaration = {
  name: "tokens key",
  summary: "Gives a machine a key of its own, with which it signs what it hands in.",
  description: [
    "Registers a fresh key for the machine with the organization's root key, and makes the key file, which belongs on that machine and nowhere else. A machine has nobody who would type a passphrase: whoever can read the file can sign as the machine. What it signed is handed in at POST /api/v1/statements.",
  ],
  parameters: [{ syntax: "<client>", says: "the machine's id, as `fiducial tokens list` shows it" }],
  options: [{ flags: "--key <file>", says: "the key file to make", required: true }],
  json: "one line `{actor, key}`",
  examples: ["fiducial tokens key 0f8a4c51b2d94e6f8a7b3c2d1e0f9a8b --key ris.key"],
  answer: (call) =>
    withNode(call, async (node) => {
      const path = call.options["key"] as string;
      const added = await node.operations.software.addKey(String(call.given[0]), { path, passphrase: "" });
      call.screen.data(added);
      call.screen.say(`Key file ${path}: for that machine alone, and in no backup of this node.`);
      return 0 as const;
    }),
};
