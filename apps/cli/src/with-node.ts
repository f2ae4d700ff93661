// Commands that need the data folder to themselves: they open its node in this process and close it however they end.
import type { OpenNode } from "@fiducial/node";
import { CliError } from "./cli-error.ts";
import type { Call } from "./command.ts";

/** Opens the node of the folder that the options name. Throws FOLDER_IN_USE while another process has it open. */
export async function withNode<Result>(
  { options, signal }: Call,
  work: (node: OpenNode) => Promise<Result>,
): Promise<Result> {
  if (options.node !== undefined)
    throw new CliError("USAGE", { problem: "This command opens the data folder itself." });
  const { openFolder } = await import("./open-ledger.ts");
  const node = await openFolder(options, false);
  try {
    signal.throwIfAborted();
    const result = await work(node);
    // This process may be the last for long: what it stated is covered by a checkpoint before it ends.
    await node.publication.covering(node.store.head().edge.size);
    return result;
  } finally {
    await node.close();
  }
}
