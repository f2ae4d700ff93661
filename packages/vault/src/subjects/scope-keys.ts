// Signing keys of a patient, one for each scope (a log, a trial), so that no key follows a person from one to the other. DESIGN § 5, Keys.
import type { DatabaseSync } from "node:sqlite";
import { fromBase64, type SignatureAlgorithm, toBase64, toHex } from "@fiducial/core";
import { readJsonObject, sealJsonObject } from "../encryption/sealed-json.ts";
import type { VaultKeys } from "../encryption/vault-keys.ts";
import { randomSecret, type SecretSigner, secretSigner } from "../keyring/signer.ts";
import { VaultError } from "../vault-error.ts";
import type { Subject } from "./subjects.ts";

/** The scope keys' rows. Writing happens in the caller's transaction. */
export interface ScopeKeys {
  find(subject: Subject, scope: string): SecretSigner | undefined;
  /** The subject's key in a scope, made of fresh random bytes when there is none. */
  ensure(subject: Subject, scope: string, algorithm: SignatureAlgorithm): SecretSigner;
}

/** Opens the scope keys' rows. */
export function openScopeKeys(database: DatabaseSync, keys: VaultKeys): ScopeKeys {
  const sql = {
    find: database.prepare("SELECT secret FROM scope_key WHERE lookup = ?"),
    insert: database.prepare("INSERT INTO scope_key (lookup, subject, secret) VALUES (?, ?, ?)"),
  };

  function find({ handle, key }: Subject, scope: string): SecretSigner | undefined {
    const lookup = keys.lookup("scope-key", handle, scope);
    const row = sql.find.get(lookup) as { secret: Uint8Array } | undefined;
    if (row === undefined) return undefined;
    const { algorithm, secret } = readJsonObject(key, row.secret, ["scope_key", toHex(lookup)]);
    const bytes = fromBase64(String(secret));
    if (bytes === undefined) throw new VaultError("VAULT_CORRUPT", { table: "scope_key" });
    return secretSigner(algorithm as SignatureAlgorithm, bytes);
  }

  return {
    find,
    ensure: (subject, scope, algorithm) => {
      const known = find(subject, scope);
      if (known !== undefined) return known;
      const lookup = keys.lookup("scope-key", subject.handle, scope);
      const secret = randomSecret(algorithm);
      const json = { algorithm, secret: toBase64(secret) };
      sql.insert.run(lookup, subject.id, sealJsonObject(subject.key, json, ["scope_key", toHex(lookup)]));
      return secretSigner(algorithm, secret);
    },
  };
}
