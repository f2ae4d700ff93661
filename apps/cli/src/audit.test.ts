import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bench } from "./scratch/fiducial-run.ts";
import { writeStudies } from "./scratch/phantom-files.ts";

const b = bench();
const { path, run } = b;

beforeAll(async () => {
  writeStudies(path("in"));
  for (const data of ["data", "flipped", "headless", "tiled", "noted", "unread"])
    await run("ingest", path("in"), "--data", path(data));
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

  test("remembers that the file was changed while it was closed; so does status, and nothing is refused", async () => {
    const at = (...given: string[]) => run(...given, "--data", path("touched"));
    const record = path("touched", "ledger.db.differs");
    await at("ingest", path("in"));
    changeUnusedByte(path("touched", "ledger.db"));
    const taken = await at("devices", "add", "--name", "CT", "--manufacturer", "M", "--model", "M", "--serial", "1");
    expect([taken.exit, taken.stderr]).toEqual([0, expect.stringMatching(/^fiducial: .*\(FILE_DIFFERS\)\n$/)]);
    const listed = await at("devices", "list");
    expect([listed.exit, listed.stderr]).toEqual([0, ""]);
    const differs = { ok: false, firstBad: { index: null, code: "FILE_DIFFERS" } };
    const audited = await at("audit", "--json");
    expect([audited.exit, audited.json()]).toEqual([1, [expect.objectContaining(differs)]]);
    expect((await at("audit")).stderr).toMatch(/changed while no program .*\(FILE_DIFFERS\)\n$/);
    const [status] = (await at("status", "--json")).json();
    expect(status).toMatchObject({ status: "degraded", troubles: [{ code: "FILE_DIFFERS" }] });
    rmSync(record);
    expect((await at("audit")).exit).toBe(0);
    expect((await at("status", "--json")).json()).toMatchObject([{ status: "ok", troubles: [] }]);
  });

  test("names an object that differs, and one that is lost, whoever asks", async () => {
    await run("ingest", path("in"), "--data", path("worn"));
    const [name = ""] = readdirSync(path("worn", "objects"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".dcm"))
      .sort();
    const object = basename(name, ".dcm");
    const file = path("worn", "objects", name);
    const bytes = readFileSync(file);
    const named = (code: string) => [1, [expect.objectContaining({ firstBad: { index: null, code, object } })]];
    const audited = async () => {
      const { exit, json } = await run("audit", "--data", path("worn"), "--json");
      return [exit, json()];
    };
    writeFileSync(file, bytes.with(0, bytes[0]! ^ 1));
    expect(await audited()).toEqual(named("OBJECT_DIFFERS"));
    expect((await run("audit", "--data", path("worn"))).stderr).toMatch(
      new RegExp(`Object ${object}: A stored object is not the bytes .*\\(OBJECT_DIFFERS\\)\n$`),
    );
    writeFileSync(file, bytes);
    renameSync(file, path("elsewhere.dcm"));
    expect(await audited()).toEqual(named("OBJECT_MISSING"));
    const { child, ended } = b.start("start", "--port", "0", "--data", path("worn"));
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    expect(await audited()).toEqual(named("OBJECT_MISSING"));
    expect((await run("audit", "--data", path("worn"))).stderr).toMatch(
      new RegExp(`Object ${object}: An object that was registered .*\\(OBJECT_MISSING\\)\n$`),
    );
    child.kill("SIGTERM");
    await ended;
  });

  test("is told by a node soon after its start", async () => {
    await run("ingest", path("in"), "--data", path("served"));
    changeUnusedByte(path("served", "ledger.db"));
    const { child, ended } = b.start("start", "--port", "0", "--data", path("served"));
    const line = await new Promise((resolve) => child.stderr?.once("data", resolve));
    expect(line).toMatch(/^fiducial: .*\(FILE_DIFFERS\)\n$/);
    child.kill("SIGTERM");
    const { exit, stderr } = await ended;
    expect([exit, stderr]).toEqual([expect.any(Number), line]);
  });

  test("names the entry whose tile is not what was signed; the others say to audit and restore, and that nothing was lost by age", async () => {
    const at = (...given: string[]) => run(...given, "--data", path("tiled"));
    const store = path("tiled", "ledger.db");
    change(store, "UPDATE tile SET hashes = ? WHERE level = 0", (database) => {
      const { hashes } = database.prepare("SELECT hashes FROM tile WHERE level = 0").get() as { hashes: Uint8Array };
      return hashes.with(64, (hashes[64] as number) ^ 1);
    });
    for (const given of [["status"], ["log", "-n", "1"], ["ingest", path("in")], ["start", "--port", "0"]]) {
      const ended = await at(...given);
      expect([ended.exit, ended.stderr]).toEqual([
        1,
        expect.stringMatching(/`fiducial audit`.* restore a backup.* \(SIGNED_ROOT_DIFFERS\)\n$/),
      ]);
    }
    const audited = await at("audit", "--json");
    const firstBad = { index: 2, code: "TILE_DIFFERS" };
    expect([audited.exit, audited.json()]).toEqual([1, [expect.objectContaining({ ok: false, firstBad })]]);
    expect((await at("audit")).stderr).toMatch(/Entry 2 of .*does not hold.*\(TILE_DIFFERS\)\n$/);
  });

  test("names the checkpoint for which a ledger does not open", async () => {
    change(path("noted", "ledger.db"), "UPDATE checkpoint SET note = ?", (database) => {
      const { note } = database.prepare("SELECT note FROM checkpoint").get() as { note: string };
      return note.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${Buffer.alloc(32).toString("base64")}\n`);
    });
    expect((await run("status", "--data", path("noted"))).stderr).toContain("(STORE_CORRUPT)");
    const audited = await run("audit", "--data", path("noted"));
    expect([audited.exit, audited.stderr]).toEqual([
      1,
      expect.stringMatching(/^✗ Entry \d+ .*\(CHECKPOINT_DIFFERS\)\n$/),
    ]);
  });

  test("has a sentence for a ledger of which nothing can be read", async () => {
    writeFileSync(path("unread", "ledger.db"), "garbage ".repeat(4096));
    const audited = await run("audit", "--data", path("unread"));
    expect([audited.exit, audited.stderr]).toEqual([
      1,
      expect.stringMatching(/^✗ This folder holds .*\(FOLDER_FOREIGN\)\n$/),
    ]);
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

/** Changes a closed ledger by SQL. Its seal goes, as whoever changes the file would see to. */
function change(file: string, sql: string, value: (database: DatabaseSync) => string | Uint8Array): void {
  const database = new DatabaseSync(file);
  database.prepare(sql).run(value(database));
  database.close();
  rmSync(`${file}.seal`);
}

/** Changes a byte in the room that a page has for nothing. */
function changeUnusedByte(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.with(bytes.indexOf(Buffer.alloc(1000)) + 500, 1));
}

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
