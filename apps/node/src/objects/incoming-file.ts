// A file that is written while it comes in: what came is written together, and whoever sends faster than the disk writes is held up.
import { type FileHandle, open, rm } from "node:fs/promises";

/** A file on its way to the disk. */
export interface IncomingFile {
  readonly path: string;
  /** Takes a piece, which must not change until it is written. Returns something to wait for when enough of it waits. After a failure, pieces are passed over. */
  write(piece: Uint8Array): Promise<void> | undefined;
  /** Whether something could not be written: nothing of what still comes helps, and `end` tells what it was. */
  hasFailed(): boolean;
  /** Resolves when everything is written and the file closed. Rejects with what the disk failed with; then the file is gone. */
  end(): Promise<void>;
  /** Gives the file up: resolves when it is gone. */
  drop(): Promise<void>;
}

/** Bytes, and pieces, that wait in memory. */
const mostBytes = 1 << 20;
const mostPieces = 512;

/** Begins a file, for its owner only; it is made with the first piece that is written. */
export function incomingFile(path: string): IncomingFile {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let writing: Promise<void> | undefined;
  let handle: FileHandle | undefined;
  let failure: { readonly thrown: unknown } | undefined;
  const room: (() => void)[] = [];

  async function writeAll(): Promise<void> {
    try {
      handle ??= await open(path, "wx", 0o600);
      while (waiting.length > 0) {
        const pieces = waiting;
        [waiting, bytes] = [[], 0];
        for (const free of room.splice(0)) free();
        await writeTogether(handle, pieces);
      }
    } catch (thrown) {
      failure = { thrown };
      [waiting, bytes] = [[], 0];
    }
    writing = undefined;
    for (const free of room.splice(0)) free();
  }

  async function close(): Promise<void> {
    while (writing !== undefined) await writing;
    const closing = handle;
    handle = undefined;
    await closing?.close();
  }

  async function drop(): Promise<void> {
    failure ??= { thrown: undefined };
    await close().catch(() => {});
    await rm(path, { force: true });
  }

  return {
    path,
    write: (piece) => {
      if (failure !== undefined) return undefined;
      waiting.push(piece);
      bytes += piece.length;
      writing ??= writeAll();
      if (bytes < mostBytes && waiting.length < mostPieces) return undefined;
      return new Promise<void>((resolve) => room.push(resolve));
    },
    hasFailed: () => failure !== undefined,
    end: async () => {
      // With nothing to do it would be over before it is noted, and waited for without end.
      if (failure === undefined && (waiting.length > 0 || handle === undefined)) writing ??= writeAll();
      await close().catch((thrown: unknown) => {
        failure ??= { thrown };
      });
      if (failure === undefined) return;
      await rm(path, { force: true });
      throw failure.thrown;
    },
    drop,
  };
}

async function writeTogether(handle: FileHandle, pieces: Uint8Array[]): Promise<void> {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  let { bytesWritten } = await handle.writev(pieces);
  if (bytesWritten === size) return;
  // A disk that takes a part of it says with the next write what is wrong.
  const whole = Buffer.concat(pieces);
  while (bytesWritten < size) bytesWritten += (await handle.write(whole, bytesWritten)).bytesWritten;
}
