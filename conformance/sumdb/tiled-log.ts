// A log made with our code as a folder of files: checkpoint, tiles, entry bundles. C2SP tlog-tiles § APIs.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  appendLeaves,
  cosign,
  emptyEdge,
  encodeEntryBundle,
  entryBundlePath,
  formatSignedCheckpoint,
  leafHash,
  type NoteSigner,
  publicKeyOf,
  type SecretKey,
  type SignatureType,
  type SignedCheckpoint,
  signCheckpoint,
  signMessage,
  type TreeEdge,
  tileAt,
  tilePath,
  tileWidth,
  treeRoot,
  utf8,
  verifierKey,
  withSignatures,
} from "@fiducial/core";

/** A log in memory: its entries, and its tiles as a store keeps them, by level and index. */
export interface TiledLog {
  readonly origin: string;
  readonly entries: readonly Uint8Array[];
  readonly edge: TreeEdge;
  readonly tiles: ReadonlyMap<string, Uint8Array>;
}

/** Makes a log of `size` short entries, appended in batches of uneven sizes. */
export function makeLog(origin: string, size: number): TiledLog {
  const entries = Array.from({ length: size }, (_, index) => utf8(`entry ${index} ${"·".repeat(index % 40)}`));
  const tiles = new Map<string, Uint8Array>();
  let edge = emptyEdge;
  for (let batch = 1; edge.size < size; batch = (batch * 7 + 3) % 1009) {
    const appended = appendLeaves(edge, entries.slice(edge.size, edge.size + batch).map(leafHash));
    edge = appended.edge;
    for (const { level, index, offset, hashes } of appended.tiles) {
      const tile = tiles.get(`${level}/${index}`) ?? new Uint8Array(tileWidth * 32);
      tile.set(hashes, offset * 32);
      tiles.set(`${level}/${index}`, tile);
    }
  }
  return { origin, entries, edge, tiles };
}

/** Signs the log's head as the log, and cosigns it. */
export function signLog(
  { origin, edge }: TiledLog,
  logs: readonly NoteSigner[],
  witnesses: readonly NoteSigner[] = [],
): SignedCheckpoint {
  const signed = signCheckpoint(origin, { size: edge.size, rootHash: treeRoot(edge) }, logs);
  const cosignatures = witnesses.map((witness, index) => cosign(signed, witness, 1_789_000_000 + index));
  return { ...signed, note: withSignatures(signed.note, cosignatures) };
}

/** Writes what a log serves. */
export function writeLog(folder: string, log: TiledLog, signed: SignedCheckpoint): void {
  write(folder, "checkpoint", utf8(formatSignedCheckpoint(signed)));
  for (const [name, bytes] of log.tiles) {
    const [level, index] = name.split("/").map(Number) as [number, number];
    const tile = tileAt(level, index, log.edge.size);
    if (tile === undefined) throw new Error(`the tree has no tile ${name}`);
    write(folder, tilePath(tile), bytes.subarray(0, tile.width * 32));
    if (level > 0) continue;
    const begin = index * tileWidth;
    write(folder, entryBundlePath(tile), encodeEntryBundle(log.entries.slice(begin, begin + tile.width)));
  }
}

/** Returns a signer with a fixed seed. */
export function signerOf(name: string, type: SignatureType, seed: number): NoteSigner {
  const secret: SecretKey = { algorithm: "Ed25519", bytes: new Uint8Array(32).fill(seed) };
  return { key: verifierKey(name, type, publicKeyOf(secret).bytes), sign: (message) => signMessage(secret, message) };
}

function write(folder: string, path: string, bytes: Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
