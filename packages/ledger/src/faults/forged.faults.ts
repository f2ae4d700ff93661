// Ledgers forged with the log's own key: the audit finds what the contract or a signer would not have had, the mark and witnesses the rest.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contracts } from "@fiducial/contract";
import {
  type AddCheckpointAnswer,
  formatAddCheckpoint,
  formatEntry,
  type JsonObject,
  parseAddCheckpointAnswer,
  parseSignedCheckpoint,
  signatureVerifiers,
} from "@fiducial/core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { audit } from "../audit/audit.ts";
import type { AuditFinding } from "../audit/findings.ts";
import { hospital } from "../conformance/hospital.ts";
import { memoryHighWater, noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { closedLedger, cosigner } from "../conformance/small-ledger.ts";
import type { LedgerErrorCode } from "../ledger-error.ts";
import { logReader } from "../log/log-reader.ts";
import { checkHighWater } from "../log/publication.ts";
import { openWitness } from "../log/witness.ts";
import { openStore, type Store } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { altered, type Forgery, forgeLedger } from "./forged-ledger.ts";

const verification = verificationPool(1);
const verifiers = signatureVerifiers(sodiumBackend);
const logKeys = [noteSigner(testOrigin, "ed25519").key];
const rest = { contracts, verification, verifiers, logKeys, cosignerKeys: [cosigner.key] };
const logs = [{ origin: testOrigin, keys: logKeys }];
const highWater = memoryHighWater();
const folder = mkdtempSync(join(tmpdir(), "ledger-"));
const honest = join(folder, "honest.db");
beforeAll(() => closedLedger(honest, { verification, highWater }));
afterAll(async () => {
  await verification.close();
  rmSync(folder, { recursive: true });
});

const northlake = hospital(testOrigin, Date.parse("2026-11-18T12:00:00.000Z"));
// Entry 2 has two signatures, entry 6 a finding; a statement for another log is refused whatever the state.
const unseen = await northlake.study(20);
const foreign = await northlake.study(9, { log: "log.example/other" });

const signatures = (change: (all: readonly JsonObject[]) => readonly JsonObject[]): Forgery =>
  altered(2, (entry) => ({
    ...entry,
    statement: { ...entry.statement, signatures: change(entry.statement.signatures) },
  }));

describe("the audit finds", () => {
  const table: readonly (readonly [string, Forgery, number, AuditFinding])[] = [
    ["a signature stripped", signatures((all) => all.slice(0, 1)), 2, "ENTRY_MALFORMED"],
    ["a signature twice", signatures((all) => [...all, ...all]), 2, "ENTRY_MALFORMED"],
    ["signatures swapped, with their keys", signatures((all) => all.toReversed()), 2, "ENTRY_MALFORMED"],
    [
      "signatures swapped, without their keys",
      signatures(([one, other]) => [
        { ...one, sig: other?.["sig"] as string },
        { ...other, sig: one?.["sig"] as string },
      ]),
      2,
      "SIGNATURE_INVALID",
    ],
    [
      "an unknown member in an envelope",
      altered(7, (entry) => ({ ...entry, statement: { ...entry.statement, comment: "" } })),
      7,
      "ENTRY_MALFORMED",
    ],
    ["an unknown member in an entry", altered(7, (entry) => ({ ...entry, comment: "" })), 7, "ENTRY_MALFORMED"],
    ["a finding kept quiet", altered(6, (entry) => ({ ...entry, findings: [] })), 6, "VERDICT_DIFFERS"],
    ["a finding invented", altered(7, (entry) => ({ ...entry, findings: ["CLOCK_SKEW"] })), 7, "VERDICT_DIFFERS"],
    [
      "an entry back-dated",
      altered(8, (entry) => ({ ...entry, recordedAt: "2026-11-18T11:59:59.999Z" })),
      8,
      "TIME_GOES_BACK",
    ],
    ["a statement let in twice", (entries) => [...entries, entries[6] as Uint8Array], 12, "ENTRY_REPEATED"],
    [
      "a statement let in that the contract refuses",
      (entries) => [
        ...entries,
        formatEntry({ findings: [], recordedAt: "2026-11-18T12:00:00.000Z", statement: foreign }),
      ],
      12,
      "VERDICT_DIFFERS",
    ],
  ];

  test.each(table)("%s", async (_, forgery, index, code) => {
    expect(await audit({ store: openForged(forgery), ...rest })).toEqual({ ok: false, firstBad: { index, code } });
  });

  test("nothing in what was written anew as it was", async () => {
    expect(await audit({ store: openForged((entries) => entries), ...rest })).toMatchObject({ ok: true, size: 12 });
  });
});

describe("a ledger in which the audit finds nothing, and which", () => {
  const reordered: Forgery = (all) => [0, 1, 2, 3, 4, 5, 8, 9, 6, 7, 10, 11].map((at) => all[at] as Uint8Array);
  const more = formatEntry({
    findings: ["DEVICE_NOT_NAMED"],
    recordedAt: "2026-11-18T12:00:00.000Z",
    statement: unseen,
  });
  const table: readonly (readonly [string, Forgery, LedgerErrorCode, AddCheckpointAnswer])[] = [
    ["was cut off", (all) => all.slice(0, 6), "BACKUP_TOO_OLD", { status: 409, size: 12 }],
    ["is in another order", reordered, "SIGNED_ROOT_DIFFERS", { status: 422 }],
    ["is in another order and has grown", (all) => [...reordered(all), more], "SIGNED_ROOT_DIFFERS", { status: 422 }],
  ];

  test.each(table)("%s, is known to the key's mark and to a witness", async (_, forgery, code, answer) => {
    const forged = openForged(forgery);
    expect(await audit({ store: forged, ...rest })).toMatchObject({ ok: true });
    const reader = logReader(forged);
    expect(() => checkHighWater(forged, reader, highWater)).toThrow(expect.objectContaining({ code }));
    const witness = openWitness(join(scratchFolder(), "witness.db"), cosigner, logs, verifiers, () => 1_800_000_000);
    onTestFinished(() => witness.close());
    const ask = (store: Store, oldSize: number) => {
      const signed = parseSignedCheckpoint(store.latestCheckpoint()?.note as string);
      const proof = oldSize === 0 ? [] : logReader(store).proveConsistency(oldSize, signed.checkpoint.size);
      return parseAddCheckpointAnswer(witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof, signed })));
    };
    const store = openStore(honest);
    onTestFinished(() => store.close());
    expect(ask(store, 0).status).toBe(200);
    expect(ask(forged, Math.min(12, forged.head().edge.size))).toEqual(answer);
    expect(witness.latest(testOrigin)).toContain(store.latestCheckpoint()?.note.split("\n")[2]);
  });
});

function openForged(forgery: Forgery): Store {
  const path = join(scratchFolder(), "forged.db");
  forgeLedger(honest, path, forgery);
  const store = openStore(path);
  onTestFinished(() => store.close());
  return store;
}
