// Salted digests of single attributes: what changed can be told without the header, and nothing be guessed without the salt. docs/formats/fingerprints.md § Attributes.
import { concat, fromHex, keyedHash, leafHash, merkleRoot, sha256, toHex, utf8 } from "@fiducial/core";
import { shortDigest } from "#hasher";
import { type AttributeKey, attributePath, compareAttributeKeys, readAttributePath } from "./attribute-key.ts";
import { type CanonicalAttribute, readCanonicalHeader } from "./canonical-attributes.ts";
import { schemes } from "./schemes.ts";

/** The digests of an object's attributes, 32 bytes each, by path, in canonical order. */
export type AttributeDigests = ReadonlyMap<string, Uint8Array>;

/** Returns the digest of canonical attribute bytes that stand under a path. */
export type AttributeDigester = (path: string, attribute: Uint8Array) => Uint8Array;

const domain = concat(utf8(schemes.attribute), Uint8Array.of(0));
const saltDomain = concat(utf8(schemes.attributeSalt), Uint8Array.of(0));
const saltBytes = 32;
const encoder = new TextEncoder();

/** Makes the digests under one salt: SHA-256(domain ‖ 0x00 ‖ HMAC-SHA256(attributeSalt, path) ‖ attribute). */
export function attributeDigester(attributeSalt: Uint8Array): AttributeDigester {
  const saltOf = keyedHash(attributeSalt);
  const start = domain.length + saltBytes;
  // Most attributes are short: they are laid behind their salt in one buffer, since hashing one piece costs least.
  const short = new Uint8Array(start + 512);
  short.set(domain);
  return (path, attribute) => {
    const salt = saltOf(path);
    const end = start + attribute.length;
    if (end > short.length) return sha256(domain, salt, attribute);
    short.set(salt, domain.length);
    short.set(attribute, start);
    return shortDigest(short.subarray(0, end));
  };
}

/** Digests every attribute of a canonical header under `attributeSalt`. Throws CANONICAL_HEADER_MALFORMED. */
export function saltedAttributes(
  canonicalHeader: Uint8Array | readonly CanonicalAttribute[],
  attributeSalt: Uint8Array,
): AttributeDigests {
  const attributes = canonicalHeader instanceof Uint8Array ? readCanonicalHeader(canonicalHeader) : canonicalHeader;
  const digest = attributeDigester(attributeSalt);
  return new Map(
    attributes.map((attribute) => {
      const path = attributePath(attribute);
      return [path, digest(path, attribute.bytes)];
    }),
  );
}

/**
 * Returns the Merkle root over the salt's digest and, in canonical order, each digest with its path: what a statement says of the attributes.
 * Without salt and paths in it, a receipt could show the digests under other names. RFC 9162 § 2.1.
 */
export function attributesRoot(digests: AttributeDigests, attributeSalt: Uint8Array): Uint8Array {
  const leaves: Uint8Array[] = [leafHash(sha256(saltDomain, attributeSalt))];
  // The leaf hash of RFC 9162 § 2.1.1 over the leading zero of this buffer and what stands behind it: one piece costs a third of two.
  const start = 1 + 32;
  const leaf = new Uint8Array(start + 256);
  for (const [path, digest] of digests) {
    leaf.set(digest, 1);
    const { read, written } = encoder.encodeInto(path, leaf.subarray(start));
    const isWhole = read === path.length;
    leaves.push(isWhole ? shortDigest(leaf.subarray(0, start + written)) : leafHash(concat(digest, utf8(path))));
  }
  return merkleRoot(leaves);
}

/** Writes digests as a receipt holds them: lower-case hex by path. */
export function formatAttributeDigests(digests: AttributeDigests): Record<string, string> {
  return Object.fromEntries([...digests].map(([path, digest]) => [path, toHex(digest)]));
}

/** Reads digests back in canonical order, or returns undefined when one is no digest or stands under no path. */
export function parseAttributeDigests(digests: Readonly<Record<string, string>>): AttributeDigests | undefined {
  const entries: { readonly key: AttributeKey; readonly path: string; readonly digest: Uint8Array }[] = [];
  for (const [path, hex] of Object.entries(digests)) {
    const key = readAttributePath(path);
    const digest = fromHex(hex);
    if (key === undefined || digest?.length !== 32) return undefined;
    entries.push({ key, path, digest });
  }
  return new Map(entries.sort((a, b) => compareAttributeKeys(a.key, b.key)).map(({ path, digest }) => [path, digest]));
}
