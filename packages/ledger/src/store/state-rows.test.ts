import { DatabaseSync } from "node:sqlite";
import type { Write } from "@fiducial/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openStateRows } from "./state-rows.ts";

function database(): DatabaseSync {
  const made = new DatabaseSync(":memory:");
  made.exec("CREATE TABLE state (row INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT) STRICT");
  return made;
}

test("finds every row, also those that memory has let go, and changes them in place", () => {
  const made = database();
  const rows = openStateRows(made);
  const count = 60_000;
  for (let from = 0; from < count; from += 1000)
    rows.write(Array.from({ length: 1000 }, (_, at): Write => [`key ${from + at}`, { number: from + at }]));
  for (let number = 0; number < count; number += 97) expect(rows.get(`key ${number}`)).toEqual({ number });
  rows.write([["key 0", { number: -1 }]]);
  expect(rows.get("key 0")).toEqual({ number: -1 });
  expect(openStateRows(made).get("key 0")).toEqual({ number: -1 });
  expect(made.prepare("SELECT count(*) AS rows FROM state").get()).toEqual({ rows: count });
});

test("an absent key is absent, before and after it was there", () => {
  const made = database();
  const rows = openStateRows(made);
  expect(rows.get("a")).toBeUndefined();
  rows.write([["a", 1]]);
  rows.write([["a", null]]);
  expect([rows.get("a"), openStateRows(made).get("a")]).toEqual([undefined, undefined]);
  rows.write([["a", 2]]);
  expect([rows.get("a"), openStateRows(made).get("a")]).toEqual([2, 2]);
});

test("behaves as a map, through rollbacks and openings", () => {
  const key = fc.constantFrom("a", "b", "c", "d");
  const step = fc.oneof(
    fc.record({
      do: fc.constant("write" as const),
      writes: fc.array(fc.tuple(key, fc.option(fc.nat(9))), { maxLength: 4 }),
    }),
    fc.record({
      do: fc.constant("fail" as const),
      writes: fc.array(fc.tuple(key, fc.option(fc.nat(9))), { maxLength: 4 }),
    }),
    fc.record({ do: fc.constant("open" as const), writes: fc.constant([]) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const made = database();
      const model = new Map<string, number>();
      let rows = openStateRows(made);
      for (const { do: action, writes } of steps) {
        made.exec("BEGIN");
        rows.write(writes);
        made.exec(action === "fail" ? "ROLLBACK" : "COMMIT");
        if (action === "fail") rows.reload();
        if (action === "open") rows = openStateRows(made);
        if (action === "write")
          for (const [at, value] of writes) value === null ? model.delete(at) : model.set(at, value);
        for (const at of ["a", "b", "c", "d"]) expect(rows.get(at)).toEqual(model.get(at));
      }
    }),
    { numRuns: 60 },
  );
});
