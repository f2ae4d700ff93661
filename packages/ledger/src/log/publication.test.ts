import { join } from "node:path";
import { parseSignedCheckpoint, signatureVerifiers, toHex, verifyNote } from "@fiducial/core";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { memoryHighWater, noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { appended } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { LedgerError } from "../ledger-error.ts";
import { openStore, type Store } from "../store/store.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { logReader } from "./log-reader.ts";
import { checkHighWater, type HighWater, type Publication, publication } from "./publication.ts";

const signer = noteSigner(testOrigin, "ed25519");
const cosigner = noteSigner("witness.example", "ed25519-cosignature");
const leastIntervalMs = 200;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

interface Publishing {
  readonly store: Store;
  readonly highWater: HighWater;
  readonly published: Publication;
  /** Appends entries and tells the publication. */
  grow(count: number): void;
}

function publishing(
  change: Partial<Store> = {},
  highWater = memoryHighWater(),
  mayGoOn: () => void = () => {},
): Publishing {
  const opened = openStore(join(scratchFolder(), "ledger.db"));
  const store = { ...opened, ...change };
  onTestFinished(() => opened.close());
  const reader = logReader(store);
  const published = publication({ store, reader, origin: testOrigin, signer, highWater, mayGoOn, leastIntervalMs });
  const grow = (count: number) => {
    appended(opened, count);
    published.grown();
  };
  return { store, highWater, published, grow };
}

const sizesHeard = (published: Publication): number[] => {
  const sizes: number[] = [];
  published.onPublished(({ size }) => sizes.push(size));
  return sizes;
};

describe("checkpoints", () => {
  test("cover everything when a publication is closed, and nothing is signed twice", () => {
    const { published, grow } = publishing();
    const heard = sizesHeard(published);
    grow(3);
    published.close();
    published.close();
    expect(heard).toEqual([3]);
    grow(2);
    vi.runAllTimers();
    expect(heard).toEqual([3]);
  });

  test("are put off while it cannot be told whether they may be signed, and signed when it can", () => {
    let isTold = false;
    const mayGoOn = () => {
      if (!isTold) throw new Error("The keys are away.");
    };
    const { published, grow } = publishing({}, undefined, mayGoOn);
    const heard = sizesHeard(published);
    grow(3);
    vi.advanceTimersByTime(10_000);
    expect(heard).toEqual([]);
    isTold = true;
    vi.advanceTimersByTime(10_000);
    expect(heard).toEqual([3]);
  });

  test("are signed as the log over the tree's root, stored, and below the high-water mark", () => {
    const { store, published, highWater, grow } = publishing();
    grow(3);
    expect(published.latest()).toBeUndefined();
    vi.advanceTimersByTime(0);
    const { size, note } = published.latest() as { size: number; note: string };
    const { checkpoint, note: signed } = parseSignedCheckpoint(note);
    expect(verifyNote(signed, [signer.key], signatureVerifiers(sodiumBackend))).toHaveLength(1);
    expect(checkpoint).toMatchObject({ origin: testOrigin, size: 3, rootHash: logReader(store).rootOf(3) });
    expect([size, store.checkpoint(3)]).toEqual([3, note]);
    expect(highWater.read()).toEqual({ size: 3, rootHash: toHex(checkpoint.rootHash) });
  });

  test("come at once when idle and no oftener than asked for under load; none for a log that stands still or is empty", () => {
    const { published, grow } = publishing();
    const sizes = sizesHeard(published);
    published.grown();
    vi.advanceTimersByTime(1000);
    expect(sizes).toEqual([]);
    for (let step = 0; step < 10; step++) {
      grow(1);
      vi.advanceTimersByTime(leastIntervalMs / 4);
    }
    expect(sizes).toEqual([1, 4, 8]);
    vi.advanceTimersByTime(1000);
    published.grown();
    vi.advanceTimersByTime(1000);
    expect(sizes).toEqual([1, 4, 8, 10]);
  });

  test("are told to every listener in the order of their coming, until they go", () => {
    const { published, grow } = publishing();
    const heard: string[] = [];
    const stop = published.onPublished(({ size }) => heard.push(`a${size}`));
    published.onPublished(({ size }) => heard.push(`b${size}`));
    grow(1);
    vi.advanceTimersByTime(leastIntervalMs);
    stop();
    grow(1);
    vi.advanceTimersByTime(leastIntervalMs);
    expect(heard).toEqual(["a1", "b1", "b2"]);
  });
});

describe("a covering checkpoint", () => {
  test("is the smallest there is, or the next one that is large enough", async () => {
    const { published, grow } = publishing();
    grow(2);
    vi.advanceTimersByTime(leastIntervalMs);
    grow(2);
    vi.advanceTimersByTime(leastIntervalMs);
    expect((await published.covering(1)).size).toBe(2);
    expect((await published.covering(3)).size).toBe(4);
    const order: number[] = [];
    const later = [7, 5, 6].map((size) => published.covering(size).then(({ size: got }) => order.push(size, got)));
    grow(2);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    expect(order).toEqual([5, 6, 6, 6]);
    grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    await Promise.all(later);
    expect(order.slice(4)).toEqual([7, 7]);
  });

  test("is signed for whoever asks, also when nobody told of the growth", async () => {
    const { store, published } = publishing();
    appended(store, 1);
    const covering = published.covering(1);
    await vi.advanceTimersByTimeAsync(0);
    expect((await covering).size).toBe(1);
  });

  test("is not waited for beyond the end: who waits, or comes later, is rejected", async () => {
    const { published } = publishing();
    const waiting = expect(published.covering(1)).rejects.toMatchObject({ code: "REPLICA_CLOSED" });
    published.close();
    await waiting;
    await expect(published.covering(1)).rejects.toMatchObject({ code: "REPLICA_CLOSED" });
  });
});

describe("cosignatures", () => {
  const cosignature = (byte: number) => ({
    name: cosigner.key.name,
    keyId: cosigner.key.keyId,
    signature: new Uint8Array(72).fill(byte),
  });

  test("are added to their checkpoint, stored, and told; a later one by the same key replaces the earlier", () => {
    const { store, published, grow } = publishing();
    grow(1);
    vi.advanceTimersByTime(leastIntervalMs);
    grow(1);
    vi.advanceTimersByTime(leastIntervalMs);
    const sizes = sizesHeard(published);
    published.addCosignatures(1, [cosignature(1)]);
    published.addCosignatures(2, [cosignature(1)]);
    published.addCosignatures(2, [cosignature(2)]);
    published.addCosignatures(2, []);
    published.addCosignatures(9, [cosignature(1)]);
    expect(sizes).toEqual([1, 2, 2]);
    const signaturesOf = (note: string | undefined) => parseSignedCheckpoint(note as string).note.signatures;
    expect(signaturesOf(store.checkpoint(1))).toHaveLength(2);
    expect(signaturesOf(published.latest()?.note)[1]).toEqual(cosignature(2));
    expect(store.checkpoint(2)).toBe(published.latest()?.note);
  });
});

describe("when something fails", () => {
  const failing = () => {
    throw new LedgerError("DISK_FULL");
  };

  test.each([
    ["the store", publishing.bind(undefined, { putCheckpoint: failing })],
    ["the high-water mark", publishing.bind(undefined, {}, { read: () => undefined, write: failing })],
  ])("%s: nothing is published, who waits is rejected, and the process goes on", async (_, start) => {
    const { published, grow } = start();
    const sizes = sizesHeard(published);
    const waiting = expect(published.covering(1)).rejects.toMatchObject({ code: "DISK_FULL" });
    grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    await waiting;
    await expect(published.covering(1)).rejects.toMatchObject({ code: "DISK_FULL" });
    expect((await published.stopped)?.code).toBe("DISK_FULL");
    grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    expect(sizes).toEqual([]);
  });

  test("nothing is signed that the tiles do not lead to", async () => {
    const { published, grow, highWater } = publishing({ tile: () => new Uint8Array(8192) });
    grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    expect((await published.stopped)?.code).toBe("STORE_CORRUPT");
    expect([published.latest(), highWater.read()]).toEqual([undefined, undefined]);
  });

  test("nothing is signed by whoever may not go on, nor once the key has signed further elsewhere", async () => {
    const ended = new LedgerError("LOG_ENDED");
    const may = vi.fn(() => {});
    const first = publishing({}, memoryHighWater(), may);
    first.grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    may.mockImplementation(() => {
      throw ended;
    });
    first.grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    expect(await first.published.stopped).toBe(ended);
    expect([first.published.latest()?.size, first.store.checkpoint(2)]).toEqual([1, undefined]);

    const second = publishing();
    second.grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    second.highWater.write({ size: 9, rootHash: "ab".repeat(32) });
    second.grow(1);
    await vi.advanceTimersByTimeAsync(leastIntervalMs);
    expect((await second.published.stopped)?.code).toBe("BACKUP_TOO_OLD");
    expect([second.published.latest()?.size, second.store.checkpoint(2)]).toEqual([1, undefined]);
  });

  test("a checkpoint that was stored and not marked any more is marked before it is published again", () => {
    const { store, grow } = publishing();
    grow(2);
    vi.advanceTimersByTime(leastIntervalMs);
    const highWater = memoryHighWater();
    const again = publication({ store, reader: logReader(store), origin: testOrigin, signer, highWater });
    expect(again.latest()?.size).toBe(2);
    expect(highWater.read()).toEqual({ size: 2, rootHash: toHex(logReader(store).rootOf(2)) });
  });
});

describe("the high-water mark", () => {
  const marked = (size: number, rootHash: string): HighWater => ({ read: () => ({ size, rootHash }), write: () => {} });
  const tooOld = expect.objectContaining({ code: "BACKUP_TOO_OLD" });
  const another = expect.objectContaining({ code: "SIGNED_ROOT_DIFFERS" });

  test("lets pass what holds everything that was signed", () => {
    const { store } = publishing();
    appended(store, 300);
    const reader = logReader(store);
    checkHighWater(store, reader, memoryHighWater());
    for (const size of [1, 256, 257, 300]) checkHighWater(store, reader, marked(size, toHex(reader.rootOf(size))));
  });

  test("tells an older ledger from another one, from a damaged one, and from one that lost what it signed", () => {
    const { store } = publishing();
    appended(store, 300);
    const reader = logReader(store);
    const root = toHex(reader.rootOf(300));
    expect(() => checkHighWater(store, reader, marked(301, root))).toThrow(tooOld);
    expect(() => checkHighWater(store, reader, marked(300, root.replace(/^./, "z")))).toThrow(another);
    expect(() => checkHighWater(store, reader, marked(299, root))).toThrow(another);
    const flipped = logReader({
      ...store,
      tile: (tile) => store.tile(tile)?.map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
    });
    expect(() => checkHighWater(store, flipped, marked(300, root))).toThrow(another);
    expect(() => checkHighWater(store, logReader({ ...store, tile: () => undefined }), marked(300, root))).toThrow(
      expect.objectContaining({ name: "LedgerError" }),
    );
  });
});
