// A salted Merkle manifest: one root for many records, a proof for any one of them that reveals nothing of the others. docs/formats/manifest.md.

import { keyedHash } from "#sha256";
import { fromHex, toHex } from "../encoding/bytes.ts";
import { compareNames, type Json } from "../encoding/canonical-json.ts";
import { leafHash } from "../merkle/hashes.ts";
import { type InclusionProof, proveInclusion, rootByInclusion } from "../merkle/inclusion-proof.ts";
import { tileReader } from "../merkle/tile-reader.ts";
import { appendLeaves, emptyEdge, treeRoot } from "../merkle/tree.ts";
import { commitment, type Disclosure, opens } from "../statement/commitment.ts";

/** A manifest's root, and its items in the order of its leaves. */
export interface Manifest {
  /** Lower-case hex: what the statement's open field `manifest` holds. */
  readonly root: string;
  readonly items: readonly ManifestItem[];
}

/** One record with the salt that opens its leaf. `place` is where the record stood in what was given. */
export interface ManifestItem extends Disclosure {
  readonly commitment: string;
  readonly place: number;
}

/** One record proved to be in a manifest. Hashes are lower-case hex, from the leaf upwards. */
export interface ManifestProof {
  readonly size: number;
  readonly index: number;
  readonly hashes: readonly string[];
  readonly item: Disclosure;
}

/** Commits to every record under its own salt. Leaves are ordered by commitment, so a place in the tree tells nothing of a record. */
export function manifestOf(records: readonly Json[], seed: Uint8Array): Manifest {
  const saltOf = keyedHash(seed);
  const items = records
    .map((value, place) => {
      const salt = saltOf(`items/${place}`);
      return { salt: toHex(salt), value, commitment: commitment(salt, value), place };
    })
    .sort((a, b) => compareNames(a.commitment, b.commitment));
  return { root: toHex(manifestRoot(items.map((item) => item.commitment))), items };
}

/** Proves item `index` of a manifest. Throws INDEX_OUT_OF_TREE. */
export type ManifestProver = (index: number, item: Disclosure) => ManifestProof;

/** Proves items of a manifest, given the commitments of all: the tree is built once for however many are asked for. */
export function manifestProver(commitments: readonly string[]): ManifestProver {
  const size = commitments.length;
  const { tiles } = appendLeaves(emptyEdge, commitments.map(leafOf));
  const byPlace = new Map(tiles.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]));
  const read = tileReader(size, ({ level, index }) => byPlace.get(`${level}/${index}`));
  return (index, { salt, value }) => {
    const { hashes } = proveInclusion(index, size, read);
    return { size, index, hashes: hashes.map(toHex), item: { salt, value } };
  };
}

/** Proves one item of a manifest, given the commitments of all. Throws INDEX_OUT_OF_TREE. */
export function proveManifestItem(commitments: readonly string[], index: number, item: Disclosure): ManifestProof {
  return manifestProver(commitments)(index, item);
}

/** Tells whether the proof leads from its record to `root`. Never throws. */
export function verifyManifestItem({ size, index, hashes, item }: ManifestProof, root: string): boolean {
  try {
    const salt = fromHex(item.salt) as Uint8Array;
    const committed = commitment(salt, item.value);
    const path = hashes.map((hash) => fromHex(hash) as Uint8Array);
    const proof: InclusionProof = { index, hashes: path };
    return opens(item, committed) && toHex(rootByInclusion(leafOf(committed), proof, size)) === root;
  } catch {
    return false;
  }
}

function manifestRoot(commitments: readonly string[]): Uint8Array {
  return treeRoot(appendLeaves(emptyEdge, commitments.map(leafOf)).edge);
}

function leafOf(committed: string): Uint8Array {
  return leafHash(fromHex(committed) as Uint8Array);
}
