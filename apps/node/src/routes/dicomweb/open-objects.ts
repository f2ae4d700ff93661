// Stored objects, open to be read. Throws what a damaged store gives as one code.
import { DicomError, type DicomObject, readObject } from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";
import type { FastifyReply } from "fastify";
import { NodeError } from "../../node-error.ts";

/** An object whose bytes are there until it is closed, in whatever shows them too. */
export interface OpenObject extends AsyncDisposable {
  readonly object: DicomObject;
}

/** A deflated data set is inflated into memory: less than intake takes, since several are open at a time. */
const limits = { inflatedBytes: 128 * 2 ** 20 };

/** Opens the object in a file. Rejects with STORED_OBJECT_UNREADABLE. */
export async function openObject(path: string): Promise<OpenObject> {
  const source = await openFile(path);
  try {
    const object = await readObject(source, limits);
    return { object, [Symbol.asyncDispose]: () => source.close() };
  } catch (thrown) {
    await source.close();
    throw thrown instanceof DicomError ? new NodeError("STORED_OBJECT_UNREADABLE", {}, thrown) : thrown;
  }
}

/** Opens the object in a file until the answer has gone out or its client is gone: what is on its way shows the object's own bytes. Rejects with STORED_OBJECT_UNREADABLE. */
export async function openObjectFor(reply: FastifyReply, path: string): Promise<DicomObject> {
  const opened = await openObject(path);
  const close = () => void opened[Symbol.asyncDispose]();
  if (reply.raw.closed) close();
  else reply.raw.once("close", close);
  return opened.object;
}
