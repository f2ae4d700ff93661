// A fingerprint worker: copies, reads and hashes one file at a time, off the main thread.
import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { toHex } from "@fiducial/core";
import {
  attributesRoot,
  createPixelDecoder,
  DicomError,
  fingerprint,
  readObject,
  saltedAttributes,
} from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";
import { NodeError } from "../node-error.ts";
import { copyIn, dropCopy, keepCopy } from "../objects/object-store.ts";
import type { FingerprintRequest, FingerprintResponse, RefusedFile, SaltedObject } from "./fingerprint-work.ts";

const largeFileBytes = 64 * 2 ** 20;
const decoder = createPixelDecoder();

async function answer({ task, path, keep }: FingerprintRequest): Promise<FingerprintResponse> {
  let copy: string | undefined;
  try {
    if (keep?.received === true) copy = path;
    else if (keep !== undefined) {
      await checkLargeFile(path);
      copy = await copyIn(keep.folder, path, `${process.pid}-${task}`);
    }
    const object = await fingerprintFile(copy ?? path);
    if (keep !== undefined && copy !== undefined) await keepCopy(keep.folder, copy, object.fingerprint.file);
    return { task, object };
  } catch (thrown) {
    if (copy !== undefined) await dropCopy(copy);
    return { task, refused: refusalOf(thrown) };
  }
}

// A large file that is no object is not worth a copy: a file of holes takes no room where it lies, and all of it in a copy.
async function checkLargeFile(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size < largeFileBytes) return;
  await using source = await openFile(path);
  await readObject(source);
}

async function fingerprintFile(path: string): Promise<SaltedObject> {
  await using source = await openFile(path);
  const object = await fingerprint(source, { decoder });
  const attributeSalt = new Uint8Array(randomBytes(32));
  return {
    ...object,
    attributeSalt,
    attributes: toHex(attributesRoot(saltedAttributes(object.canonicalHeader, attributeSalt), attributeSalt)),
  };
}

function refusalOf(thrown: unknown): RefusedFile {
  if (thrown instanceof DicomError || thrown instanceof NodeError)
    return { code: thrown.code, message: thrown.message };
  const { code } = thrown as { code?: unknown };
  if (code === "ENOSPC") throw thrown;
  const unreadable = typeof code === "string" && /^E[A-Z]+$/.test(code);
  const error = new NodeError(unreadable ? "PATH_UNREADABLE" : "INTERNAL");
  return { code: error.code, message: error.message };
}

parentPort?.on("message", (request: FingerprintRequest | null) => {
  if (request === null) return parentPort?.close();
  answer(request).then(
    (response) => parentPort?.postMessage(response),
    (thrown: unknown) => {
      // Leaves the worker's own context, so that the pool sees it as the worker's end.
      setImmediate(() => {
        throw thrown;
      });
    },
  );
});
