import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { contracts } from "@fiducial/contract";
import { type SignatureVerifiers, signatureVerifiers, toHex } from "@fiducial/core";
import { afterAll, describe, expect, test } from "vitest";
import { hospital } from "../conformance/hospital.ts";
import { memoryHighWater, noteSigner, openLocalLedger, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { closedLedger, cosigner } from "../conformance/small-ledger.ts";
import { openStore } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { type AuditResult, audit } from "./audit.ts";

const noon = Date.parse("2026-11-18T12:00:00.000Z");
const verification = verificationPool(1);
afterAll(() => verification.close());
const verifiers: SignatureVerifiers = signatureVerifiers(sodiumBackend);
const rest = {
  contracts,
  verification,
  verifiers,
  logKeys: [noteSigner(testOrigin, "ed25519").key],
  cosignerKeys: [cosigner.key],
};

async function closed(): Promise<string> {
  const path = join(scratchFolder(), "ledger.db");
  await closedLedger(path, { verification });
  return path;
}

async function audited(path: string): Promise<AuditResult> {
  const store = openStore(path);
  try {
    return await audit({ store, ...rest });
  } finally {
    store.close();
  }
}

function alter(path: string, change: string): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA secure_delete = ON");
  database.exec(change);
  database.close();
}

describe("a ledger that holds", () => {
  test("is told with its size, root, state and checkpoints", async () => {
    const path = await closed();
    const store = openStore(path);
    const { edge, stateDigest } = store.head();
    store.close();
    expect(await audited(path)).toMatchObject({
      ok: true,
      size: edge.size,
      stateDigest: toHex(stateDigest),
      checkpoints: 2,
    });
  });

  test("may be empty", async () => {
    const path = join(scratchFolder(), "ledger.db");
    expect(await audited(path)).toMatchObject({ ok: true, size: 0, checkpoints: 0 });
  });

  test("may grow meanwhile", async () => {
    const northlake = hospital(testOrigin, noon);
    const path = join(scratchFolder(), "ledger.db");
    const ledger = openLocalLedger({ path, clock: () => noon, verification, highWater: memoryHighWater() });
    await ledger.replica.submit(await northlake.founding());
    const statements = await Promise.all(Array.from({ length: 2000 }, (_, number) => northlake.study(number)));
    const growing = Promise.all(statements.map((statement) => ledger.replica.submit([statement])));
    const progress: number[] = [];
    const result = await audit({ store: ledger.store, ...rest, progress: (done) => progress.push(done) });
    await growing;
    expect(result).toMatchObject({ ok: true });
    expect(progress.at(-1)).toBe(result.ok && result.size);
    await ledger.close();
  });
});

describe("a ledger that was changed", () => {
  const table = [
    ["cut off at the end", "DELETE FROM entry WHERE idx = 11", 11, "ENTRY_MISSING"],
    ["without an entry", "DELETE FROM entry WHERE idx = 5", 5, "ENTRY_MISSING"],
    [
      "with two entries swapped",
      "UPDATE entry SET idx = -1 WHERE idx = 7; UPDATE entry SET idx = 7 WHERE idx = 9; UPDATE entry SET idx = 9 WHERE idx = -1",
      7,
      "ENTRY_NOT_INDEXED",
    ],
    [
      "with an entry in another's place",
      "UPDATE entry SET id = (SELECT id FROM entry WHERE idx = 8), bytes = (SELECT bytes FROM entry WHERE idx = 8) WHERE idx = 10",
      10,
      "ENTRY_REPEATED",
    ],
    ["with an entry more", "INSERT INTO entry SELECT 12, id, bytes FROM entry WHERE idx = 8", 12, "ENTRY_SURPLUS"],
    [
      "with another finding",
      "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'DEVICE_NOT_NAMED', 'DEVICE_NOT_KNOWN') AS BLOB) WHERE idx = 6",
      6,
      "VERDICT_DIFFERS",
    ],
    [
      "without a finding",
      "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"DEVICE_NOT_NAMED\"', '') AS BLOB) WHERE idx = 6",
      6,
      "VERDICT_DIFFERS",
    ],
    [
      "with an entry recorded later",
      'UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), \'"recordedAt":"2026-11-18T12:00:00.000Z\', \'"recordedAt":"2026-11-18T12:00:01.000Z\') AS BLOB) WHERE idx = 8',
      8,
      "TILE_DIFFERS",
    ],
    [
      "with an entry recorded earlier",
      'UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), \'"recordedAt":"2026-11-18T12:00:00.000Z\', \'"recordedAt":"2026-11-18T11:59:59.000Z\') AS BLOB) WHERE idx = 8',
      8,
      "TIME_GOES_BACK",
    ],
    ["with an entry that is none", "UPDATE entry SET bytes = x'7b7d' WHERE idx = 3", 3, "ENTRY_MALFORMED"],
    [
      "with an entry written otherwise",
      "UPDATE entry SET bytes = CAST(' ' || CAST(bytes AS TEXT) AS BLOB) WHERE idx = 3",
      3,
      "ENTRY_MALFORMED",
    ],
    ["with an entry under another id", "UPDATE entry SET id = randomblob(32) WHERE idx = 4", 4, "ENTRY_NOT_INDEXED"],
    ["with a tile cut off", "UPDATE tile SET hashes = substr(hashes, 1, 320)", 10, "TILE_DIFFERS"],
    ["with a tile too long", "UPDATE tile SET hashes = CAST(hashes || zeroblob(32) AS BLOB)", null, "TILE_DIFFERS"],
    ["with a tile more", "INSERT INTO tile VALUES (0, 7, zeroblob(32))", null, "TILE_DIFFERS"],
    ["without its tile", "DELETE FROM tile", 0, "TILE_DIFFERS"],
    ["without a refusal", "DELETE FROM refusal", null, "REFUSAL_DIFFERS"],
    ["with another refusal", "UPDATE refusal SET code = 'KEY_UNKNOWN'", null, "REFUSAL_DIFFERS"],
    [
      "with a refusal more",
      "INSERT INTO refusal SELECT 99, id, kind, code, recordedAt FROM refusal",
      null,
      "REFUSAL_DIFFERS",
    ],
    ["with another row of state", "UPDATE state SET value = '{}' WHERE row = 1", 0, "STATE_ROW_DIFFERS"],
    ["with a row of state under another key", "UPDATE state SET key = 'log.' WHERE row = 1", null, "INDEX_DIFFERS"],
    [
      "with a row of state twice",
      "INSERT INTO state SELECT 999, key, value FROM state WHERE row = 1",
      null,
      "INDEX_DIFFERS",
    ],
    ["with a row of state less", "DELETE FROM state WHERE row = 2", null, "INDEX_DIFFERS"],
    ["with the index of ids gone", "DELETE FROM id_batch", 0, "ENTRY_NOT_INDEXED"],
    [
      "with something more in the index of ids",
      "INSERT INTO id_batch (pairs) VALUES (zeroblob(16))",
      null,
      "INDEX_DIFFERS",
    ],
    ["with the index of state gone", "DELETE FROM state_batch", null, "INDEX_DIFFERS"],
    ["with a checkpoint of another size", "UPDATE checkpoint SET size = 5 WHERE size = 6", 4, "CHECKPOINT_DIFFERS"],
    ["with a checkpoint of the future", "UPDATE checkpoint SET size = 13 WHERE size = 12", 11, "CHECKPOINT_DIFFERS"],
    [
      "with an unsigned checkpoint",
      "UPDATE checkpoint SET note = replace(note, 'conformance', 'another') WHERE size = 6",
      5,
      "CHECKPOINT_DIFFERS",
    ],
    ["without a checkpoint", "DELETE FROM checkpoint WHERE size = 6", null, "FILE_DIFFERS"],
    ["with nothing changed but the file", "VACUUM", null, "FILE_DIFFERS"],
  ] as const;

  test.each(table)("%s", async (_, change, index, code) => {
    const path = await closed();
    alter(path, change);
    expect(await audited(path)).toEqual({ ok: false, firstBad: { index, code } });
  });

  test("in its head does not open", async () => {
    const path = await closed();
    alter(path, "UPDATE head SET stateDigest = zeroblob(32)");
    await expect(audited(path)).rejects.toMatchObject({ code: "STORE_CORRUPT" });
  });

  test("is told so each time, until it is written to", async () => {
    const path = await closed();
    alter(path, "VACUUM");
    for (let again = 0; again < 2; again++)
      expect(await audited(path)).toMatchObject({ ok: false, firstBad: { code: "FILE_DIFFERS" } });
  });
});

test("a failing disk is no finding", async () => {
  const path = await closed();
  const store = openStore(path);
  const failing = {
    ...store,
    entries: () => {
      throw Object.assign(new Error(), { code: "EIO" });
    },
  };
  await expect(audit({ store: failing, ...rest })).rejects.toMatchObject({ code: "EIO" });
  store.close();
});
