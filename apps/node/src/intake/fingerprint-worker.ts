// A fingerprint worker: reads, hashes and keeps one file at a time, off the main thread. While one is flushed the next is read.
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { toHex } from "@fiducial/core";
import {
  attributesRoot,
  createPixelDecoder,
  DicomError,
  fileDigest,
  fingerprint,
  readObject,
  saltedAttributes,
} from "@fiducial/dicom";
import { type FileSource, openFileWaiting } from "@fiducial/dicom/file";
import { NodeError } from "../node-error.ts";
import { copiedIn, type IncomingCopy, receivedIn, writtenIn } from "../objects/incoming-copy.ts";
import { turns } from "../operations/turns.ts";
import type {
  FileRequest,
  FileResponse,
  KeepIn,
  RefusedFile,
  RequestBatch,
  ResponseBatch,
  SaltedObject,
} from "./fingerprint-work.ts";
import { counting, type ReadCounter } from "./read-counter.ts";

/** Files below this are read once, into memory that is used again and again; larger ones stream. */
const room = Buffer.allocUnsafeSlow(8 * 2 ** 20);
const decoder = createPixelDecoder();
const counter = workerData as ReadCounter;
const reading = turns();

async function answer(request: FileRequest, name: string): Promise<FileResponse> {
  try {
    if (request.want === "digest") return { digest: await reading.take(() => digestOf(request.path)) };
    const { path, keep } = request;
    if (keep === undefined) return { object: await reading.take(() => fingerprintOf(path)) };
    return { object: await taken(path, keep, name) };
  } catch (thrown) {
    return { refused: refusalOf(thrown) };
  }
}

async function digestOf(path: string): Promise<string> {
  await using source = counting(openFileWaiting(path, room), counter);
  return await fileDigest(source);
}

async function fingerprintOf(path: string): Promise<SaltedObject> {
  await using source = counting(openFileWaiting(path, room), counter);
  return await salted(source);
}

async function taken(path: string, keep: KeepIn, name: string): Promise<SaltedObject> {
  const { object, copy } = await reading.take(() => copied(path, keep, name));
  return orDropped(copy, async () => {
    await copy.keep(object.fingerprint.file);
    return object;
  });
}

// What is kept are the bytes that were fingerprinted: those in memory, or else those of the copy.
async function copied(path: string, { folder, received }: KeepIn, name: string): Promise<Copied> {
  if (!received && statSync(path).size < room.length) {
    await using source = counting(openFileWaiting(path, room), counter);
    if (source.bytes === undefined) throw new DicomError("SOURCE_CHANGED");
    return { object: await salted(source), copy: writtenIn(folder, source.bytes, name) };
  }
  if (!received) await checkObject(path);
  const copy = received ? receivedIn(folder, path) : copiedIn(folder, path, name);
  return orDropped(copy, async () => ({ object: await fingerprintOf(copy.path), copy }));
}

// A large file that is no object is not worth a copy: a file of holes takes no room where it lies, and all of it in a copy.
async function checkObject(path: string): Promise<void> {
  await using source = openFileWaiting(path, room);
  await readObject(source);
}

interface Copied {
  readonly object: SaltedObject;
  readonly copy: IncomingCopy;
}

async function orDropped<Result>(copy: IncomingCopy, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    copy.drop();
    throw thrown;
  }
}

async function salted(source: FileSource): Promise<SaltedObject> {
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

async function answerAll({ batch, requests }: RequestBatch): Promise<ResponseBatch> {
  const responses: FileResponse[] = [];
  for (const [at, request] of requests.entries())
    responses.push(await answer(request, `${process.pid}-${batch}-${at}`));
  return { batch, responses };
}

parentPort?.on("message", (batch: RequestBatch | null) => {
  if (batch === null) return parentPort?.close();
  answerAll(batch).then(
    (answered) => parentPort?.postMessage(answered),
    (thrown: unknown) => {
      // Leaves the worker's own context, so that the pool sees it as the worker's end.
      setImmediate(() => {
        throw thrown;
      });
    },
  );
});
