// What the vault keeps of a statement about one subject: the seed, disclosures, and where the long lists are. One row, encrypted as canonical JSON.
import type { KeyObject } from "node:crypto";
import { type Disclosure, fromHex, isHex, type JsonObject, toHex } from "@fiducial/core";
import { readJsonObject, sealJsonObject } from "../encryption/sealed-json.ts";
import { VaultError } from "../vault-error.ts";
import { given } from "./given-members.ts";
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
export function sealPart(key: KeyObject, content: PartContent, lookup: string): Uint8Array {
  return sealJsonObject(key, jsonOf(content), ["part", lookup]);
}

/** Reads what `sealPart` wrote. Throws VAULT_CORRUPT. */
export function readPart(key: KeyObject, sealed: Uint8Array, lookup: string): PartContent {
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

function jsonOf({ disclosures, seed, manifest, headers, ...names }: PartContent): JsonObject {
  return given({
    ...names,
    disclosures: disclosures as unknown as JsonObject,
    seed: seed && toHex(seed),
    manifest: manifest && { items: markJson(manifest.items), commitments: markJson(manifest.commitments) },
    headers: headers && markJson(headers),
  }) as JsonObject;
}

function contentOf(json: JsonObject): PartContent {
  const { seed, manifest, headers, ...names } = json as unknown as StoredPart;
  return given({
    ...names,
    seed: seed === undefined ? undefined : (fromHex(seed) as Uint8Array),
    manifest: manifest && { items: markOf(manifest.items), commitments: markOf(manifest.commitments) },
    headers: headers && markOf(headers),
  }) as PartContent;
}

/** A part's content as JSON. It was authenticated before it is read, so its shape is what `jsonOf` gave it. */
interface StoredPart extends Pick<PartContent, "statement" | "study" | "disclosures"> {
  readonly seed?: string;
  readonly manifest?: { readonly items: StoredMark; readonly commitments: StoredMark };
  readonly headers?: StoredMark;
}

interface StoredMark {
  readonly list: string;
  readonly size: number;
}

function markJson({ list, size }: ListMark): StoredMark & JsonObject {
  return { list: toHex(list), size };
}

function markOf({ list, size }: StoredMark): ListMark {
  return { list: fromHex(list) as Uint8Array, size };
}
