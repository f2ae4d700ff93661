// The keys above all subjects: one master secret, wrapped by the node's protector, and what HKDF (RFC 5869) derives from it. docs/formats/vault.md.
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { canonicalJson, utf8 } from "@fiducial/core";
import type { KeyProtector } from "../keyring/protector.ts";
import { VaultError } from "../vault-error.ts";
import { decrypt, encrypt } from "./cipher.ts";

/** What the vault's file holds of the master secret: nothing here reads without the protector. */
export interface WrappedMaster {
  readonly vaultId: Uint8Array;
  /** The protector's sort, for the operator. */
  readonly protector: string;
  readonly wrapped: Uint8Array;
  /** Tells the right master secret from noise. */
  readonly check: Uint8Array;
}

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
  | "study"
  | "label"
  | "statement"
  | "sop-instance"
  | "file";

/** Makes a new master secret and wraps it. */
export async function createMaster(protector: KeyProtector): Promise<WrappedMaster> {
  const master = randomBytes(32);
  const vaultId = randomBytes(16);
  const check = derive(master, vaultId, "check", 16);
  const wrapped = await protector.wrap(master);
  master.fill(0);
  return { vaultId, protector: protector.name, wrapped, check };
}

/** Unwraps the master secret and derives the keys from it. Rejects with KEY_WRONG and whatever the protector rejects with. */
export async function openMaster(stored: WrappedMaster, protector: KeyProtector): Promise<VaultKeys> {
  const { vaultId, wrapped, check } = stored;
  const master = await protector.unwrap(wrapped);
  const isRight = master.length === 32 && timingSafeEqual(derive(master, vaultId, "check", 16), check);
  if (!isRight) throw new VaultError("KEY_WRONG", { protector: stored.protector });
  const lookupKey = derive(master, vaultId, "lookup", 32);
  const wrappingKey = derive(master, vaultId, "subject-keys", 32);
  master.fill(0);
  return {
    lookup: (domain, ...names) =>
      createHmac("sha256", lookupKey).update(utf8(canonicalJson([domain, ...names]))).digest().subarray(0, 16),
    wrapSubjectKey: (plain, lookup) => encrypt(wrappingKey, plain, ["subject", lookup]),
    unwrapSubjectKey: (wrappedKey, lookup) => {
      const plain = decrypt(wrappingKey, wrappedKey, ["subject", lookup]);
      if (plain === undefined) throw new VaultError("VAULT_CORRUPT", { table: "subject" });
      return plain;
    },
  };
}

function derive(master: Uint8Array, vaultId: Uint8Array, purpose: string, length: number): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", master, vaultId, `fiducial-vault-v1 ${purpose}`, length));
}
