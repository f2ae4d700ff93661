// A node that runs by a configuration in a folder of its own, for tests: gone when the test is over.
import { onTestFinished } from "vitest";
import { readConfiguration } from "../configuration/read-configuration.ts";
import type { WholeConfiguration } from "../configuration/schema.ts";
import { type RunningNode, type StartOptions, startNode } from "../running-node.ts";
import { type ScratchNode, scratchNode } from "./scratch-node.ts";

/** Reads a configuration of assignments, `http.port=0` and the scratch folders first. */
export function scratchConfiguration(
  { data, keys }: ScratchNode,
  assignments: readonly string[] = [],
): WholeConfiguration {
  const { configuration, problems } = readConfiguration({
    environment: {},
    usualData: data,
    assignments: [`data=${data}`, `keys=${keys}`, "http.port=0", "threads=1", "limits.closingMs=100", ...assignments],
  });
  if (configuration === undefined) throw new Error(JSON.stringify(problems));
  return configuration;
}

/** Starts a node until the test is over. */
export async function startScratch(
  assignments: readonly string[] = [],
  options: StartOptions = {},
  scratch: ScratchNode = scratchNode(),
): Promise<RunningNode & { readonly scratch: ScratchNode; stop(): Promise<void> }> {
  const running = await startNode(scratchConfiguration(scratch, assignments), {
    create: true,
    environment: {},
    ...options,
  });
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await running.close("SIGTERM");
    isRunning = false;
  };
  onTestFinished(stop);
  return { ...running, scratch, stop };
}
