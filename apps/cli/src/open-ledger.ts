// Finds the ledger that a command is about: the folder that --data names, else the default one.
import { defaultDataFolder, NodeError, type OpenNode, openNode, runningNode } from "@fiducial/node";
import { CliError } from "./cli-error.ts";
import { inProcess } from "./in-process.ts";
import type { Ledger } from "./ledger.ts";
import type { Options } from "./options.ts";

/** Opens it. `create` makes a folder that is missing. Throws FOLDER_IN_USE, and whatever opening a node throws. */
export async function openLedger(options: Options, create: boolean): Promise<Ledger> {
  return inProcess(await openFolder(options, create));
}

/** Opens the folder's node in this process. */
export async function openFolder({ data, keys, threads }: Options, create: boolean): Promise<OpenNode> {
  const folder = data ?? defaultDataFolder();
  try {
    return await openNode({ data: folder, keys, threads, create });
  } catch (thrown) {
    if (!(thrown instanceof NodeError) || thrown.code !== "FOLDER_IN_USE") throw thrown;
    const url = runningNode(folder);
    throw new CliError("FOLDER_IN_USE", url === undefined ? {} : { at: `, at ${url}` }, thrown);
  }
}
