// Checks a ledger's file with no code of ours: SQL, SHA-256 and OpenSSL, by the definitions of RFC 9162, DSSE and C2SP signed-note.
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** What must hold of a ledger whatever happened to the process that wrote it. */
export interface Expected {
  /** Index by statement id of everything that was acknowledged as accepted. */
  readonly accepted: ReadonlyMap<string, number>;
  /** The largest checkpoint that was published. */
  readonly signed: number;
  /** The log's key: 32 bytes of Ed25519. */
  readonly publicKey: Uint8Array;
  /** Entries before this one had their ids checked before. */
  readonly checkedBefore?: number;
}

/** What was found. */
export interface Found {
  readonly size: number;
  readonly refusals: number;
  readonly checkpoints: number;
  readonly recordedAt: string;
  /** The root hash of the first `size` entries. RFC 9162 § 2.1.1. */
  rootOf(size: number): Buffer;
  readonly leaves: readonly Buffer[];
}

/** Throws an Error that says what does not hold. */
export function checkIndependently(path: string, expected: Expected): Found {
  const database = new DatabaseSync(path);
  try {
    const found = checkEntries(database, expected);
    checkTiles(database, found);
    checkHead(database, found);
    checkNotes(database, found, expected);
    return found;
  } finally {
    database.close();
  }
}

/** Verifies an inclusion proof by RFC 9162 § 2.1.3.2, as its steps are written there. */
export function includes(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Buffer,
): boolean {
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = node(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else r = node(r, p);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && r.equals(root);
}

function checkEntries(database: DatabaseSync, { accepted, checkedBefore = 0 }: Expected): Found {
  const rows = database.prepare("SELECT idx, id, bytes FROM entry ORDER BY idx").all() as unknown as Row[];
  const leaves: Buffer[] = [];
  const ids = new Map<string, number>();
  let recordedAt = "";
  for (const [at, { idx, id, bytes }] of rows.entries()) {
    ensure(idx === at, `entry ${at} is missing`);
    leaves.push(sha256(Buffer.of(0), bytes));
    const name = Buffer.from(id).toString("hex");
    ensure(!ids.has(name), `entry ${at} is entry ${ids.get(name)} again`);
    ids.set(name, at);
    if (at < checkedBefore) continue;
    const entry = JSON.parse(Buffer.from(bytes).toString("utf8")) as EntryJson;
    ensure(statementId(entry) === name, `entry ${at} is not the statement ${name}`);
    ensure(entry.recordedAt >= recordedAt, `entry ${at} is earlier than the one before`);
    recordedAt = entry.recordedAt;
  }
  for (const [id, index] of accepted)
    ensure(ids.get(id) === index, `${id} was acknowledged at ${index}, is at ${ids.get(id)}`);
  const { refusals } = database.prepare("SELECT count(*) AS refusals FROM refusal").get() as { refusals: number };
  const { checkpoints } = database.prepare("SELECT count(*) AS checkpoints FROM checkpoint").get() as {
    checkpoints: number;
  };
  return { size: rows.length, refusals, checkpoints, recordedAt, leaves, rootOf: rootsOf(leaves) };
}

interface Row {
  readonly idx: number;
  readonly id: Uint8Array;
  readonly bytes: Uint8Array;
}

interface EntryJson {
  readonly recordedAt: string;
  readonly statement: { readonly payload: string; readonly payloadType: string };
}

// DSSE's pre-authentication encoding.
function statementId({ statement: { payload, payloadType } }: EntryJson): string {
  const bytes = Buffer.from(payload, "base64");
  return sha256(Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `), bytes).toString("hex");
}

function checkTiles(database: DatabaseSync, { leaves }: Found): void {
  const stored = new Map(
    (database.prepare("SELECT level, number, hashes FROM tile").all() as unknown as TileRow[]).map(
      ({ level, number, hashes }) => [`${level}/${number}`, Buffer.from(hashes)],
    ),
  );
  for (let [level, hashes] = [0, leaves]; hashes.length > 0; level++, hashes = parents(hashes, 8)) {
    for (let number = 0; 256 * number < hashes.length; number++) {
      const expected = Buffer.concat(hashes.slice(256 * number, 256 * number + 256));
      ensure(stored.get(`${level}/${number}`)?.equals(expected) === true, `tile ${level}/${number} differs`);
      stored.delete(`${level}/${number}`);
    }
  }
  ensure(stored.size === 0, "a tile that no entry is in");
}

interface TileRow {
  readonly level: number;
  readonly number: number;
  readonly hashes: Uint8Array;
}

function checkHead(database: DatabaseSync, { size, rootOf }: Found): void {
  const head = database.prepare("SELECT edge FROM head").get() as { edge: Uint8Array } | undefined;
  ensure(head !== undefined, "there is no head");
  const edge = Buffer.from(head?.edge as Uint8Array);
  ensure(Number(edge.readBigUInt64BE(0)) === size, `the head says another size than ${size}`);
  const peaks = Array.from({ length: (edge.length - 8) / 32 }, (_, at) => edge.subarray(8 + 32 * at, 40 + 32 * at));
  const root = peaks.reduceRight<Buffer | undefined>(
    (right, left) => (right === undefined ? left : node(left, right)),
    undefined,
  );
  ensure((root ?? sha256()).equals(rootOf(size)), "the head has another root");
}

function checkNotes(
  database: DatabaseSync,
  { size, rootOf }: Found,
  { signed, publicKey, checkedBefore = 0 }: Expected,
): void {
  const notes = database.prepare("SELECT size, note FROM checkpoint WHERE size >= ? ORDER BY size").all(checkedBefore);
  const key = ed25519(publicKey);
  let newest = 0;
  for (const { size: of, note } of notes as unknown as { size: number; note: string }[]) {
    const [text = "", signatures = ""] = note.split("\n\n");
    const [origin = "", line, root] = text.split("\n");
    ensure(line === String(of) && of <= size, `a checkpoint of ${of} entries says ${line}, of a log of ${size}`);
    ensure(rootOf(of).toString("base64") === root, `the checkpoint of ${of} entries has another root`);
    const id = sha256(Buffer.from(`${origin}\n`), Buffer.of(1), publicKey).subarray(0, 4);
    const own = signatures.split("\n").find((one) => one.startsWith(`— ${origin} `)) ?? "";
    const bytes = Buffer.from(own.split(" ")[2] ?? "", "base64");
    ensure(bytes.subarray(0, 4).equals(id), `the checkpoint of ${of} entries is not by the log's key`);
    ensure(
      verify(null, Buffer.from(`${text}\n`), key, bytes.subarray(4)),
      `the checkpoint of ${of} entries is badly signed`,
    );
    newest = of;
  }
  ensure(
    newest >= signed || checkedBefore > signed,
    `the checkpoint of ${signed} entries was published and is not there`,
  );
}

// Perfect subtrees by height; what is not perfect splits at the largest power of two, as the RFC has it.
function rootsOf(leaves: readonly Buffer[]): (size: number) => Buffer {
  const levels: (readonly Buffer[])[] = [leaves];
  while ((levels.at(-1)?.length ?? 0) > 1) levels.push(parents(levels.at(-1) as readonly Buffer[], 1));
  const root = (begin: number, end: number): Buffer => {
    const width = end - begin;
    const height = 31 - Math.clz32(width);
    if (width === 2 ** height && begin % width === 0) return levels[height]?.[begin / width] as Buffer;
    const split = begin + 2 ** (31 - Math.clz32(width - 1));
    return node(root(begin, split), root(split, end));
  };
  return (size) => (size === 0 ? sha256() : root(0, size));
}

function parents(hashes: readonly Buffer[], heights: number): readonly Buffer[] {
  let row = hashes;
  for (let height = 0; height < heights; height++)
    row = Array.from({ length: Math.floor(row.length / 2) }, (_, at) =>
      node(row[2 * at] as Buffer, row[2 * at + 1] as Buffer),
    );
  return row;
}

function node(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.of(1), left, right);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function ed25519(publicKey: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

function ensure(holds: boolean, fault: string): asserts holds {
  if (!holds) throw new Error(fault);
}
