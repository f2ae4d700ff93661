// fiducial tokens list: which machines may ask the node, and which might once.
import { type CommandDeclaration, withLedger } from "../command.ts";
import { machineLine } from "../machine-line.ts";

export const tokensList: CommandDeclaration = {
  name: "tokens list",
  summary: "Lists the machines that may ask the node, and those that might once.",
  description: ["Secrets are not among what is listed: the node does not have them."],
  parameters: [],
  json: "one line for each machine, `{client, name, scopes, addedAt, revokedAt}`",
  examples: ["fiducial tokens list"],
  answer: (call) =>
    withLedger(call, async (ledger) => {
      const { screen } = call;
      const machines = await ledger.machines.list();
      for (const machine of machines) {
        screen.data(machine);
        screen.say(machineLine(machine));
      }
      if (machines.length === 0) screen.say("No machine may ask.");
      return 0 as const;
    }),
};
