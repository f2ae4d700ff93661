// Files as byte sources: the one file of this package that needs Node. Door: @fiducial/dicom/file.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type ByteSource, bytesSource, exactly, plainView } from "./byte-source.ts";

/** An open file. Its bytes, and whatever shows them (elements, frames), are there until it is closed, and not a moment longer. */
export interface FileSource extends ByteSource, AsyncDisposable {
  close(): Promise<void>;
}

/** Files below this are read once, whole; larger ones stream. */
const smallFileBytes = 8 * 2 ** 20;

// Without waiting: a pipe that nobody writes to would not even open.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens the file at `path`. Throws Node's errors (ENOENT, EACCES, EISDIR, …), EINVAL for what is no file. */
export async function openFile(path: string): Promise<FileSource> {
  const handle = await open(path, flags);
  try {
    const size = sizeOf(await handle.stat());
    if (size >= smallFileBytes) return streamingSource(handle, size);
    const bytes = await readWhole(handle, size);
    await handle.close();
    // Given back at once, since a folder full of images would otherwise wait for the garbage collector, at twice the cost.
    const close = async (): Promise<void> => {
      if (!bytes.buffer.detached) bytes.buffer.transfer(0);
    };
    return openSource(bytesSource(bytes), close);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Opens the file for a thread that has nothing else to do, and waits for the disk itself: that costs least. A file smaller than `room` is
 * read into it, and is there until `room` is used again. Throws as openFile.
 */
export function openFileWaiting(path: string, room: Uint8Array): FileSource {
  const file = openSync(path, flags);
  try {
    const size = sizeOf(fstatSync(file));
    if (size >= room.length) return waitingSource(file, size);
    const bytes = exactly(fillWaiting(file, room.subarray(0, size + 1), 0), size);
    closeSync(file);
    return openSource(bytesSource(bytes), async () => {});
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

// Where reading a folder would fail in Node's words, a large one would only be found to be none later.
function sizeOf(status: Stats): number {
  if (status.isFile()) return status.size;
  throw Object.assign(new Error("No file."), { code: status.isDirectory() ? "EISDIR" : "EINVAL" });
}

function openSource(source: ByteSource, close: () => Promise<void>): FileSource {
  return { ...source, close, [Symbol.asyncDispose]: close };
}

// A file that is still growing would be cut at the size it had; one byte more tells.
async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Buffer.allocUnsafeSlow(size + 1);
  exactly(await readInto(handle, bytes, 0), size);
  return bytes.subarray(0, size);
}

function streamingSource(handle: FileHandle, size: number): FileSource {
  const read = async (offset: number, length: number): Promise<Uint8Array> =>
    plainView(exactly(await readInto(handle, Buffer.allocUnsafeSlow(length), offset), length));
  return openSource({ size, read }, () => handle.close());
}

function waitingSource(file: number, size: number): FileSource {
  const read = async (offset: number, length: number): Promise<Uint8Array> =>
    plainView(exactly(fillWaiting(file, Buffer.allocUnsafeSlow(length), offset), length));
  let isOpen = true;
  return openSource({ size, read }, async () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  });
}

// One read may give less than asked for, whatever the reason; only no bytes at all is the end.
async function readInto(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<Uint8Array> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function fillWaiting(file: number, bytes: Uint8Array, offset: number): Uint8Array {
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(file, bytes, filled, bytes.length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
