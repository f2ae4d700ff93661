// Any bit turned over in what a log serves or hands out (tiles, entries, checkpoints, receipts): whoever verifies it notices.
import { join } from "node:path";
import {
  CoreError,
  decodeEntryBundle,
  equalBytes,
  formatReceipt,
  formatSignedCheckpoint,
  leafHash,
  parseReceipt,
  parseSignedCheckpoint,
  proveInclusion,
  signatureVerifiers,
  signCheckpoint,
  tilePath,
  tileReader,
  utf8,
  utf8Decode,
  verifyInclusion,
  verifyNote,
  verifyReceipt,
} from "@fiducial/core";
import { expect, onTestFinished, test } from "vitest";
import { sampleLog } from "../../../../vectors/receipt/sample-log.ts";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { appended } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { type LogReader, logReader } from "../log/log-reader.ts";
import { openStore } from "../store/store.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { bitPlaces, everyBit, flipped } from "./flipped-bits.ts";
import { seededRandom } from "./seeded-random.ts";

const flips = process.env["FIDUCIAL_LONG"] === "1" ? 50_000 : 1500;
const size = 700;
const logSigner = noteSigner(testOrigin, "ed25519");

/** A log of 700 entries and what it serves: two whole tiles and a partial one below, a partial one above. */
function servingLog(): LogReader {
  const store = openStore(join(scratchFolder(), "ledger.db"));
  onTestFinished(() => store.close());
  appended(store, size);
  return logReader(store);
}

const served = (reader: LogReader, path: string) => reader.resource(path, size)?.bytes as Uint8Array;

test.each([
  [0, 0, 256],
  [0, 2, 188],
  [1, 0, 2],
])(
  `${flips} bits of the hash tile of level %i, number %i: a proof that needs the hash fails`,
  (level, index, width) => {
    const reader = servingLog();
    const rootHash = reader.rootOf(size);
    const path = tilePath({ level, index, width });
    const next = bitPlaces(served(reader, path), seededRandom(path));
    for (let count = 0; count < flips; count++) {
      const place = next();
      const altered = flipped(served(reader, path), place);
      const hashes = tileReader(size, (tile) => (tilePath(tile) === path ? altered : served(reader, tilePath(tile))));
      // The hash itself is in the proof of its neighbour.
      const neighbour = (256 * index + (Math.floor(place.at / 32) ^ 1)) * 256 ** level;
      const prove = () =>
        verifyInclusion(leafHash(reader.entry(neighbour)), proveInclusion(neighbour, size, hashes), { size, rootHash });
      expect([place, codeOf(prove)]).toEqual([place, "ROOT_MISMATCH"]);
    }
  },
);

test(`${flips} bits of an entry tile: it is malformed, or an entry is another than the hash tile says`, () => {
  const reader = servingLog();
  const bundle = served(reader, "tile/entries/002.p/188");
  const hashes = served(reader, "tile/0/002.p/188");
  const next = bitPlaces(bundle, seededRandom("entry tile"));
  for (let count = 0; count < flips; count++) {
    const place = next();
    const isServed = () =>
      decodeEntryBundle(flipped(bundle, place), 188).every((entry, at) =>
        equalBytes(leafHash(entry), hashes.subarray(32 * at, 32 * at + 32)),
      );
    expect([place, codeOf(isServed)]).toEqual([place, expect.stringMatching("ENTRY_BUNDLE_MALFORMED|false")]);
  }
});

test("every bit of a checkpoint: it is malformed, or not signed by the log", () => {
  const reader = servingLog();
  const note = utf8(
    formatSignedCheckpoint(signCheckpoint(testOrigin, { size, rootHash: reader.rootOf(size) }, [logSigner])),
  );
  const verifiers = signatureVerifiers(sodiumBackend);
  for (const place of everyBit(note)) {
    const verify = () => {
      const text = utf8Decode(flipped(note, place));
      return text !== undefined && verifyNote(parseSignedCheckpoint(text).note, [logSigner.key], verifiers).length > 0;
    };
    expect([place, codeOf(verify)]).not.toEqual([place, "true"]);
  }
});

test(`${flips} bits of a receipt: it is malformed, or a step fails`, async () => {
  const { receipt, trust } = await sampleLog();
  const bytes = utf8(formatReceipt(receipt));
  const next = bitPlaces(bytes, seededRandom("receipt"));
  const verify = (text: string | undefined) =>
    text !== undefined && verifyReceipt(parseReceipt(text), trust, sodiumBackend).ok;
  expect(verify(utf8Decode(bytes))).toBe(true);
  for (let count = 0; count < flips; count++) {
    const place = next();
    expect([place, codeOf(() => verify(utf8Decode(flipped(bytes, place))))]).not.toEqual([place, "true"]);
  }
});

/** What came of an action: its result in words, or the code that it threw. Anything else that it throws is a fault of ours. */
function codeOf(action: () => unknown): string {
  try {
    return String(action());
  } catch (thrown) {
    if (thrown instanceof CoreError) return thrown.code;
    throw thrown;
  }
}
