// Verification in worker threads: parses and verifies batches, several at a time, and hands them back in order of asking.
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  type Content,
  type DeclaredKey,
  type EnvelopeFault,
  envelopeFaults,
  readContentText,
  toHex,
  utf8Decode,
} from "@fiducial/core";
import type { SignedStatement } from "../ordering/port.ts";
import type { VerificationRequest, VerificationResponse } from "./work.ts";

/** A statement parsed, with what is known of its signatures; or why it is none. */
export type Examined = ExaminedStatement | { readonly fault: EnvelopeFault; readonly bytes: Uint8Array };

export interface ExaminedStatement {
  readonly fault?: never;
  readonly id: string;
  readonly idBytes: Uint8Array;
  readonly bytes: Uint8Array;
  readonly content: Content;
  /** By signature: true or false once verified under the key with that id, undefined when that key was not at hand or is a passkey. */
  verified(signature: number): boolean | undefined;
}

/** Verifies batches of statements. */
export interface VerificationPool {
  /** `keyOf` tells the keys that are registered at this moment; others are left unverified. */
  examine(
    statements: readonly SignedStatement[],
    keyOf: (id: string) => DeclaredKey | undefined,
  ): Promise<readonly Examined[]>;
  close(): Promise<void>;
}

const faults = Object.keys(envelopeFaults) as EnvelopeFault[];
/** Envelopes in one message: enough to make the message cheap, few enough to share out between workers. */
const share = 128;
const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

/** Starts `threads` workers. When one of them ends, for whatever reason, nothing more is examined: `examine` rejects. */
export function verificationPool(threads: number = Math.max(1, availableParallelism())): VerificationPool {
  const workers = Array.from({ length: threads }, () => new Worker(workerUrl));
  const answers = new Map<number, { resolve(response: VerificationResponse): void; reject(reason: unknown): void }>();
  const busy = workers.map(() => 0);
  let batches = 0;
  let failed: unknown;

  for (const [number, worker] of workers.entries()) {
    worker.unref();
    worker.on("message", (response: VerificationResponse) => {
      busy[number] = (busy[number] as number) - 1;
      answers.get(response.batch)?.resolve(response);
      answers.delete(response.batch);
    });
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("A verification worker has ended.")));
  }

  function fail(reason: unknown): void {
    failed ??= reason;
    for (const { reject } of answers.values()) reject(failed);
    answers.clear();
  }

  function ask(
    envelopes: readonly Uint8Array[],
    keys: ReadonlyMap<string, DeclaredKey>,
  ): Promise<VerificationResponse> {
    const number = busy.indexOf(Math.min(...busy));
    busy[number] = (busy[number] as number) + 1;
    const request: VerificationRequest = { batch: ++batches, ...packed(envelopes), keys: [...keys] };
    return new Promise((resolve, reject) => {
      if (failed !== undefined) return reject(failed);
      answers.set(request.batch, { resolve, reject });
      workers[number]?.postMessage(request, [request.envelopes.buffer as ArrayBuffer]);
    });
  }

  async function examineShare(
    statements: readonly SignedStatement[],
    keyOf: (id: string) => DeclaredKey | undefined,
  ): Promise<Examined[]> {
    const envelopes = statements.map(({ bytes }) => bytes);
    const examined = unpack(await ask(envelopes, new Map()), envelopes);
    const missing = keysMissing(examined, keyOf);
    return missing.size === 0 ? examined : unpack(await ask(envelopes, missing), envelopes);
  }

  return {
    examine: async (statements, keyOf) => {
      const shares: Promise<Examined[]>[] = [];
      for (let from = 0; from < statements.length; from += share)
        shares.push(examineShare(statements.slice(from, from + share), keyOf));
      return (await Promise.all(shares)).flat();
    },
    close: async () => {
      fail(new Error("The verification pool was closed."));
      await Promise.all(workers.map(ended));
    },
  };
}

// Asked to end, and not terminated: a thread that is stopped while native code of its own starts or ends can take the process with it.
async function ended(worker: Worker): Promise<void> {
  if (worker.threadId < 0) return;
  worker.ref();
  worker.postMessage(null);
  await once(worker, "exit");
}

function packed(envelopes: readonly Uint8Array[]): { envelopes: Uint8Array; ends: Uint32Array } {
  const ends = new Uint32Array(envelopes.length);
  let size = 0;
  for (const [index, { length }] of envelopes.entries()) ends[index] = size += length;
  const bytes = new Uint8Array(size);
  for (const [index, envelope] of envelopes.entries()) bytes.set(envelope, (ends[index] as number) - envelope.length);
  return { envelopes: bytes, ends };
}

function unpack(
  { faults: found, ids, payloads, payloadEnds, verified, unverified }: VerificationResponse,
  envelopes: readonly Uint8Array[],
): Examined[] {
  let start = 0;
  return envelopes.map((bytes, index) => {
    const end = payloadEnds[index] as number;
    const payload = payloads.subarray(start, end);
    start = end;
    const fault = faults[(found[index] as number) - 1];
    if (fault !== undefined) return { fault, bytes };
    const idBytes = ids.subarray(32 * index, 32 * index + 32);
    // The worker has found this to be canonical JSON of a statement's form.
    const content = readContentText(utf8Decode(payload) as string);
    const [good, unknown] = [verified[index] as number, unverified[index] as number];
    return {
      id: toHex(idBytes),
      idBytes,
      bytes,
      content,
      verified: (signature) => ((unknown >> signature) & 1 ? undefined : ((good >> signature) & 1) === 1),
    };
  });
}

function keysMissing(
  examined: readonly Examined[],
  keyOf: (id: string) => DeclaredKey | undefined,
): Map<string, DeclaredKey> {
  const missing = new Map<string, DeclaredKey>();
  for (const statement of examined) {
    if (statement.fault !== undefined) continue;
    for (const [index, { key }] of statement.content.signers.entries()) {
      const declared = statement.verified(index) === undefined && !missing.has(key) ? keyOf(key) : undefined;
      if (declared !== undefined && declared.webauthn === undefined) missing.set(key, declared);
    }
  }
  return missing;
}
