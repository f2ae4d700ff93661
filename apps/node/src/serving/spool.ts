// Files that come in: written to disk as they come, so many at a time, and so many bytes together.
import { open, rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { NodeError } from "../node-error.ts";
import type { ServerLimits } from "./limits.ts";
import { arriving } from "./patience.ts";
import { places } from "./places.ts";

/** A file that came in. */
export interface SpooledFile {
  readonly path: string;
  /** Gives the room back that it takes; the file itself is the caller's. */
  release(): void;
}

/** Where files come in. */
export interface Spool {
  /** Writes a file down that `sender` sends. Rejects with TOO_MANY_UPLOADS, INTAKES_FULL, REQUEST_TOO_LARGE, REQUEST_TIMED_OUT; then nothing of it stays. */
  receive(body: Readable, sender?: string): Promise<SpooledFile>;
  /** Bytes that are not released. */
  bytes(): number;
}

/** Opens a spool whose files lie where `newPath` says. */
export function spoolOf(
  newPath: () => string,
  limits: Pick<ServerLimits, "uploads" | "fileBytes" | "fileIdleMs" | "slowMs" | "slowBytes" | "waitingBytes">,
): Spool {
  const seats = places(limits.uploads, "TOO_MANY_UPLOADS");
  const terms = { ...limits, mostBytes: limits.fileBytes, idleMs: limits.fileIdleMs };
  let waiting = 0;

  function roomFor() {
    let taken = 0;
    return {
      grow: (bytes: number) => {
        if (waiting + bytes > limits.waitingBytes) throw new NodeError("INTAKES_FULL");
        waiting += bytes;
        taken += bytes;
      },
      release: () => {
        waiting -= taken;
        taken = 0;
      },
    };
  }

  return {
    receive: async (body, sender) => {
      const leave = seats.take(sender);
      const path = newPath();
      const { grow, release } = roomFor();
      try {
        await using file = await open(path, "wx", 0o600);
        for await (const chunk of arriving(body, terms)) {
          grow(chunk.length);
          await file.write(chunk);
        }
        return { path, release };
      } catch (thrown) {
        release();
        await rm(path, { force: true });
        throw thrown;
      } finally {
        leave();
      }
    },
    bytes: () => waiting,
  };
}
