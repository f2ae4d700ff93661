// Files as byte sources: the one file of this package that needs Node. Door: @fiducial/dicom/file.
import { constants, type FileHandle, open } from "node:fs/promises";
import { type ByteSource, bytesSource, exactly, plainView } from "./byte-source.ts";

/** An open file. Its bytes, and whatever shows them (elements, frames), are there until it is closed, and not a moment longer. */
export interface FileSource extends ByteSource, AsyncDisposable {
  close(): Promise<void>;
}

/** Files below this are read once, whole; larger ones stream. */
const smallFileBytes = 8 * 2 ** 20;

/** Opens the file at `path`. Throws Node's errors (ENOENT, EACCES, EISDIR, …), EINVAL for what is no file. */
export async function openFile(path: string): Promise<FileSource> {
  // Without waiting: a pipe that nobody writes to would not even open.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await handle.stat();
    if (!status.isFile() && !status.isDirectory()) throw Object.assign(new Error("No file."), { code: "EINVAL" });
    const { size } = status;
    if (size >= smallFileBytes) return streamingSource(handle, size);
    const bytes = await readWhole(handle, size);
    await handle.close();
    // Given back at once, since a folder full of images would otherwise wait for the garbage collector, at twice the cost.
    const close = async (): Promise<void> => {
      if (!bytes.buffer.detached) bytes.buffer.transfer(0);
    };
    return { ...bytesSource(bytes), close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

// A file that is still growing would be cut at the size it had; one byte more tells.
async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Buffer.allocUnsafeSlow(size + 1);
  exactly(await readInto(handle, bytes, 0), size);
  return bytes.subarray(0, size);
}

function streamingSource(handle: FileHandle, size: number): FileSource {
  const close = (): Promise<void> => handle.close();
  return {
    size,
    read: async (offset, length) =>
      plainView(exactly(await readInto(handle, Buffer.allocUnsafeSlow(length), offset), length)),
    close,
    [Symbol.asyncDispose]: close,
  };
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
