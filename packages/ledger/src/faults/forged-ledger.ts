// A ledger as somebody with its log key could write it: entries altered at will, and tree, state and checkpoint made to agree with them.
import { advanceStateDigest, type Contract, contracts, decide, emptyStateDigest, type Write } from "@fiducial/contract";
import {
  appendLeaves,
  canonicalJson,
  type Entry,
  emptyEdge,
  formatSignedCheckpoint,
  fromHex,
  type JsonObject,
  leafHash,
  parseCanonicalJson,
  parseEntry,
  signCheckpoint,
  treeRoot,
  utf8,
  utf8Decode,
} from "@fiducial/core";
import { openScratchState } from "../audit/scratch-state.ts";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { openStore } from "../store/store.ts";

/** Entries altered by their forger, who takes no notice of what the contract refuses. */
export type Forgery = (entries: readonly Uint8Array[]) => readonly Uint8Array[];

/** Writes to `path` the entries of the ledger at `from`, altered. */
export function forgeLedger(from: string, path: string, forgery: Forgery): void {
  const honest = openStore(from, { readOnly: true });
  const original = honest.entries(0, honest.head().edge.size);
  honest.close();
  const bytes = forgery(original);
  // What is no entry any more is passed off as the one it was.
  const entries = bytes.map((one, at) => (parseEntry(one) ?? parseEntry(original[at] as Uint8Array)) as Entry);
  const { edge, tiles } = appendLeaves(emptyEdge, bytes.map(leafHash));
  const writes = writesOf(entries);
  const stateDigest = writes.reduce(advanceStateDigest, emptyStateDigest);
  const recordedAt = entries
    .map((entry) => entry.recordedAt)
    .sort()
    .at(-1) as string;
  const rows = entries.map(({ statement }, at) => ({
    id: fromHex(statement.id) as Uint8Array,
    bytes: bytes[at] as Uint8Array,
  }));
  const store = openStore(path);
  const head = { position: 1, recordedAt, edge, stateDigest };
  store.commit({ head, entries: rows, tiles, writes: writes.flat(), refusals: [] });
  const signed = signCheckpoint(testOrigin, { size: edge.size, rootHash: treeRoot(edge) }, [
    noteSigner(testOrigin, "ed25519"),
  ]);
  store.putCheckpoint(edge.size, formatSignedCheckpoint(signed));
  store.close();
}

function writesOf(entries: readonly Entry[]): (readonly Write[])[] {
  const scratch = openScratchState();
  try {
    return entries.map(({ statement, recordedAt }, index) => {
      const verdict = decide(contracts[0] as Contract, scratch.state, { statement, recordedAt, index }, () => true);
      const writes = verdict.accepted ? verdict.writes : [];
      if (scratch.state.statement(statement.id) === undefined) scratch.write(writes, statement, index);
      return writes;
    });
  } finally {
    scratch.close();
  }
}

/** Alters the JSON of one entry. */
export function altered(index: number, change: (entry: EntryJson) => JsonObject): Forgery {
  return (entries) => entries.map((bytes, at) => (at === index ? rewritten(bytes, change) : bytes));
}

/** An entry as its JSON is. */
export interface EntryJson extends JsonObject {
  readonly findings: readonly string[];
  readonly recordedAt: string;
  readonly statement: JsonObject & { readonly signatures: readonly JsonObject[] };
}

function rewritten(bytes: Uint8Array, change: (entry: EntryJson) => JsonObject): Uint8Array {
  return utf8(canonicalJson(change(parseCanonicalJson(utf8Decode(bytes) as string) as unknown as EntryJson)));
}
