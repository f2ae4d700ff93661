// Before anything is destroyed: what would go and what survives is told, and somebody says yes.
import { confirm } from "./asking.ts";
import type { Call } from "./command.ts";
import type { OptionDeclaration } from "./options.ts";
import { type Plan, planLines } from "./survivor-lines.ts";

/** The options of every command that destroys. */
export const destructionOptions: readonly OptionDeclaration[] = [
  { flags: "--dry-run", says: "only tell what would go and what survives" },
  { flags: "--yes", says: "do not ask" },
];

/** Tells a plan, and with --dry-run nothing more; else asks, unless --yes says so already. */
export async function mayDestroy({ options, screen }: Call, plan: Plan): Promise<"dry-run" | "no" | "yes"> {
  const lines = planLines(screen, plan);
  if (options["dryRun"] === true) {
    screen.data(plan);
    for (const line of lines) screen.say(line);
    return "dry-run";
  }
  if (options["yes"] === true) return "yes";
  for (const line of lines) screen.complain(line);
  return (await confirm("Destroy this for good?")) ? "yes" : "no";
}
