import {
  cosign,
  formatSignedCheckpoint,
  type NoteSigner,
  nobleBackend,
  type Policy,
  parseSignedCheckpoint,
  publicKeyOf,
  signatureVerifiers,
  signCheckpoint,
  signMessage,
  verifierKey,
  withSignatures,
} from "@fiducial/core";
import type { Published } from "@fiducial/ledger";
import { expect, test } from "vitest";
import type { KeptLog, Logs } from "../logs/logs.ts";
import { checkpointChoice } from "./checkpoint-choice.ts";

const origin = "log.example/imaging";
const log = signer(origin, "ed25519", 1);
const [north, south] = [signer("north", "ed25519-cosignature", 2), signer("south", "ed25519-cosignature", 3)];
const both: Policy = {
  logs: [],
  witnesses: [
    { name: "north", key: north.key },
    { name: "south", key: south.key },
  ],
  groups: [{ name: "both", threshold: 2, members: ["north", "south"] }],
  quorum: "both",
};

function signer(name: string, type: "ed25519" | "ed25519-cosignature", seed: number): NoteSigner {
  const secret = { algorithm: "Ed25519", bytes: new Uint8Array(32).fill(seed) } as const;
  return {
    key: verifierKey(name, type, publicKeyOf(secret).bytes),
    sign: (message) => signMessage(secret, message),
  };
}

function checkpoint(size: number, ...cosigners: NoteSigner[]): Published {
  const signed = signCheckpoint(origin, { size, rootHash: new Uint8Array(32).fill(size) }, [log]);
  const cosignatures = cosigners.map((cosigner) => cosign(signed, cosigner, 1000 + size));
  return { size, note: formatSignedCheckpoint({ ...signed, note: withSignatures(signed.note, cosignatures) }) };
}

/** A log with these checkpoints; `publish` adds one, or cosignatures to one. */
function choosing(
  first: readonly Published[],
  { cosigners }: { readonly cosigners: Policy | undefined } = { cosigners: both },
  isAsking = () => false,
) {
  const kept = new Map(first.map((published) => [published.size, published]));
  const listeners = new Set<(published: Published) => void>();
  let reads = 0;
  const ascending = () => {
    reads++;
    return [...kept.values()].sort((a, b) => a.size - b.size);
  };
  const store = {
    checkpointFrom: (size: number) => ascending().find((published) => published.size >= size),
    checkpointBefore: (size: number) => ascending().findLast((published) => published.size < size),
  };
  const covering = async (size: number) => {
    const smallest = store.checkpointFrom(size);
    if (smallest === undefined) throw new Error("There is none.");
    return smallest;
  };
  const latest = () => ascending().at(-1);
  const current = { origin, key: log.key, store, latest, covering } as unknown as KeptLog;
  const logs = { current, ended: [], all: [current] } as unknown as Logs;
  const onPublished = (listener: (published: Published) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const verifiers = signatureVerifiers(nobleBackend);
  const choose = checkpointChoice({ logs, publication: { onPublished }, cosigners, verifiers, isAsking });
  return {
    size: async (size: number) => (await choose(current, size)).size,
    reads: () => reads,
    publish: (published: Published) => {
      kept.set(published.size, published);
      for (const listener of listeners) listener(published);
    },
  };
}

test("without a quorum it is the smallest that covers, cosigned or not", async () => {
  const all = [checkpoint(4), checkpoint(8, north, south), checkpoint(9)];
  for (const cosigners of [undefined, { ...both, quorum: "none" }]) {
    const { size } = choosing(all, { cosigners });
    expect([await size(1), await size(5), await size(9)]).toEqual([4, 8, 9]);
  }
});

test("it is the smallest that covers and meets the quorum: those before a witness was named, or that one passed over, do not", async () => {
  const { size } = choosing([
    checkpoint(2),
    checkpoint(4, north),
    checkpoint(6, north, south),
    checkpoint(8, south),
    checkpoint(9, north, south),
    checkpoint(11, north, south),
    checkpoint(12),
  ]);
  expect([await size(1), await size(3), await size(6), await size(7), await size(10)]).toEqual([6, 6, 6, 9, 11]);
});

test("where none that covers meets the quorum, it is the newest: cosignatures come for no other", async () => {
  const { size } = choosing([checkpoint(2), checkpoint(6, north, south), checkpoint(8), checkpoint(12, north)]);
  expect([await size(6), await size(7)]).toEqual([6, 12]);
  await expect(choosing([]).size(1)).rejects.toThrow();
});

test("a cosignature that does not verify vouches for nothing", async () => {
  const good = checkpoint(6, north);
  const signed = parseSignedCheckpoint(good.note);
  const [forged] = parseSignedCheckpoint(checkpoint(9, south).note).note.signatures.slice(1);
  const note = formatSignedCheckpoint({ ...signed, note: withSignatures(signed.note, [forged as never]) });
  expect(await choosing([{ size: 6, note }, checkpoint(9)]).size(2)).toBe(9);
});

test("the work is bounded: after many that nobody cosigned, the newest that meets the quorum is taken, however long ago it was", async () => {
  const some = Array.from({ length: 120 }, (_, at) => checkpoint(at + 1));
  const { size, reads, publish } = choosing([...some, checkpoint(121, north, south), checkpoint(122, north, south)]);
  expect(await size(1)).toBe(122);
  expect(await size(90)).toBe(121);
  publish(checkpoint(123, north, south));
  for (let at = 124; at < 160; at++) publish(checkpoint(at));
  const before = reads();
  expect(await size(1)).toBe(123);
  expect(reads() - before).toBeLessThan(80);
});

test("it waits a little for a cosignature that is being asked for, and for nothing else", async () => {
  let isAsking = true;
  const { size, publish } = choosing([checkpoint(3)], { cosigners: both }, () => isAsking);
  const chosen = size(2);
  await new Promise(setImmediate);
  publish(checkpoint(5));
  publish(checkpoint(5, north, south));
  expect(await chosen).toBe(5);
  isAsking = false;
  publish(checkpoint(7));
  expect(await size(6)).toBe(7);
});
