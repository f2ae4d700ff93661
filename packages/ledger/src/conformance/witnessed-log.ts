// A log with one witness, for tests that stand between the two: what was asked, how long was slept, when a cosignature is there.
import { join } from "node:path";
import { parseAddCheckpoint, parseSignedCheckpoint, signatureVerifiers, type WitnessHttpAnswer } from "@fiducial/core";
import { expect, onTestFinished } from "vitest";
import { logReader } from "../log/log-reader.ts";
import { type Publication, publication } from "../log/publication.ts";
import { openWitness, type Witness } from "../log/witness.ts";
import { type Post, startWitnessing, type Witnessing } from "../log/witnessing.ts";
import { openStore, type Store } from "../store/store.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { memoryHighWater, noteSigner, testOrigin } from "./local-ledger.ts";
import { appended } from "./plain-entries.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** What both sides verify with, and sign with. */
export const verifiers = signatureVerifiers(sodiumBackend);
export const logSigner = noteSigner(testOrigin, "ed25519");
export const cosigner = noteSigner("witness.example", "ed25519-cosignature");

/** What stands between a request and its witness. */
type Answer = (
  body: string,
  ask: (body: string) => WitnessHttpAnswer,
  signal: AbortSignal,
) => WitnessHttpAnswer | Promise<WitnessHttpAnswer>;

/** A log and its one witness. */
export interface Scene {
  readonly store: Store;
  readonly published: Publication;
  readonly witness: Witness;
  /** What was asked, as the old size and the size. */
  readonly asked: (readonly [oldSize: number, size: number])[];
  /** Milliseconds slept, in order. */
  readonly slept: number[];
  /** Starts asking; `answer` stands between the request and the witness. */
  start(answer?: Answer): Witnessing;
  grow(count: number): Promise<number>;
  /** Resolves when the checkpoint of `size` entries is cosigned. */
  cosigned(size: number): Promise<unknown>;
  /** Resolves when somebody has slept `count` times. */
  sleeps(count: number): Promise<void>;
}

/** Makes a log that asks a witness, both gone when the test is over; `change` replaces parts of its store. */
export function scene(change: (store: Store) => Partial<Store> = () => ({})): Scene {
  const folder = scratchFolder();
  const opened = openStore(join(folder, "ledger.db"));
  const store = { ...opened, ...change(opened) };
  const reader = logReader(store);
  const highWater = memoryHighWater();
  const published = publication({
    store,
    reader,
    origin: testOrigin,
    signer: logSigner,
    highWater,
    leastIntervalMs: 0,
  });
  const logs = [{ origin: testOrigin, keys: [logSigner.key] }];
  const witness = openWitness(join(folder, "witness.db"), cosigner, logs, verifiers, () => 1_800_000_000);
  const asked: (readonly [number, number])[] = [];
  const slept: number[] = [];
  let wake = () => {};
  onTestFinished(() => {
    witness.close();
    opened.close();
  });
  const signaturesOf = (note: string) => parseSignedCheckpoint(note).note.signatures.length;
  return {
    store,
    published,
    witness,
    asked,
    slept,
    start: (answer = (body, ask) => ask(body)) => {
      const post: Post = async (url, body, signal) => {
        expect(url).toBe("https://witness.example/base/add-checkpoint");
        const { oldSize, signed } = parseAddCheckpoint(body);
        asked.push([oldSize, signed.checkpoint.size]);
        return answer(body, witness.addCheckpoint, signal);
      };
      const sleep = (ms: number, signal: AbortSignal) => {
        slept.push(ms);
        wake();
        return slept.length > 12
          ? new Promise<void>((done) => signal.addEventListener("abort", () => done()))
          : Promise.resolve();
      };
      const peer = { name: "witness", url: "https://witness.example/base", keys: [cosigner.key] };
      const witnessing = startWitnessing(published, reader, [peer], verifiers, post, sleep);
      onTestFinished(() => witnessing.close());
      return witnessing;
    },
    grow: async (count) => {
      appended(opened, count);
      published.grown();
      return (await published.covering(opened.head().edge.size)).size;
    },
    cosigned: async (size) => {
      await new Promise<void>((resolve) => {
        const look = () => signaturesOf(store.checkpoint(size) as string) === 2 && resolve();
        published.onPublished(look);
        look();
      });
      // Whoever asked the witness hears of it after those who listen.
      await new Promise(setImmediate);
    },
    sleeps: (count) =>
      new Promise<void>((resolve) => {
        wake = () => slept.length >= count && resolve();
        wake();
      }),
  };
}
