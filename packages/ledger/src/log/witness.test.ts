import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  formatAddCheckpoint,
  parseAddCheckpointAnswer,
  parseSignedCheckpoint,
  type SignedCheckpoint,
  signatureVerifiers,
  signCheckpoint,
  verifyNote,
} from "@fiducial/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { appended, plainBatch } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { openStore } from "../store/store.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { type LogReader, logReader } from "./log-reader.ts";
import { openWitness, type Witness } from "./witness.ts";

const verifiers = signatureVerifiers(sodiumBackend);
const logSigner = noteSigner(testOrigin, "ed25519");
const cosigner = noteSigner("witness.example", "ed25519-cosignature");
const logs = [{ origin: testOrigin, keys: [logSigner.key] }];

function opened(path = join(scratchFolder(), "witness.db")): { witness: Witness; path: string } {
  const witness = openWitness(path, cosigner, logs, verifiers, () => 1_800_000_000);
  onTestFinished(() => witness.close());
  return { witness, path };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

/** A log of `count` entries, of which those from `forkAt` on are others than those of any other log made here. */
function log(count: number, forkAt = count): LogReader {
  const store = openStore(join(scratchFolder(), "ledger.db"));
  onTestFinished(() => store.close());
  appended(store, forkAt);
  if (forkAt < count) store.commit(plainBatch(store, range(10_000 + forkAt, 10_000 + count)));
  return logReader(store);
}

const signedAt = (reader: LogReader, size: number): SignedCheckpoint =>
  signCheckpoint(testOrigin, { size, rootHash: reader.rootOf(size) }, [logSigner]);

/** Asks for a cosignature of `size`, from what it is said to have cosigned before. */
function ask(witness: Witness, reader: LogReader, oldSize: number, size: number, signed = signedAt(reader, size)) {
  const proof = oldSize === 0 || oldSize > size ? [] : reader.proveConsistency(oldSize, size);
  return parseAddCheckpointAnswer(witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof, signed })));
}

describe("a witness", () => {
  test("cosigns a log that grows, with its time, and keeps what it cosigned with both signatures", () => {
    const { witness } = opened();
    const reader = log(20);
    expect(witness.latest(testOrigin)).toBeUndefined();
    for (const [oldSize, size] of [
      [0, 3],
      [3, 3],
      [3, 20],
    ] as const) {
      const answer = ask(witness, reader, oldSize, size);
      const cosignatures = answer.status === 200 ? answer.cosignatures : [];
      const { text } = signedAt(reader, size).note;
      expect(verifyNote({ text, signatures: cosignatures }, [cosigner.key], verifiers)).toMatchObject([
        { timestamp: 1_800_000_000 },
      ]);
    }
    const { checkpoint, note } = parseSignedCheckpoint(witness.latest(testOrigin) as string);
    expect(checkpoint.size).toBe(20);
    expect(verifyNote(note, [logSigner.key, cosigner.key], verifiers)).toHaveLength(2);
  });

  test("remembers across openings, and refuses what does not follow from it", () => {
    const { witness, path } = opened();
    const reader = log(20);
    ask(witness, reader, 0, 10);
    witness.close();
    const again = opened(path).witness;
    expect(parseSignedCheckpoint(again.latest(testOrigin) as string).checkpoint.size).toBe(10);
    expect(ask(again, reader, 0, 20)).toEqual({ status: 409, size: 10 });
    expect(ask(again, reader, 5, 20)).toEqual({ status: 409, size: 10 });
    expect(ask(again, reader, 10, 5)).toEqual({ status: 400 });
    expect(ask(again, reader, 10, 20).status).toBe(200);
  });

  test("shown a forked log refuses it, at every size, and stays with the one it saw", () => {
    const { witness } = opened();
    const [true_, fork] = [log(40), log(40, 9)];
    ask(witness, true_, 0, 10);
    expect(ask(witness, fork, 0, 40)).toEqual({ status: 409, size: 10 });
    for (const size of [10, 11, 40]) expect(ask(witness, fork, 10, size)).toEqual({ status: 422 });
    expect(ask(witness, fork, 10, 40, signedAt(true_, 40))).toEqual({ status: 422 });
    expect(parseSignedCheckpoint(witness.latest(testOrigin) as string).checkpoint).toMatchObject({
      size: 10,
      rootHash: true_.rootOf(10),
    });
    expect(ask(witness, true_, 10, 40).status).toBe(200);
  });

  test("refuses an unknown log, a bad signature, another's, none, and what is no request", () => {
    const { witness } = opened();
    const reader = log(2);
    const rootHash = reader.rootOf(2);
    const of = (origin: string, name: string) =>
      signCheckpoint(origin, { size: 2, rootHash }, [noteSigner(name, "ed25519")]);
    expect(ask(witness, reader, 0, 2, of("log.example/unknown", "log.example/unknown"))).toEqual({ status: 404 });
    expect(ask(witness, reader, 0, 2, of(testOrigin, "log.example/unknown"))).toEqual({ status: 403 });
    const signed = signedAt(reader, 2);
    const [signature] = signed.note.signatures;
    if (signature === undefined) throw new Error("no signature");
    const bad = {
      ...signature,
      signature: Uint8Array.from(signature.signature, (byte, at) => (at === 40 ? byte ^ 1 : byte)),
    };
    expect(ask(witness, reader, 0, 2, { ...signed, note: { ...signed.note, signatures: [bad] } })).toEqual({
      status: 403,
    });
    for (const body of ["", "old 0\n", "old 0\n\n", "old -1\n\n", "old 0\n\nlog\n0\n", "\0".repeat(1000)])
      expect(witness.addCheckpoint(body).status).toBe(400);
    expect(witness.latest(testOrigin)).toBeUndefined();
  });

  test("keeps none of the signatures that it knows nothing of, and takes as many as a note may carry", () => {
    const { witness } = opened();
    const reader = log(2);
    const signed = signedAt(reader, 2);
    const others = range(0, 99).map((number) => ({
      name: `other-${number}`,
      keyId: "00000000",
      signature: new Uint8Array(64),
    }));
    const note = { ...signed.note, signatures: [...others, ...signed.note.signatures] };
    expect(ask(witness, reader, 0, 2, { ...signed, note }).status).toBe(200);
    expect(parseSignedCheckpoint(witness.latest(testOrigin) as string).note.signatures.map(({ name }) => name)).toEqual(
      [testOrigin, cosigner.key.name],
    );
  });

  test("that cannot keep a head does not cosign it", () => {
    const { witness, path } = opened();
    const reader = log(2);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    expect(() => ask(witness, reader, 0, 2)).toThrow(
      expect.objectContaining({ name: "LedgerError", code: "FOLDER_IN_USE" }),
    );
    other.exec("ROLLBACK");
    other.close();
    expect(witness.latest(testOrigin)).toBeUndefined();
    expect(ask(witness, reader, 0, 2).status).toBe(200);
  });

  test("opens no file that is something else", () => {
    const path = join(scratchFolder(), "witness.db");
    writeFileSync(path, "# Shopping\n".repeat(1000));
    expect(() => openWitness(path, cosigner, logs, verifiers, () => 1)).toThrow(
      expect.objectContaining({ name: "LedgerError", code: "FOLDER_FOREIGN" }),
    );
  });
});
