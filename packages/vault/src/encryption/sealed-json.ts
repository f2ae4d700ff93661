// JSON under a key.
import type { KeyObject } from "node:crypto";
import { canonicalJson, isJsonObject, type JsonObject, parseCanonicalJson, utf8, utf8Decode } from "@fiducial/core";
import { VaultError } from "../vault-error.ts";
import { decrypt, encrypt, type Place } from "./cipher.ts";

/** Encrypts a JSON object. Throws VALUE_MALFORMED (as CanonicalJsonError) when it has no canonical form. */
export function sealJsonObject(key: KeyObject, value: JsonObject, place: Place): Uint8Array<ArrayBuffer> {
  return encrypt(key, utf8(canonicalJson(value)), place);
}

/** Reads what `sealJsonObject` wrote. Throws VAULT_CORRUPT. */
export function readJsonObject(key: KeyObject, sealed: Uint8Array, place: Place): JsonObject {
  const plain = decrypt(key, sealed, place);
  const text = plain && utf8Decode(plain);
  const value = text === undefined ? undefined : parseCanonicalJson(text);
  if (!isJsonObject(value)) throw new VaultError("VAULT_CORRUPT", { table: place[0] });
  return value;
}
