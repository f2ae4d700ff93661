// A verification worker: strict parsing and signatures, off the sequencer's thread.
import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import {
  concat,
  type DeclaredKey,
  envelopeFaults,
  fromHex,
  type PublicKey,
  parseStatement,
  publicKeyFromDeclared,
  type Statement,
  verifyStatementSignature,
} from "@fiducial/core";
import { sodiumBackend } from "./sodium-backend.ts";
import type { VerificationRequest, VerificationResponse } from "./work.ts";

const faults = Object.keys(envelopeFaults);
const keptKeys = 100_000;
const keys = new Map<string, PublicKey>();
// Workers are many and the sequencer is one: where they share processors, it goes first, or everybody waits for it. On Linux this is the
// thread's own priority; elsewhere it would be the process's.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

// Bytes of statements come and go by the thousand: the fewer buffers they lie in, the less there is to collect.
Buffer.poolSize = 1 << 18;

/** Verifies one batch. */
function verifyBatch({ batch, envelopes, ends, keys: given }: VerificationRequest): VerificationResponse {
  for (const [id, key] of given) keep(id, key);
  const count = ends.length;
  const response = {
    batch,
    faults: new Uint8Array(count),
    ids: new Uint8Array(32 * count),
    payloadEnds: new Uint32Array(count),
    verified: new Uint16Array(count),
    unverified: new Uint16Array(count),
  };
  const payloads: Uint8Array[] = [];
  for (let index = 0, start = 0, payloadEnd = 0; index < count; index++) {
    const end = ends[index] as number;
    const statement = parseStatement(envelopes.subarray(start, end));
    start = end;
    if (typeof statement === "string") response.faults[index] = 1 + faults.indexOf(statement);
    else {
      response.ids.set(fromHex(statement.id) as Uint8Array, 32 * index);
      payloads.push(statement.payload);
      payloadEnd += statement.payload.length;
      verifyOne(statement, response, index);
    }
    response.payloadEnds[index] = payloadEnd;
  }
  // A buffer of its own: a pooled one cannot be transferred.
  return { ...response, payloads: concat(...payloads) };
}

function verifyOne(
  statement: Statement,
  response: Pick<VerificationResponse, "verified" | "unverified">,
  index: number,
): void {
  for (const [number, { keyid }] of statement.signatures.entries()) {
    const key = keys.get(keyid);
    const bit = 1 << number;
    if (key === undefined) response.unverified[index] = (response.unverified[index] as number) | bit;
    else if (verifyStatementSignature(sodiumBackend, statement, number, key))
      response.verified[index] = (response.verified[index] as number) | bit;
  }
}

// Passkeys are left to the sequencer: what their assertions must show is declared beside the key and not covered by its id.
function keep(id: string, declared: DeclaredKey): void {
  const key = declared.webauthn === undefined ? publicKeyFromDeclared(declared) : undefined;
  if (key === undefined) return;
  keys.set(id, key);
  if (keys.size > keptKeys) keys.delete(keys.keys().next().value as string);
}

parentPort?.on("message", (request: VerificationRequest | null) => {
  if (request === null) return parentPort?.close();
  const response = verifyBatch(request);
  parentPort?.postMessage(response, [response.payloads.buffer as ArrayBuffer, response.ids.buffer as ArrayBuffer]);
});
