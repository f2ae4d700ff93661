// Each guard of the audit notices a ledger that was tampered with, or forged with the log's own key, and is the only one that does.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contracts } from "@fiducial/contract";
import {
  appendLeaves,
  emptyEdge,
  formatEntry,
  formatSignedCheckpoint,
  leafHash,
  signatureVerifiers,
  signCheckpoint,
} from "@fiducial/core";
import { afterAll, beforeAll } from "vitest";
import { type Guard, type Mutation, testGuards } from "../conformance/guards.ts";
import { hospital } from "../conformance/hospital.ts";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { closedLedger, cosigner } from "../conformance/small-ledger.ts";
import * as door from "../index.ts";
import { verificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { altered } from "./forged-ledger.ts";
import { type Tampering, tamperings } from "./tamperings.ts";

const verification = verificationPool(1);
const verifiers = signatureVerifiers(sodiumBackend);
const logSigner = noteSigner(testOrigin, "ed25519");
const folder = mkdtempSync(join(tmpdir(), "ledger-"));
const honest = join(folder, "honest.db");
const recordedAt = "2026-11-18T12:00:00.000Z";
const foreign = await hospital(testOrigin, Date.parse(recordedAt)).study(9, { log: "log.example/other" });
beforeAll(() => closedLedger(honest, { verification }));
afterAll(async () => {
  await verification.close();
  rmSync(folder, { recursive: true });
});

const { forged, changed, stored, headed, overwritten } = tamperings(honest);

testGuards(door, [
  guard(
    "a signature that does not verify",
    "SIGNATURE_INVALID",
    forged(
      altered(8, (entry) => {
        const signatures = entry.statement.signatures.map((one) => ({
          ...one,
          sig: otherSignature(one["sig"] as string),
        }));
        return { ...entry, statement: { ...entry.statement, signatures } };
      }),
    ),
    ["audit/replay-check.ts", "checkOf(examined)", "() => (checkOf, examined, true)"],
  ),
  guard("a finding kept quiet", "VERDICT_DIFFERS", forged(altered(6, (entry) => ({ ...entry, findings: [] }))), [
    "audit/replay-check.ts",
    'verdict.findings.join() === findings.join() ? verdict.writes : "VERDICT_DIFFERS"',
    "(findings, verdict.writes)",
  ]),
  guard(
    "an entry that the contract refuses",
    "VERDICT_DIFFERS",
    forged((all) => [...all, formatEntry({ findings: [], recordedAt, statement: foreign })]),
    ["audit/replay-check.ts", 'verdict.code === "SIGNATURE_INVALID" ? "SIGNATURE_INVALID" : "VERDICT_DIFFERS"', "[]"],
  ),
  guard(
    "an entry earlier than the one before",
    "TIME_GOES_BACK",
    forged(altered(7, (entry) => ({ ...entry, recordedAt: "2026-11-18T12:00:01.000Z" }))),
    ["audit/replay-check.ts", 'recordedAt < before ? "TIME_GOES_BACK" : undefined', "(recordedAt, before, undefined)"],
  ),
  guard(
    "an entry under another id",
    "ENTRY_NOT_INDEXED",
    changed("UPDATE entry SET id = randomblob(32) WHERE idx = 4"),
    ["audit/replay-check.ts", 'if (found === undefined) return "ENTRY_NOT_INDEXED";', ""],
    ["audit/replay-check.ts", "if (!Object.is(found, index))", "if (found === null)"],
  ),
  guard(
    "an entry beyond the end",
    "ENTRY_SURPLUS",
    changed("INSERT INTO entry SELECT 12, id, bytes FROM entry WHERE idx = 8"),
    ["audit/table-check.ts", "if (entries !== size)", "if (entries < size)"],
    ["audit/table-check.ts", "idsHold && keysHold", "keysHold"],
  ),
  guard(
    "a head of another tree",
    "ROOT_DIFFERS",
    headed({
      edge: appendLeaves(
        emptyEdge,
        Array.from({ length: 12 }, () => leafHash(new Uint8Array())),
      ).edge,
    }),
    ["audit/table-check.ts", "if (!equalBytes(treeRoot(head.edge), treeRoot(edge)))", "if (treeRoot === undefined)"],
  ),
  guard("a head of another state", "STATE_DIGEST_DIFFERS", headed({ stateDigest: new Uint8Array(32) }), [
    "audit/table-check.ts",
    "if (!equalBytes(head.stateDigest, stateDigest))",
    "if (stateDigest === undefined)",
  ]),
  guard("a head earlier than the last entry", "TIME_GOES_BACK", headed({ recordedAt: "2026-11-18T11:59:59.999Z" }), [
    "audit/table-check.ts",
    'head.recordedAt < recordedAt ? { index: edge.size - 1, code: "TIME_GOES_BACK" } : undefined',
    "(recordedAt, undefined)",
  ]),
  guard(
    "a hash of another entry",
    "TILE_DIFFERS",
    changed(
      "UPDATE tile SET hashes = CAST(substr(hashes, 1, 352) || zeroblob(32) AS BLOB); DELETE FROM checkpoint WHERE size = 12",
    ),
    ["audit/replay-check.ts", "if (differing <= index)", "if (differing < 0)"],
  ),
  guard("a tile too long", "TILE_DIFFERS", changed("UPDATE tile SET hashes = CAST(hashes || zeroblob(32) AS BLOB)"), [
    "audit/table-check.ts",
    "|| tileBytes !== 32 * width",
    "",
  ]),
  guard("a tile more", "TILE_DIFFERS", changed("INSERT INTO tile VALUES (0, 7, x'')"), [
    "audit/table-check.ts",
    "tiles !== belonging.length || ",
    "",
  ]),
  guard("a refusal less", "REFUSAL_DIFFERS", changed("DELETE FROM refusal"), [
    "audit/table-check.ts",
    "if (!refusalsHold)",
    "if (refusalsHold === undefined)",
  ]),
  guard(
    "an index of ids that leads to something else as well",
    "INDEX_DIFFERS",
    changed("INSERT INTO id_batch (pairs) VALUES (zeroblob(16))"),
    ["audit/table-check.ts", "idsHold && keysHold", "keysHold"],
  ),
  guard(
    "an index of the state that leads to something else as well",
    "INDEX_DIFFERS",
    changed("INSERT INTO state_batch (pairs) VALUES (zeroblob(16))"),
    ["audit/table-check.ts", "idsHold && keysHold", "idsHold"],
  ),
  guard("another row of state", "STATE_ROW_DIFFERS", changed("UPDATE state SET value = '{}' WHERE row = 1"), [
    "audit/table-check.ts",
    "canonicalJson(expected)) !== value)",
    "canonicalJson(expected)) === undefined)",
  ]),
  guard(
    "a checkpoint that the log has not signed",
    "CHECKPOINT_DIFFERS",
    stored((store) => store.putCheckpoint(12, withoutSignature(store.checkpoint(12) as string, testOrigin))),
    ["audit/checkpoint-check.ts", "isOurs && ", ""],
  ),
  guard(
    "a checkpoint of another tree",
    "CHECKPOINT_DIFFERS",
    stored((store) => store.putCheckpoint(7, signedNote(7, new Uint8Array(32)))),
    ["audit/checkpoint-check.ts", "&& equalBytes(signed.checkpoint.rootHash, reader.rootOf(size))", ""],
  ),
  guard(
    "a checkpoint in the place of another",
    "CHECKPOINT_DIFFERS",
    stored((store) => store.putCheckpoint(7, store.checkpoint(6) as string)),
    ["audit/checkpoint-check.ts", "signed.checkpoint.size === size && ", ""],
    ["audit/checkpoint-check.ts", "reader.rootOf(size))", "reader.rootOf(signed.checkpoint.size))"],
  ),
  guard(
    "a cosignature that does not verify",
    "CHECKPOINT_DIFFERS",
    stored((store) => {
      const [line, key = "", signature = ""] =
        /^— witness.example (.{8})(.*)$/m.exec(store.checkpoint(12) as string) ?? [];
      const altered = `— witness.example ${key}${otherSignature(signature)}`;
      store.putCheckpoint(12, (store.checkpoint(12) as string).replace(line as string, altered));
    }),
    ["audit/checkpoint-check.ts", ", ...cosignerKeys]", "]"],
  ),
  guard(
    "a file that SQLite finds damaged",
    "STORE_DAMAGED",
    // A page more in the list of free pages than there are. SQLite's file format § 1.3.
    overwritten(36, Uint8Array.of(0, 0, 0, 1)),
    ["audit/audit.ts", "if (options.store.damage() !== undefined)", "if (options.store === undefined)"],
  ),
  guard("a file that was changed while it was closed", "FILE_DIFFERS", changed("VACUUM", { isSealed: true }), [
    "audit/audit.ts",
    "if (store.fileDiffers())",
    "if (store === undefined)",
  ]),
]);

function guard(title: string, notices: string, tamper: Tampering, ...mutant: readonly Mutation[]): Guard<typeof door> {
  return {
    title,
    notices,
    mutant,
    noticed: async ({ audit, openStore: open }) => {
      const path = join(scratchFolder(), "ledger.db");
      tamper(path);
      const store = open(path);
      try {
        const keys = { logKeys: [logSigner.key], cosignerKeys: [cosigner.key] };
        const result = await audit({ store, contracts, verification, verifiers, ...keys });
        return result.ok ? "nothing" : result.firstBad.code;
      } finally {
        store.close();
      }
    },
  };
}

function otherSignature(base64: string): string {
  const at = 20;
  return `${base64.slice(0, at)}${base64[at] === "A" ? "B" : "A"}${base64.slice(at + 1)}`;
}

function withoutSignature(note: string, name: string): string {
  const lines = note.split("\n");
  return lines.filter((line) => !line.startsWith(`— ${name} `)).join("\n");
}

function signedNote(size: number, rootHash: Uint8Array): string {
  return formatSignedCheckpoint(signCheckpoint(testOrigin, { size, rootHash }, [logSigner]));
}
