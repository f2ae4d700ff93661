// The bytes of a file or a pipe that the user named. A pipe nobody writes to, and a device, are refused instead of being waited for. pipe(7).
import { constants, type FileHandle, open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { CliError } from "./cli-error.ts";
import { checkKind } from "./named-path.ts";

const chunkBytes = 65_536;
const pauseMs = 20;

/** For how long a pipe may have no writer before the first byte has come, and a writer may say nothing. */
export interface Patience {
  readonly writerMs: number;
  readonly silenceMs: number;
}
const usualPatience: Patience = { writerMs: 1000, silenceMs: 30_000 };

/** Reads what a path names, chunk by chunk. Throws PATH_UNREADABLE, and what the system refuses. */
export async function* chunksOf(path: string, patience = usualPatience): AsyncGenerator<Uint8Array> {
  // Without waiting: a pipe that nobody writes to would not even open.
  await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const status = await file.stat();
  if (status.isFIFO()) return yield* pipedChunks(path, file, patience);
  checkKind(path, status);
  for (let chunk = await chunkOf(file); chunk.length > 0; chunk = await chunkOf(file)) yield chunk;
}

// No bytes mean that nobody writes: not yet, or no more.
async function* pipedChunks(
  path: string,
  file: FileHandle,
  { writerMs, silenceMs }: Patience,
): AsyncGenerator<Uint8Array> {
  let hasBegun = false;
  for (let waitedMs = 0; ; ) {
    const chunk = await chunkOf(file).catch(unlessWaiting);
    if (chunk !== undefined && chunk.length > 0) {
      yield chunk;
      hasBegun = true;
      waitedMs = 0;
      continue;
    }
    if (chunk !== undefined && hasBegun) return;
    if (waitedMs >= (chunk === undefined ? silenceMs : writerMs))
      throw new CliError("PATH_UNREADABLE", { path, why: ": nothing comes through this pipe" });
    await delay(pauseMs);
    waitedMs += pauseMs;
  }
}

async function chunkOf(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
  return buffer.subarray(0, bytesRead);
}

function unlessWaiting(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== "EAGAIN") throw thrown;
}
