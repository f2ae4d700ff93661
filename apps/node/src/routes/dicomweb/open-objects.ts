// Stored objects, open to be read, from here or from the PACS. Throws what a damaged store gives as one code.
import { DicomError, type DicomObject, readObject } from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";
import type { FastifyReply } from "fastify";
import { NodeError } from "../../node-error.ts";
import type { ObjectFile } from "../../objects/object-reader.ts";
import type { FindingNode, FoundInstance } from "./found-instances.ts";

/** An object whose bytes are there until it is closed, in whatever shows them too. */
export interface OpenObject extends AsyncDisposable {
  readonly object: DicomObject;
}

/** A deflated data set is inflated into memory: less than intake takes, since several are open at a time. */
const limits = { inflatedBytes: 128 * 2 ** 20 };

/** A file that is open, and the version that it is of. */
export interface OpenFile {
  readonly found: FoundInstance;
  readonly file: ObjectFile;
}

/**
 * Opens the files of objects, one after the other, each when the one before is done with; the first at once, so that a refusal is no answer that breaks off. Whoever takes one lets go of
 * it; `end` lets go of the one that is open, whoever took it, and nothing more is opened. Rejects with OBJECT_NOT_STORED when one is nowhere to be had, PACS_*.
 */
export async function openFiles(
  { objectReader }: Pick<FindingNode, "objectReader">,
  found: readonly FoundInstance[],
): Promise<{ readonly files: AsyncGenerator<OpenFile, void>; end(): void }> {
  if (!found.every(({ record }) => objectReader.mayHave(record.file))) throw new NodeError("OBJECT_NOT_STORED");
  const [one, ...others] = found as [FoundInstance, ...FoundInstance[]];
  let open = { found: one, file: await objectReader.open(one) };
  let isEnded = false;
  async function* inOrder(): AsyncGenerator<OpenFile, void> {
    yield open;
    for (const next of others) {
      const file = await objectReader.open(next);
      open = { found: next, file };
      // Whoever waited for it has gone.
      if (isEnded) return file.letGo();
      yield open;
    }
  }
  const end = () => {
    isEnded = true;
    open.file.letGo();
  };
  return { files: inOrder(), end };
}

/** Says how a copy from the PACS stands to what was registered. */
const verdictField = "Fiducial-Verdict";

/** The field that says so, if the object came from there. */
export function verdictIn({ verdict }: ObjectFile): Record<string, string> {
  return verdict === undefined ? {} : { [verdictField]: verdict };
}

/** Opens the object in a file, and closes both together. Rejects with STORED_OBJECT_UNREADABLE. */
export async function openObject({ path, letGo }: Pick<ObjectFile, "path" | "letGo">): Promise<OpenObject> {
  try {
    const source = await openFile(path);
    try {
      const object = await readObject(source, limits);
      const close = async () => {
        await source.close();
        letGo();
      };
      return { object, [Symbol.asyncDispose]: close };
    } catch (thrown) {
      await source.close();
      throw thrown instanceof DicomError ? new NodeError("STORED_OBJECT_UNREADABLE", {}, thrown) : thrown;
    }
  } catch (thrown) {
    letGo();
    throw thrown;
  }
}

/** Opens an object until the answer has gone out or its client is gone: what is on its way shows the object's own bytes. Rejects with OBJECT_NOT_STORED, STORED_OBJECT_UNREADABLE, PACS_*. */
export async function openObjectFor(
  { objectReader }: Pick<FindingNode, "objectReader">,
  reply: FastifyReply,
  found: FoundInstance,
): Promise<DicomObject> {
  const file = await objectReader.open(found);
  const opened = await openObject(file);
  whenClosed(reply, () => void opened[Symbol.asyncDispose]());
  reply.headers(verdictIn(file));
  return opened.object;
}

/** Does work when the answer has gone out or its client is gone. */
export function whenClosed(reply: FastifyReply, work: () => void): void {
  if (reply.raw.closed) work();
  else reply.raw.once("close", work);
}
