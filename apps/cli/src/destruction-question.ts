// Before anything is destroyed: what would go and what survives is told, and somebody says yes.
import { confirm } from "./asking.ts";
import type { Call, ExitCode } from "./command.ts";
import type { OptionDeclaration } from "./options.ts";
import { type Plan, planLines, refusalLines } from "./survivor-lines.ts";

/** The options of every command that destroys. */
export const destructionOptions: readonly OptionDeclaration[] = [
  { flags: "--dry-run", says: "only tell what would go, what survives, and whether the ledger would refuse" },
  { flags: "--yes", says: "do not ask" },
];

/** Tells a plan, and with --dry-run nothing more; else asks, unless --yes says so already. A number is the exit status of what goes no further. */
export async function mayDestroy({ options, screen }: Call, plan: Plan): Promise<ExitCode | "yes"> {
  const lines = [...planLines(screen, plan), ...(await refusalLines(screen, plan.verdict))];
  if (options["dryRun"] === true) {
    screen.data(plan);
    for (const line of lines) screen.say(line);
    return plan.verdict.accepted ? 0 : 1;
  }
  if (options["yes"] === true) return "yes";
  for (const line of lines) screen.complain(line);
  return (await confirm("Destroy this for good?")) ? "yes" : 1;
}
