// The feeds of a node: what fetches objects by itself, from folders and from other archives.
import type { OpenNode } from "../compose.ts";
import { type Clock, processClock } from "../intake/clock.ts";
import type { RunningConnection } from "./connection-rooms.ts";
import { followOrthanc, type OrthancFeedOptions } from "./orthanc-feed.ts";
import { type WatchedFolderOptions, watchFolder } from "./watched-folder.ts";

/** Which feeds a node has; ids differ. */
export interface FeedChoices {
  readonly folders?: readonly WatchedFolderOptions[];
  readonly orthancs?: readonly OrthancFeedOptions[];
}

/** Starts them all; to be closed before the node is. Throws FEED_ADDRESS_REFUSED, and RangeError for an id that is none; then none runs. */
export function startFeeds(
  node: Pick<OpenNode, "inbox" | "connections" | "objects" | "folder">,
  { folders = [], orthancs = [] }: FeedChoices,
  clock: Clock = processClock,
): RunningConnection {
  const rooms = { ...node, clock };
  const running: RunningConnection[] = [];
  const close = async () => void (await Promise.all(running.map((feed) => feed.close())));
  try {
    for (const options of orthancs) running.push(followOrthanc(rooms, node.folder.path, options));
    for (const options of folders) running.push(watchFolder(rooms, node.folder.path, options));
  } catch (thrown) {
    void close();
    throw thrown;
  }
  return { close };
}
