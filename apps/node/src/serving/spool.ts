// Files that come in: written to disk as they come, so many at a time, and so many bytes together.
import { NodeError } from "../node-error.ts";
import { incomingFile } from "../objects/incoming-file.ts";
import type { ServerLimits } from "./limits.ts";
import { places } from "./places.ts";

/** A file that came in. */
export interface SpooledFile {
  readonly path: string;
  /** Gives the room back that it takes; the file itself is the caller's. */
  release(): void;
}

/** Where files come in. */
export interface Spool {
  /** Writes a file down that `sender` sends. Rejects with TOO_MANY_UPLOADS, INTAKES_FULL, REQUEST_TOO_LARGE, what the disk fails with and what `chunks` throws; then nothing of it stays. */
  receive(chunks: AsyncIterable<Uint8Array>, sender?: string): Promise<SpooledFile>;
  /** Bytes that are not released. */
  bytes(): number;
}

/** Opens a spool whose files lie where `newPath` says. */
export function spoolOf(
  newPath: () => string,
  limits: Pick<ServerLimits, "uploads" | "fileBytes" | "waitingBytes">,
): Spool {
  const seats = places(limits.uploads, "TOO_MANY_UPLOADS");
  let waiting = 0;

  function roomFor() {
    let taken = 0;
    return {
      grow: (bytes: number) => {
        if (waiting + bytes > limits.waitingBytes) throw new NodeError("INTAKES_FULL");
        waiting += bytes;
        taken += bytes;
        if (taken > limits.fileBytes) throw new NodeError("REQUEST_TOO_LARGE");
      },
      release: () => {
        waiting -= taken;
        taken = 0;
      },
    };
  }

  return {
    receive: async (chunks, sender) => {
      const leave = seats.take(sender);
      const file = incomingFile(newPath());
      const { grow, release } = roomFor();
      try {
        for await (const chunk of chunks) {
          grow(chunk.length);
          await file.write(chunk);
          // A sender would else hold its place for hours, for a file that is lost.
          if (file.hasFailed()) break;
        }
        await file.end();
        return { path: file.path, release };
      } catch (thrown) {
        release();
        await file.drop();
        throw thrown;
      } finally {
        leave();
      }
    },
    bytes: () => waiting,
  };
}
