// What the vault keeps of a statement about one subject: the seed, disclosures, and where the long lists are. One row, encrypted as canonical JSON.
import { type Disclosure, fromHex, isHex, isJsonObject, type Json, type JsonObject, toHex } from "@fiducial/core";
import { readJsonObject, sealJsonObject } from "../encryption/sealed-json.ts";
import { VaultError } from "../vault-error.ts";
import type { ListMark } from "./lists.ts";

/** A part's content. A statement about several subjects has a part for each, so that one can be forgotten without the others. */
export interface PartContent {
  /** Statement id, hex. */
  readonly statement: string;
  /** Handle of the study that it belongs to, if any. */
  readonly study?: string;
  /** The 32 bytes from which the statement's salts were derived. */
  readonly seed?: Uint8Array;
  readonly disclosures: Readonly<Record<string, Disclosure>>;
  readonly manifest?: ManifestMark;
  readonly headers?: ListMark;
}

/** A manifest's lists: its items, and apart from them their commitments, all of which every proof needs. */
export interface ManifestMark {
  readonly items: ListMark;
  readonly commitments: ListMark;
}

/** Encrypts a part's content; `lookup` is the statement's. */
export function sealPart(key: Uint8Array, content: PartContent, lookup: string): Uint8Array {
  return sealJsonObject(key, jsonOf(content), ["part", lookup]);
}

/** Reads what `sealPart` wrote. Throws VAULT_CORRUPT. */
export function readPart(key: Uint8Array, sealed: Uint8Array, lookup: string): PartContent {
  return contentOf(readJsonObject(key, sealed, ["part", lookup]));
}

/** Throws VALUE_MALFORMED unless the content is what a statement's sealed draft gives: above all, one salt for one value. */
export function checkPart({ statement, seed, disclosures }: PartContent): void {
  if (!isHex(statement, 32)) throw new VaultError("VALUE_MALFORMED", { value: "statement" });
  if (seed !== undefined && seed.length !== 32) throw new VaultError("VALUE_MALFORMED", { value: "seed" });
  checkSalts(Object.values(disclosures));
}

/** Throws VALUE_MALFORMED unless every salt is 32 bytes as hex and no two are the same. */
export function checkSalts(disclosures: readonly Disclosure[]): void {
  const salts = new Set(disclosures.map(({ salt }) => salt));
  const isSound = salts.size === disclosures.length && disclosures.every(({ salt }) => isHex(salt, 32));
  if (!isSound) throw new VaultError("VALUE_MALFORMED", { value: "salt" });
}

function jsonOf({ statement, study, seed, disclosures, manifest, headers }: PartContent): JsonObject {
  return {
    statement,
    disclosures: disclosures as unknown as JsonObject,
    ...(study === undefined ? {} : { study }),
    ...(seed === undefined ? {} : { seed: toHex(seed) }),
    ...(manifest && { manifest: { items: markJson(manifest.items), commitments: markJson(manifest.commitments) } }),
    ...(headers && { headers: markJson(headers) }),
  };
}

function contentOf(json: JsonObject): PartContent {
  const { statement, study, seed, disclosures, manifest, headers } = json as {
    readonly [name: string]: Json | undefined;
  };
  const marks = isJsonObject(manifest)
    ? { items: markOf(manifest["items"]), commitments: markOf(manifest["commitments"]) }
    : undefined;
  return {
    statement: statement as string,
    disclosures: disclosures as unknown as PartContent["disclosures"],
    ...(typeof study === "string" ? { study } : {}),
    ...(typeof seed === "string" ? { seed: fromHex(seed) as Uint8Array } : {}),
    ...(marks && { manifest: marks }),
    ...(headers === undefined ? {} : { headers: markOf(headers) }),
  };
}

function markJson({ list, size }: ListMark): JsonObject {
  return { list: toHex(list), size };
}

function markOf(json: Json | undefined): ListMark {
  const { list, size } = json as unknown as { list: string; size: number };
  return { list: fromHex(list) as Uint8Array, size };
}
