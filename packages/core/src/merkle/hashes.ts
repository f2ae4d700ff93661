// Hashes of the Merkle tree: leaves and inner nodes never collide. RFC 9162 § 2.1.1; equal to RFC 6962 § 2.1.
import { sha256 } from "#sha256";
import { CoreError } from "../core-error.ts";

/** Length of every hash of the tree, in bytes. */
export const hashBytes = 32;

const leafPrefix = Uint8Array.of(0x00);

// One buffer for all inner nodes: hashing is synchronous and keeps no reference, and a tree is mostly inner nodes.
const innerNode = new Uint8Array(1 + 2 * hashBytes);
innerNode[0] = 0x01;

/** Returns the hash of a leaf that holds `entry`: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256(leafPrefix, entry);
}

/** Returns the hash of an inner node: SHA-256(0x01 ‖ left ‖ right). Throws HASH_LENGTH_WRONG. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  innerNode.set(checkHash(left), 1);
  innerNode.set(checkHash(right), 1 + hashBytes);
  return sha256(innerNode);
}

/** Returns the root hash of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array<ArrayBuffer> {
  return sha256();
}

/** Returns `hash` when it is 32 bytes long. Throws HASH_LENGTH_WRONG. */
export function checkHash(hash: Uint8Array): Uint8Array {
  if (hash.length !== hashBytes) throw new CoreError("HASH_LENGTH_WRONG");
  return hash;
}
