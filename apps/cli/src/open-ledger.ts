// Finds the ledger that a command is about: the node that --node names, the one that has the folder open, or the folder itself.
import { resolve } from "node:path";
import {
  defaultDataFolder,
  type NodeOptions,
  type OpenNode,
  openNode,
  operatorTokenOf,
  runningNode,
  whoAnswers,
} from "@fiducial/node";
import { tellChangedFile } from "./changed-file.ts";
import { CliError } from "./cli-error.ts";
import { codeOf } from "./failure.ts";
import { namingPlaces } from "./folder-alone.ts";
import { inProcess } from "./in-process.ts";
import type { Ledger } from "./ledger.ts";
import type { Options } from "./options.ts";
import { overHttp } from "./over-http.ts";
import { givenToken } from "./token.ts";

/** Opens it. `create` makes a folder that is missing. Throws whatever opening a node, or reaching one, throws. */
export async function openLedger(options: Options, create: boolean): Promise<Ledger> {
  if (options.node !== undefined) return overHttp({ url: options.node, token: givenToken(options, options.node) });
  const folder = resolve(options.data ?? defaultDataFolder());
  const announced = runningNode(folder);
  const answers = announced === undefined ? "another" : await whoAnswers(folder, announced);
  const url = answers === "its node" ? announced : undefined;
  const organizationName = options["organization"] as string | undefined;
  if (url === undefined) {
    const opened = openFolder(options, create, { organizationName }).catch((thrown: unknown) => {
      const isInUse = codeOf(thrown) === "FOLDER_IN_USE";
      if (isInUse && answers === "untrusted")
        throw new CliError("CERTIFICATE_UNTRUSTED", { node: announced ?? "" }, thrown);
      throw thrown;
    });
    return inProcess(await opened);
  }
  return overHttp({ url, folder, token: operatorTokenOf(folder, options.keys) });
}

/** Opens the folder's node in this process; `making` is what a folder is told that is made now. Throws FOLDER_IN_USE with the address at which another process answers. */
export async function openFolder(
  { data, keys, threads }: Options,
  create: boolean,
  making: Pick<NodeOptions, "demo" | "nowMs" | "organizationName" | "storyBegins"> = {},
): Promise<OpenNode> {
  const folder = data ?? defaultDataFolder();
  try {
    return tellingAtEnd(await openNode({ data: folder, keys, threads, create, ...making }));
  } catch (thrown) {
    throw await namingPlaces({ data, keys }, thrown);
  }
}

// Who writes to a ledger looks at its seal before it goes, at the latest when the ledger is closed.
function tellingAtEnd(node: OpenNode): OpenNode {
  const before = node.store.isKnownToDiffer();
  const close = async () => {
    await node.close();
    await tellChangedFile(node, before);
  };
  return { ...node, close };
}
