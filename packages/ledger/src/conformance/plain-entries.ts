// Entries that no contract has seen, for tests of what does not look into them: to a store they are bytes.
import { appendLeaves, leafHash, sha256, utf8 } from "@fiducial/core";
import type { Batch, Store } from "../store/store.ts";

/** The id under which entry number `number` is stored. */
export function plainId(number: number): Uint8Array {
  return sha256(utf8(`statement ${number}`));
}

/** A batch of entries with these numbers. */
export function plainBatch(store: Store, numbers: readonly number[], change: Partial<Batch> = {}): Batch {
  const { position, edge, stateDigest } = store.head();
  const entries = numbers.map((number) => ({ id: plainId(number), bytes: utf8(`entry ${number}`) }));
  const grown = appendLeaves(
    edge,
    entries.map(({ bytes }) => leafHash(bytes)),
  );
  const head = { position: position + 1, recordedAt: "2026-11-18T12:00:00.000Z", edge: grown.edge, stateDigest };
  return { head, entries, tiles: grown.tiles, writes: [], refusals: [], ...change };
}

/** Appends `count` entries, numbered by their index. */
export function appended(store: Store, count: number): void {
  const { size } = store.head().edge;
  store.commit(
    plainBatch(
      store,
      Array.from({ length: count }, (_, at) => size + at),
    ),
  );
}
