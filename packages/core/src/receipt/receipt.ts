// A receipt: one statement with everything that proves it, in one file that outlives us. docs/formats/receipt.md.

import { CoreError } from "../core-error.ts";
import { fromHex, toHex, utf8, utf8Decode } from "../encoding/bytes.ts";
import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  parseCanonicalJson,
} from "../encoding/canonical-json.ts";
import type { ManifestProof } from "../manifest/manifest.ts";
import type { Disclosure } from "../statement/commitment.ts";

/** What every receipt begins with. */
export const receiptFormat = "fiducial-receipt-v1";

/** The longest receipt read here, in UTF-16 code units: 16 Mi hold thousands of disclosed objects. */
export const longestReceipt = 16_777_216;

/** An entry of the log with the proof that it is in the checkpoint's tree. */
export interface ProvedEntry {
  readonly index: number;
  /** Sibling hashes, from the leaf upwards. */
  readonly hashes: readonly Uint8Array[];
  /** The entry's exact bytes. */
  readonly bytes: Uint8Array;
  /** Sealed fields that whoever made the receipt chose to open, by name. */
  readonly disclosures: Readonly<Record<string, Disclosure>>;
}

/** An object of a manifest, opened; `attributes` lets a holder of the file learn which attributes differ. */
export interface ProvedObject {
  readonly proof: ManifestProof;
  /** The key of the attributes' salts (hex), and by tag the salted digests. */
  readonly attributes?: { readonly salt: string; readonly digests: Readonly<Record<string, string>> };
}

/** A receipt, decoded and unverified. */
export interface Receipt {
  readonly entry: ProvedEntry;
  /** Entries of identity that lead from the log's first entry to the signers, in the order of the log. */
  readonly keyChain: readonly ProvedEntry[];
  /** A signed note. C2SP tlog-checkpoint, tlog-cosignature. */
  readonly checkpoint: string;
  readonly objects: readonly ProvedObject[];
}

/** Writes a receipt: canonical JSON and a newline. */
export function formatReceipt({ entry, keyChain, checkpoint, objects }: Receipt): string {
  const json = {
    checkpoint,
    entry: entryJson(entry),
    format: receiptFormat,
    keyChain: keyChain.map(entryJson),
    objects: objects as unknown as Json,
  };
  return `${canonicalJson(json)}\n`;
}

/** Reads a receipt strictly, so that nothing in it escapes verification. Throws RECEIPT_MALFORMED. */
export function parseReceipt(text: string): Receipt {
  try {
    if (text.length > longestReceipt) throw new CoreError("RECEIPT_MALFORMED");
    const json = JSON.parse(text) as Json;
    const { checkpoint, entry, format, keyChain, objects } = members(json, [
      "checkpoint",
      "entry",
      "format",
      "keyChain",
      "objects",
    ]);
    if (format !== receiptFormat || typeof checkpoint !== "string") throw new CoreError("RECEIPT_MALFORMED");
    const receipt = {
      checkpoint,
      entry: entryOf(entry),
      keyChain: list(keyChain).map(entryOf),
      objects: list(objects).map(objectOf),
    };
    // One exact encoding: a duplicate member or another spelling would be seen by one reader and not by another.
    if (formatReceipt(receipt) !== text) throw new CoreError("RECEIPT_MALFORMED");
    return receipt;
  } catch (cause) {
    throw new CoreError("RECEIPT_MALFORMED", { cause });
  }
}

// An entry is canonical JSON already, so it stands in the receipt as it is and its bytes can be had back.
function entryJson({ index, hashes, bytes, disclosures }: ProvedEntry): JsonObject {
  const entry = parseCanonicalJson(utf8Decode(bytes) ?? "");
  if (entry === undefined) throw new CoreError("RECEIPT_MALFORMED");
  return { disclosures: disclosures as unknown as JsonObject, entry, hashes: hashes.map(toHex), index };
}

function entryOf(json: Json | undefined): ProvedEntry {
  const { disclosures, entry, hashes, index } = members(json, ["disclosures", "entry", "hashes", "index"]);
  const opened: Record<string, Disclosure> = {};
  for (const [name, value] of Object.entries(members(disclosures))) opened[name] = disclosureOf(value);
  return {
    index: whole(index),
    hashes: list(hashes).map(hashOf),
    bytes: utf8(canonicalJson(entry as Json)),
    disclosures: opened,
  };
}

function objectOf(json: Json): ProvedObject {
  const { proof, attributes } = members(json);
  const { size, index, hashes, item } = members(proof, ["hashes", "index", "item", "size"]);
  const proved = {
    size: whole(size),
    index: whole(index),
    hashes: list(hashes).map((hash) => toHex(hashOf(hash))),
    item: disclosureOf(item),
  };
  if (attributes === undefined) return { proof: proved };
  const { salt, digests } = members(attributes, ["digests", "salt"]);
  const byTag: Record<string, string> = {};
  for (const [tag, digest] of Object.entries(members(digests))) byTag[tag] = toHex(hashOf(digest));
  return { proof: proved, attributes: { salt: toHex(hashOf(salt)), digests: byTag } };
}

function disclosureOf(json: Json | undefined): Disclosure {
  const { salt, value } = members(json, ["salt", "value"]);
  return { salt: toHex(hashOf(salt)), value: value as Json };
}

function members(json: Json | undefined, names?: readonly string[]): JsonObject {
  if (!isJsonObject(json) || (names !== undefined && Object.keys(json).join() !== names.join()))
    throw new CoreError("RECEIPT_MALFORMED");
  return json;
}

function list(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new CoreError("RECEIPT_MALFORMED");
  return json as readonly Json[];
}

function whole(json: Json | undefined): number {
  if (!Number.isSafeInteger(json) || (json as number) < 0) throw new CoreError("RECEIPT_MALFORMED");
  return json as number;
}

function hashOf(json: Json | undefined): Uint8Array {
  const bytes = typeof json === "string" ? fromHex(json) : undefined;
  if (bytes?.length !== 32) throw new CoreError("RECEIPT_MALFORMED");
  return bytes;
}
