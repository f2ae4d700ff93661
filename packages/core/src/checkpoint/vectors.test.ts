import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkpointVectors } from "../../../../vectors/checkpoint/make.ts";
import type { CheckpointTextVector, NoteVector, VerifierKeyVector } from "../../../../vectors/checkpoint/note-cases.ts";
import type { LogProofVector, PolicyVector } from "../../../../vectors/checkpoint/policy-cases.ts";
import type { WitnessAnswerVector, WitnessRequestVector } from "../../../../vectors/checkpoint/witness-cases.ts";
import { CoreError } from "../core-error.ts";
import { fromHex, toHex } from "../encoding/bytes.ts";
import { leafHash } from "../merkle/hashes.ts";
import { verifyInclusion } from "../merkle/inclusion-proof.ts";
import { nobleBackend } from "../signature/noble-backend.ts";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { formatLogProof, parseLogProof } from "./log-proof.ts";
import { verifyMlDsa44 } from "./ml-dsa-44.ts";
import { formatNote, parseNote } from "./note.ts";
import { signatureVerifiers, verifyNote } from "./note-verification.ts";
import { formatPolicy, parsePolicy } from "./policy.ts";
import { isQuorum, verifyCheckpoint } from "./quorum.ts";
import { formatVerifierKey, parseVerifierKey } from "./verifier-key.ts";
import { decideAddCheckpoint } from "./witness-decision.ts";
import {
  formatAddCheckpoint,
  formatAddCheckpointAnswer,
  parseAddCheckpoint,
  parseAddCheckpointAnswer,
} from "./witness-protocol.ts";

const folder = new URL("../../../../vectors/checkpoint/", import.meta.url);
const verifiers = signatureVerifiers(nobleBackend, verifyMlDsa44);

test("the vector files are what their maker makes", () => {
  for (const [name, vectors] of Object.entries(checkpointVectors())) expect(read(name)).toEqual(vectors);
});

describe("vectors", () => {
  test.each(read<VerifierKeyVector>("verifier-keys.json"))("verifier key: $title", ({ input, output }) => {
    const result = outcome(() => {
      const { publicKey, ...key } = parseVerifierKey(input.verifierKey);
      return { ...key, publicKey: toHex(publicKey) };
    });
    expect(result).toEqual(output);
    if (output.error === null) expect(formatVerifierKey(parseVerifierKey(input.verifierKey))).toBe(input.verifierKey);
  });

  test.each(read<NoteVector>("notes.json"))("note: $title", ({ input, output }) => {
    const result = outcome(() => {
      const note = parseNote(input.note);
      const verified = verifyNote(note, input.verifierKeys.map(parseVerifierKey), verifiers);
      return {
        text: note.text,
        signers: verified.map(({ key, timestamp }) => ({ name: key.name, timestamp: timestamp ?? null })),
      };
    });
    expect(result).toEqual(output);
    if (output.error === null) expect(formatNote(parseNote(input.note))).toBe(input.note);
  });

  test.each(read<CheckpointTextVector>("checkpoints.json"))("checkpoint: $title", ({ input, output }) => {
    const result = outcome(() => {
      const checkpoint = parseCheckpoint(input.text);
      return { ...checkpoint, rootHash: toHex(checkpoint.rootHash) };
    });
    expect(result).toEqual(output);
    if (output.error === null) expect(formatCheckpoint(parseCheckpoint(input.text))).toBe(input.text);
  });

  test.each(read<PolicyVector>("policies.json"))("policy: $title", ({ input, output }) => {
    const result = outcome(() => ({ quorumMet: isQuorum(parsePolicy(input.policy), input.cosigned) }));
    expect(result).toEqual(output);
    if (output.error !== null) return;
    const policy = parsePolicy(input.policy);
    expect(parsePolicy(formatPolicy(policy))).toEqual(policy);
  });

  test.each(read<LogProofVector>("log-proofs.json"))("log proof: $title", ({ input, output }) => {
    const result = outcome(() => {
      const proof = parseLogProof(input.logProof);
      const { holds } = verifyCheckpoint(proof.signed, parsePolicy(input.policy), verifiers);
      verifyInclusion(leafHash(bytes(input.entry)), proof, proof.signed.checkpoint);
      const extra = proof.extra === undefined ? null : toHex(proof.extra);
      return { index: proof.index, size: proof.signed.checkpoint.size, holds, extra };
    });
    expect(result).toEqual(output);
    if (output.error === null) expect(formatLogProof(parseLogProof(input.logProof))).toBe(input.logProof);
  });

  test.each(read<WitnessRequestVector>("witness-requests.json"))("witness request: $title", ({ input, output }) => {
    const result = outcome(() => {
      const request = parseAddCheckpoint(input.body);
      const decision = decideAddCheckpoint(knownLog(input.known), request, verifiers);
      if (decision.outcome === "refuse") return { status: decision.status };
      if (decision.outcome === "conflict") return { status: 409, size: decision.size };
      expect(decision.head).toEqual({
        size: request.signed.checkpoint.size,
        rootHash: request.signed.checkpoint.rootHash,
      });
      return { status: 200 };
    });
    expect(result).toEqual(output);
    if (output.error === null) expect(formatAddCheckpoint(parseAddCheckpoint(input.body))).toBe(input.body);
  });

  test.each(read<WitnessAnswerVector>("witness-answers.json"))("witness answer: $title", ({ input, output }) => {
    const result = outcome(() => {
      const answer = parseAddCheckpointAnswer(input);
      expect(parseAddCheckpointAnswer(formatAddCheckpointAnswer(answer))).toEqual(answer);
      if (answer.status === 200) return { signers: answer.cosignatures.map(({ name }) => name) };
      return answer.status === 409 ? { size: answer.size } : {};
    });
    expect(result).toEqual(output);
  });
});

function knownLog(known: WitnessRequestVector["input"]["known"]) {
  if (known === null) return undefined;
  const { size, rootHash } = known;
  const latest = size === null || rootHash === null ? undefined : { size, rootHash: bytes(rootHash) };
  return { keys: known.verifierKeys.map(parseVerifierKey), latest };
}

function outcome(run: () => object): object {
  try {
    return { error: null, ...run() };
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return { error: error.code, ...(error.line !== undefined && { line: error.line }) };
  }
}

function read<Vector>(name: string): Vector[] {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Vector[];
}

function bytes(hex: string): Uint8Array {
  return fromHex(hex) as Uint8Array;
}
