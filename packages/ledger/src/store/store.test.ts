import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { toHex, utf8 } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { plainBatch, plainId } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { openStore, type Store } from "./store.ts";

const code = (expected: string) => expect.objectContaining({ name: "LedgerError", code: expected });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe("a batch", () => {
  test("is read back whole, now and after opening again", () => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    const refusals = [
      {
        id: toHex(plainId(900)),
        kind: "imaging.study.registered",
        code: "KEY_UNKNOWN",
        recordedAt: "2026-11-18T12:00:00.000Z",
      },
      {
        id: toHex(plainId(901)),
        kind: "imaging.study.registered",
        code: "WRONG_LOG",
        recordedAt: "2026-11-18T12:00:00.000Z",
      },
    ];
    store.commit(plainBatch(store, range(0, 300), { refusals, writes: [["a", { b: 1 }]] }));
    store.commit(
      plainBatch(store, range(300, 301), {
        writes: [
          ["a", null],
          ["c", [1, 2]],
        ],
      }),
    );
    store.putCheckpoint(301, "note");
    const seen = (from: Store) => ({
      head: from.head(),
      entry: from.entry(300),
      beyond: from.entry(301),
      tail: from.entries(299, 400),
      index: [from.indexOf(toHex(plainId(256))), from.indexOf(toHex(plainId(5000))), from.indexOf("nonsense")],
      leaves: from.tile({ level: 0, index: 1 })?.length,
      level1: from.tile({ level: 1, index: 0 })?.length,
      noTile: from.tile({ level: 0, index: 2 }),
      refusals: from.refusals(1),
      state: [from.state.get("a"), from.state.get("c"), from.state.get("d")],
      rows: [...from.stateRows()],
      notes: [...from.checkpoints()],
      damage: from.damage(),
    });
    const before = seen(store);
    expect(before).toMatchObject({
      head: { position: 2, edge: { size: 301 } },
      entry: utf8("entry 300"),
      beyond: undefined,
      index: [256, undefined, undefined],
      leaves: 45 * 32,
      level1: 32,
      refusals: [{ code: "WRONG_LOG" }],
      state: [undefined, [1, 2], undefined],
      rows: [
        ["a", null],
        ["c", "[1,2]"],
      ],
      notes: [{ size: 301, note: "note" }],
      damage: undefined,
    });
    store.close();
    const again = openStore(path);
    expect(seen(again)).toEqual(before);
    again.close();
  });

  test("that fails leaves nothing behind, and the store writes no more", () => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    store.commit(plainBatch(store, [0], { writes: [["a", 1]] }));
    const before = store.head();
    const entries = [
      { id: plainId(1), bytes: utf8("entry 1") },
      { id: plainId(2), bytes: null as never },
    ];
    expect(() => store.commit(plainBatch(store, [1, 2], { entries, writes: [["a", 2]] }))).toThrow(
      code("STORE_FAILED"),
    );
    expect(store.head()).toEqual(before);
    expect([store.entry(1), store.indexOf(toHex(plainId(1))), store.state.get("a")]).toEqual([undefined, undefined, 1]);
    expect(() => store.commit(plainBatch(store, [1]))).toThrow(code("STORE_FAILED"));
    expect(() => store.putCheckpoint(1, "note")).toThrow(code("STORE_FAILED"));
    store.close();
    const again = openStore(path);
    again.commit(plainBatch(again, [1]));
    expect(again.indexOf(toHex(plainId(1)))).toBe(1);
    again.close();
  });
});

describe("a damaged ledger", () => {
  test.each([
    ["whose head row is another", "UPDATE head SET recordedAt = '2026-11-18T13:00:00.000Z'"],
    ["whose head row has another position", "UPDATE head SET position = position + 1"],
    ["whose edge is cut", "UPDATE head SET edge = substr(edge, 1, 20)"],
    ["whose state digest is cut", "UPDATE head SET stateDigest = x'00'"],
    ["without a head row", "DELETE FROM head"],
    ["whose index is cut", "UPDATE id_batch SET pairs = substr(pairs, 1, 5)"],
  ])("%s does not open", (_, change) => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    store.commit(plainBatch(store, range(0, 3)));
    store.close();
    alter(path, change);
    expect(() => openStore(path)).toThrow(code("STORE_CORRUPT"));
  });

  test("an id that leads to no entry is not found", () => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    store.commit(plainBatch(store, range(0, 3)));
    store.close();
    alter(path, "DELETE FROM entry WHERE idx = 1");
    const damaged = openStore(path);
    expect([damaged.indexOf(toHex(plainId(1))), damaged.indexOf(toHex(plainId(2)))]).toEqual([undefined, 2]);
    damaged.close();
  });

  test("a tile that ends too early is not grown", () => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    store.commit(plainBatch(store, range(0, 3)));
    store.close();
    alter(path, "UPDATE tile SET hashes = substr(hashes, 1, 64)");
    const damaged = openStore(path);
    expect(() => damaged.commit(plainBatch(damaged, [3]))).toThrow(code("STORE_CORRUPT"));
    damaged.close();
  });

  test("an entry of a statement that cannot be read is corrupt, not unknown", () => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    store.commit(plainBatch(store, range(0, 3)));
    expect(() => store.state.statement(toHex(plainId(1)))).toThrow(code("STORE_CORRUPT"));
    store.close();
  });
});

describe("checkpoints", () => {
  test("are found by size, from a size on, and newest", () => {
    const path = join(scratchFolder(), "ledger.db");
    const store = openStore(path);
    expect([store.latestCheckpoint(), store.checkpoint(1), store.checkpointFrom(0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    store.putCheckpoint(10, "ten");
    store.putCheckpoint(20, "twenty");
    store.putCheckpoint(10, "ten, cosigned");
    expect(store.checkpoint(10)).toBe("ten, cosigned");
    expect(store.latestCheckpoint()).toMatchObject({ size: 20 });
    expect(store.checkpointFrom(10)).toMatchObject({ note: "ten, cosigned" });
    expect(store.checkpointFrom(11)).toMatchObject({ size: 20 });
    expect(store.checkpointFrom(21)).toBeUndefined();
    expect(store.checkpointBefore(21)).toMatchObject({ size: 20 });
    expect(store.checkpointBefore(20)).toMatchObject({ note: "ten, cosigned" });
    expect(store.checkpointBefore(10)).toBeUndefined();
    store.close();
  });
});

test("closing twice is closing once, and a closed store says so", () => {
  const path = join(scratchFolder(), "ledger.db");
  const store = openStore(path);
  store.close();
  store.close();
  expect(() => store.entry(0)).toThrow(code("REPLICA_CLOSED"));
  expect(readFileSync(path).length).toBeGreaterThan(0);
});

function alter(path: string, change: string): void {
  const database = new DatabaseSync(path);
  database.exec(change);
  database.close();
}
