// A statement's manifest: its items in the order of the tree's leaves, in chunks, and apart from them their commitments. docs/formats/manifest.md.
import type { KeyObject } from "node:crypto";
import { commitment, type Disclosure, fromHex, isHex, type ManifestItem, toHex } from "@fiducial/core";
import type { RecentReadings } from "../store/recent-readings.ts";
import type { Subject } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";
import { largestChunk, packJson, unpackJson } from "./chunk-codec.ts";
import { type ListMark, type Lists, newList } from "./lists.ts";
import { checkSalts, type ManifestMark } from "./part.ts";

/** Adds a manifest's lists, attached to no part yet. Throws VALUE_MALFORMED when two items have one salt. */
export function putManifest(lists: Lists, subject: Subject, items: readonly ManifestItem[]): ManifestMark {
  checkSalts(items);
  if (!items.every((item) => isHex(item.commitment, 32)))
    throw new VaultError("VALUE_MALFORMED", { value: "commitment" });
  const mark = (): ListMark => ({ list: newList(), size: items.length });
  const manifest = { items: mark(), commitments: mark() };
  for (let first = 0; first < items.length; first += largestChunk) {
    const chunk = items.slice(first, first + largestChunk);
    const packed = packJson(chunk.map(({ salt, value, place }) => ({ salt, value, place })));
    lists.add(subject, manifest.items.list, { first, count: chunk.length, packed });
  }
  for (let first = 0; first < items.length; first += commitmentsInChunk) {
    const chunk = items.slice(first, first + commitmentsInChunk);
    const packed = fromHex(chunk.map((item) => item.commitment).join("")) as Uint8Array;
    lists.add(subject, manifest.commitments.list, { first, count: chunk.length, packed });
  }
  return manifest;
}

/** Reads the item of leaf `index`, or returns undefined beyond the end. Throws VAULT_CORRUPT. */
export function readManifestItem(
  lists: Lists,
  { items }: ManifestMark,
  index: number,
  key: KeyObject,
  recent: RecentReadings,
): ManifestItem | undefined {
  const first = lists.firstAt(items, index);
  if (first === undefined) return undefined;
  const kept = recent.of(`items ${toHex(items.list)} ${first}`, () => {
    const chunk = lists.chunkAt(items, index, key);
    return chunk && itemsIn(chunk.packed);
  });
  return itemOf(kept?.[index - first]);
}

/** Reads all items in the order of the leaves, one chunk at a time. Throws VAULT_CORRUPT. */
export function* readManifest(lists: Lists, { items }: ManifestMark, key: KeyObject): Generator<ManifestItem> {
  for (let first = 0; ; ) {
    const chunk = lists.chunkAt(items, first, key);
    if (chunk === undefined) return;
    yield* itemsIn(chunk.packed).map(itemOf);
    first += chunk.count;
  }
}

/** Reads the commitments of all items, hex, in the order of the leaves. Throws VAULT_CORRUPT. */
export function readCommitments(lists: Lists, { commitments }: ManifestMark, key: KeyObject): string[] {
  const all: string[] = [];
  for (let chunk = lists.chunkAt(commitments, 0, key); chunk !== undefined; ) {
    for (let at = 0; at < chunk.packed.length; at += 32) all.push(toHex(chunk.packed.subarray(at, at + 32)));
    chunk = lists.chunkAt(commitments, chunk.first + chunk.count, key);
  }
  return all;
}

type KeptItem = Disclosure & { readonly place: number };

function itemsIn(packed: Uint8Array): KeptItem[] {
  const items = unpackJson(packed);
  if (items === undefined) throw new VaultError("VAULT_CORRUPT", { table: "chunk" });
  return items as unknown as KeptItem[];
}

function itemOf(item: KeptItem | undefined): ManifestItem {
  const salt = item && fromHex(item.salt);
  if (item === undefined || salt === undefined) throw new VaultError("VAULT_CORRUPT", { table: "chunk" });
  return { salt: item.salt, value: item.value, commitment: commitment(salt, item.value), place: item.place };
}

/** 256 KiB of commitments: a proof reads them all, so few rows are better than many. */
const commitmentsInChunk = 8192;
