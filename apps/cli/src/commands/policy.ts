// fiducial policy: whose word a verifier of this log's receipts takes.
import { type CommandDeclaration, withLedger } from "../command.ts";
import { writeAnswer } from "../text-file.ts";

export const policy: CommandDeclaration = {
  name: "policy",
  summary: "Writes the trust policy that this log's receipts are verified under.",
  description: [
    "The policy names the log's key and its first entry. Whoever verifies receipts gets it once, by a way that they trust, and keeps it; it holds no secret.",
  ],
  parameters: [],
  options: [{ flags: "-o, --output <file>", says: "where to write the policy; - or nothing: standard output" }],
  json: "the policy is JSON anyway; with -o, one line `{file}`",
  examples: ["fiducial policy -o policy"],
  answer: (call) =>
    withLedger(call, async (ledger) => {
      const { options, screen } = call;
      const output = options["output"] as string | undefined;
      if (writeAnswer(screen, output, await ledger.policy())) {
        screen.say(`Trust policy written to ${output}.`);
        screen.data({ file: output });
      }
      return 0 as const;
    }),
};
