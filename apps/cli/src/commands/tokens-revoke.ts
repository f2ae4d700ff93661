// fiducial tokens revoke: lets a machine ask no more.
import { type CommandDeclaration, withLedger } from "../command.ts";
import { machineLine } from "../machine-line.ts";

export const tokensRevoke: CommandDeclaration = {
  name: "tokens revoke",
  summary: "Lets a machine ask the node no more, from now on.",
  description: ["Its tokens end at once, and its actor on the ledger ends for good."],
  parameters: [{ syntax: "<client>", says: "the machine's id, as `fiducial tokens list` shows it" }],
  json: "one line `{client, name, scopes, addedAt, revokedAt}`",
  examples: ["fiducial tokens revoke 0f8a4c51b2d94e6f8a7b3c2d1e0f9a8b"],
  answer: (call) =>
    withLedger(call, async (ledger) => {
      const revoked = await ledger.machines.revoke(String(call.given[0]));
      call.screen.data(revoked);
      call.screen.say(machineLine(revoked));
      return 0 as const;
    }),
};
