import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { writeStudies } from "./scratch/phantom-files.ts";

const b = bench();
const { path, run } = b;

beforeAll(async () => {
  writeStudies(path("in"));
  for (const data of ["data", "flipped", "headless"]) await run("ingest", path("in"), "--data", path(data));
});

afterAll(() => b.remove());

describe("audit", () => {
  test("finds a sound ledger sound", async () => {
    const ended = await run("audit", "--json");
    expect(ended.exit).toBe(0);
    expect(ended.json()).toMatchObject([
      {
        ok: true,
        size: 5,
        rootHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        stateDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        checkpoints: expect.any(Number),
      },
    ]);
  });

  test.each([true, false])("names the entry in which a byte was flipped (read model kept: %s)", async (kept) => {
    const restore = flipByteOfEntry(path("flipped", "ledger.db"), 3);
    if (!kept) rmSync(path("flipped", "projection.db"));
    const ended = await run("audit", "--data", path("flipped"), "--json");
    expect(ended.exit).toBe(1);
    expect(ended.json()).toMatchObject([{ ok: false, firstBad: { index: 3, code: expect.any(String) } }]);
    expect((await run("audit", "--data", path("flipped"))).stderr).toMatch(/Entry 3 .*does not hold/);
    restore();
    expect((await run("audit", "--data", path("flipped"))).exit).toBe(0);
  });

  test("says of a ledger that does not open that it does not hold", async () => {
    const bytes = readFileSync(path("headless", "ledger.db"));
    bytes[0]! ^= 1;
    writeFileSync(path("headless", "ledger.db"), bytes);
    const ended = await run("audit", "--data", path("headless"), "--json");
    expect(ended.exit).toBe(1);
    expect(ended.json()).toMatchObject([{ ok: false, firstBad: { index: null, code: expect.any(String) } }]);
  });
});

/** Flips one bit where the entry's bytes lie in the file, and returns what puts it right again. SQLite leaves dead copies; the live one is the one that shows. */
function flipByteOfEntry(file: string, index: number): () => void {
  const bytesOf = () => {
    const database = new DatabaseSync(file, { readOnly: true });
    const row = database.prepare("SELECT bytes FROM entry WHERE idx = ?").get(index) as { bytes: Uint8Array };
    database.close();
    return Buffer.from(row.bytes);
  };
  const entry = bytesOf();
  const whole = readFileSync(file);
  const part = entry.subarray(200, 232);
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const flipped = Buffer.from(whole);
    flipped[at]! ^= 1;
    writeFileSync(file, flipped);
    if (!bytesOf().equals(entry)) return () => writeFileSync(file, whole);
  }
  throw new Error("the entry is not in the file in one piece");
}
