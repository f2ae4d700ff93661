// The demonstration: a folder that is made for it gets a small hospital and a fortnight of its doings before anybody is let in.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatUtcTime, utcTimeMs } from "@fiducial/core";
import { type NodeOptions, type OpenNode, openNode } from "../compose.ts";
import { type FolderIdentity, identityFile, readIdentity } from "../folder/data-folder.ts";
import { beginningOf } from "./calendar.ts";
import { storyOf } from "./story.ts";
import { storyClock } from "./story-clock.ts";
import { type DemoProgress, isTold, tell } from "./teller.ts";

/** What a node is opened with when its folder, if it is made now, shall become the demonstration. */
export const demoFolder: Pick<NodeOptions, "demo" | "organizationName"> = {
  demo: true,
  organizationName: "Northlake Hospital",
};

/** How a demonstration is opened. */
export interface DemonstrationOptions {
  readonly progress?: DemoProgress | undefined;
  /** Aborted, the story ends after what is under way, and goes on when the folder is opened the next time. */
  readonly signal?: AbortSignal | undefined;
  /** How its node is opened. */
  readonly open?: (options: NodeOptions) => Promise<OpenNode>;
}

/** Opens a node. When its folder is made for the demonstration now, or was and its story was cut off, the story is told first; any other folder is opened as it is. */
export async function openDemonstration(
  options: NodeOptions,
  { progress, signal, open = openNode }: DemonstrationOptions = {},
): Promise<OpenNode> {
  const { nowMs = Date.now } = options;
  const identity = identityIn(options.data);
  const isMadeNow = identity === undefined && options.create === true && options.demo === true;
  const storyBegins = isMadeNow ? formatUtcTime(beginningOf(nowMs())) : identity?.storyBegins;
  const beginsMs = utcTimeMs(storyBegins ?? "");
  if (beginsMs === undefined) return open(options);
  const clock = storyClock(beginsMs, nowMs);
  // On a log that a recovery began nothing of the story stands, and it is not told again there.
  const wasTold = isTold(resolve(options.data)) || identity?.predecessors !== undefined;
  if (wasTold) clock.release();
  const node = await open({ ...options, ...(isMadeNow && { storyBegins }), nowMs: clock.nowMs });
  try {
    if (!wasTold) await tell(node, storyOf(beginsMs), clock, { progress, signal });
    clock.release();
    return node;
  } catch (thrown) {
    await node.close();
    throw thrown;
  }
}

/** Whether a folder's story has not been told to its end. */
export function isDemoWaiting(node: Pick<OpenNode, "identity" | "folder">): boolean {
  const { storyBegins, predecessors } = node.identity;
  return storyBegins !== undefined && predecessors === undefined && !isTold(node.folder.path);
}

function identityIn(data: string): FolderIdentity | undefined {
  const path = resolve(data);
  return existsSync(join(path, identityFile)) ? readIdentity(path) : undefined;
}
