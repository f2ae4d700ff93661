// The keys above all subjects: one master secret, wrapped by the node's protector, and what HKDF (RFC 5869) derives from it. docs/formats/vault.md.
import { createHmac, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import {
  canonicalJson,
  fromBase64,
  isJsonObject,
  parseCanonicalJson,
  toBase64,
  utf8,
  utf8Decode,
} from "@fiducial/core";
import type { KeyProtector } from "../keyring/protector.ts";
import { VaultError } from "../vault-error.ts";
import { decrypt, encrypt, keyBytes, keyOf } from "./cipher.ts";

/** The keys in use while a vault is open. */
export interface VaultKeys {
  /** Returns the 16 bytes under which something is found again: HMAC-SHA256 over a domain and the thing's names, cut short. */
  lookup(domain: LookupDomain, ...names: string[]): Uint8Array;
  wrapSubjectKey(plain: Uint8Array, lookup: string): Uint8Array;
  /** Throws VAULT_CORRUPT. */
  unwrapSubjectKey(wrapped: Uint8Array, lookup: string): Uint8Array;
}

/** What lookups are made of; the domain keeps a study's UID from being found as an object's. */
export type LookupDomain =
  | "subject"
  | "identity"
  | "patient-id"
  | "anonymous"
  | "actor"
  | "organization"
  | "scope-key"
  | "study"
  | "label"
  | "statement"
  | "sop-instance"
  | "file";

/** Unwraps the vault's master secret, making one in a new vault, and derives the keys. Rejects with KEY_WRONG, VAULT_CORRUPT, or as the protector does. */
export async function openMaster(database: DatabaseSync, protector: KeyProtector): Promise<VaultKeys> {
  const stored = readMaster(database) ?? (await createMaster(database, protector));
  const master = await protector.unwrap(stored.wrapped);
  const derive = (purpose: string, length = 32) =>
    new Uint8Array(hkdfSync("sha256", master, stored.vaultId, `fiducial-vault-v1 ${purpose}`, length));
  // A protector without authentication returns noise when its key is the wrong one.
  const isRight = master.length === keyBytes && timingSafeEqual(derive("check", 16), stored.check);
  if (!isRight) throw new VaultError("KEY_WRONG", { protector: stored.protector });
  const keys = vaultKeys(keyOf(derive("lookup")), keyOf(derive("subject-keys")));
  master.fill(0);
  return keys;
}

function vaultKeys(lookupKey: KeyObject, wrappingKey: KeyObject): VaultKeys {
  return {
    lookup: (domain, ...names) =>
      createHmac("sha256", lookupKey)
        .update(canonicalJson([domain, ...names]))
        .digest()
        .subarray(0, lookupBytes),
    wrapSubjectKey: (plain, lookup) => encrypt(wrappingKey, plain, ["subject", lookup]),
    unwrapSubjectKey: (wrapped, lookup) => {
      const plain = decrypt(wrappingKey, wrapped, ["subject", lookup]);
      if (plain === undefined) throw new VaultError("VAULT_CORRUPT", { table: "subject" });
      return plain;
    },
  };
}

/** What the vault's file holds of the master secret: nothing here reads without the protector. */
interface WrappedMaster {
  readonly vaultId: Uint8Array;
  /** The protector's sort, for the operator. */
  readonly protector: string;
  readonly wrapped: Uint8Array;
  /** Tells the right master secret from noise. */
  readonly check: Uint8Array;
}

async function createMaster(database: DatabaseSync, protector: KeyProtector): Promise<WrappedMaster> {
  // A vault that holds something and has lost its master secret must not get another one.
  if (database.prepare("SELECT 1 FROM subject").get() !== undefined)
    throw new VaultError("VAULT_CORRUPT", { table: "meta" });
  const master = randomBytes(keyBytes);
  const vaultId = randomBytes(16);
  const check = new Uint8Array(hkdfSync("sha256", master, vaultId, "fiducial-vault-v1 check", 16));
  const wrapped = await protector.wrap(master);
  master.fill(0);
  const stored = { vaultId, protector: protector.name, wrapped, check };
  const text = { ...stored, vaultId: toBase64(vaultId), wrapped: toBase64(wrapped), check: toBase64(check) };
  database.prepare("INSERT INTO meta (name, value) VALUES ('master', ?)").run(utf8(canonicalJson(text)));
  return stored;
}

function readMaster(database: DatabaseSync): WrappedMaster | undefined {
  const row = database.prepare("SELECT value FROM meta WHERE name = 'master'").get() as
    | { value: Uint8Array }
    | undefined;
  if (row === undefined) return undefined;
  const stored = parseCanonicalJson(utf8Decode(row.value) ?? "");
  if (!isJsonObject(stored)) throw new VaultError("VAULT_CORRUPT", { table: "meta" });
  const [vaultId, wrapped, check] = ["vaultId", "wrapped", "check"].map((name) => fromBase64(String(stored[name])));
  if (!vaultId || !wrapped || check?.length !== 16) throw new VaultError("VAULT_CORRUPT", { table: "meta" });
  return { vaultId, protector: String(stored["protector"]), wrapped, check };
}

const lookupBytes = 16;
