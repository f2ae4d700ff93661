// How much room is left on the disk of a folder.
import { statfsSync } from "node:fs";

/** Bytes, as far as this process may use them. */
export interface DiskRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Below so many bytes a node is degraded: a study of a few thousand slices would not fit any more. */
export const leastFreeBytes = 2 ** 30;

/** Asks the file system; it answers from memory. Undefined where it does not. */
export function diskRoomOf(path: string): DiskRoom | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined;
  }
}
