// fiducial tokens add: lets a machine ask the node, within scopes.
import type { Scope } from "@fiducial/api";
import { CliError } from "../cli-error.ts";
import { type CommandDeclaration, withLedger } from "../command.ts";

// The API has this list too, and takes long to load.
export const scopes = [
  "ledger.read",
  "ledger.audit",
  "studies.read",
  "accesses.read",
  "objects.verify",
  "intake.write",
  "statements.submit",
  "node.operate",
  "metrics.read",
] as const satisfies readonly Scope[];

export const tokensAdd: CommandDeclaration = {
  name: "tokens add",
  summary: "Lets a machine ask the node, and tells its secret, once.",
  description: [
    "Registers the machine on the ledger as software of the organization, and makes a secret for it. What is printed, `client:secret`, goes into FIDUCIAL_TOKEN or a file for --token-file on that machine; other programs exchange it at POST /api/v1/token for tokens that are good for a quarter of an hour. The node keeps a digest of the secret only: one that is lost is revoked and another added.",
  ],
  parameters: [{ syntax: "<name>", says: "what the machine is called" }],
  options: [
    {
      flags: "--scope <scope>",
      says: `what it may do: ${scopes.join(", ")}; may be given several times`,
      choices: scopes,
      repeated: true,
      required: true,
    },
  ],
  json: "one line `{client, name, scopes, addedAt, revokedAt, secret}`",
  examples: ["fiducial tokens add research-gateway --scope studies.read --scope objects.verify"],
  answer: (call) =>
    withLedger(call, async (ledger) => {
      const { given, options, screen } = call;
      const { NewTokenClient } = await import("@fiducial/api");
      const asked = NewTokenClient.safeParse({ name: given[0], scopes: options["scope"] });
      if (!asked.success) throw new CliError("USAGE", { problem: "A machine's name has 1 to 100 characters." });
      const added = await ledger.machines.add(asked.data);
      screen.data(added);
      screen.say(`${added.name} may ask, within ${added.scopes.join(", ")}. This is shown once:`);
      screen.say(`${added.client}:${added.secret}`);
      return 0 as const;
    }),
};
