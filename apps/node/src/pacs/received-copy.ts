// An answer to RetrieveInstance: one object, alone or as the one part of a multipart body, written down as it comes. DICOM PS3.18 § 10.4.
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { MultipartError, multipartParts, parseMediaType } from "@fiducial/dicom/dicomweb";
import { NodeError } from "../node-error.ts";

/** What came: the SHA-256 of its bytes, lower-case hex, and how many. */
export interface ReceivedCopy {
  readonly digest: string;
  readonly sizeBytes: number;
}

const dicom = "application/dicom";
/** What stands before the part: a client needs nothing of it. */
const limits = { parts: 2, preambleBytes: 4096, headerBytes: 16_384 };

/** Counts bytes, and throws PACS_FOREIGN for more than `most`. */
export function counted(most: number): (bytes: number) => void {
  let came = 0;
  return (bytes) => {
    came += bytes;
    if (came > most) throw new NodeError("PACS_FOREIGN");
  };
}

/** Writes the object into a new file at `path`. Rejects with PACS_FOREIGN for what is no answer or holds several objects, with what `grow` throws, and with what `broken` makes of a connection that breaks. */
export async function receiveCopy(
  answer: IncomingMessage,
  path: string,
  grow: (bytes: number) => void,
  broken: (thrown: unknown) => NodeError,
): Promise<ReceivedCopy> {
  try {
    await using file = await open(path, "wx", 0o600);
    const into: Into = { file, hash: createHash("sha256"), sizeBytes: 0, grow };
    await writeObject(answer, chunksOf(answer, broken), into);
    return { digest: into.hash.digest("hex"), sizeBytes: into.sizeBytes };
  } catch (thrown) {
    throw thrown instanceof MultipartError ? new NodeError("PACS_FOREIGN", {}, thrown) : thrown;
  } finally {
    answer.destroy();
  }
}

interface Into {
  readonly file: FileHandle;
  readonly hash: Hash;
  readonly grow: (bytes: number) => void;
  sizeBytes: number;
}

async function writeObject({ headers }: IncomingMessage, chunks: AsyncIterable<Uint8Array>, into: Into): Promise<void> {
  const type = parseMediaType(headers["content-type"] ?? "");
  if (type?.name === dicom) return writeBytes(chunks, into);
  if (type?.name !== "multipart/related") throw new NodeError("PACS_FOREIGN");
  let objects = 0;
  for await (const { header, body } of multipartParts(chunks, type.parameters.get("boundary") ?? "", limits)) {
    const isObject = parseMediaType(header.get("content-type") ?? dicom)?.name === dicom;
    if (!isObject || ++objects > 1) throw new NodeError("PACS_FOREIGN");
    await writeBytes(body, into);
  }
  if (objects === 0) throw new NodeError("PACS_FOREIGN");
}

async function writeBytes(bytes: AsyncIterable<Uint8Array>, into: Into): Promise<void> {
  for await (const chunk of bytes) {
    into.grow(chunk.length);
    into.sizeBytes += chunk.length;
    into.hash.update(chunk);
    await into.file.writeFile(chunk);
  }
}

// What breaks while it is read is the connection's, told apart from what the disk does.
async function* chunksOf(
  answer: IncomingMessage,
  broken: (thrown: unknown) => NodeError,
): AsyncGenerator<Uint8Array, void> {
  const chunks = (answer as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await chunks.next().catch((thrown: unknown) => Promise.reject(broken(thrown)));
    if (done === true) break;
    yield value;
  }
  if (!answer.complete) throw broken(new Error("The answer broke off."));
}
