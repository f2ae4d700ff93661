// What is known of a registered object's attributes: all of them from the vault, or only their salted digests from a receipt.
import { equalBytes } from "@fiducial/core";
import { type AttributeDigests, attributeDigester } from "../fingerprint/attribute-digests.ts";
import { attributePath, readAttributePath } from "../fingerprint/attribute-key.ts";
import { type CanonicalAttribute, readCanonicalHeader } from "../fingerprint/canonical-attributes.ts";
import { canonicalAttribute } from "../fingerprint/canonical-header.ts";

/** The attributes of a registered object: its canonical header, or its digests and the salt that they were made with. */
export type RegisteredAttributes =
  | { readonly canonicalHeader: Uint8Array }
  | { readonly digests: AttributeDigests; readonly attributeSalt: Uint8Array };

/** Answers what a comparison asks, from either. */
export interface RegisteredView {
  readonly paths: Iterable<string>;
  has(path: string): boolean;
  /** Tells whether the attribute at `path` has these canonical bytes. */
  equals(path: string, bytes: Uint8Array): boolean;
  /** The attribute itself, where the header is at hand. */
  attribute(path: string): CanonicalAttribute | undefined;
}

/** Makes a view of either. Throws CANONICAL_HEADER_MALFORMED. */
export function viewOf(registered: RegisteredAttributes): RegisteredView {
  return "canonicalHeader" in registered ? headerView(registered.canonicalHeader) : digestView(registered);
}

/** Tells whether the registered attribute at `path` has this value; without the header, by digesting the value as it would have been. */
export function hasValue(view: RegisteredView, path: string, value: Uint8Array): boolean {
  const key = readAttributePath(path);
  return key !== undefined && view.equals(path, canonicalAttribute(key.tag, key.creator, value));
}

function headerView(canonicalHeader: Uint8Array): RegisteredView {
  const attributes = attributesByPath(canonicalHeader);
  return {
    paths: attributes.keys(),
    has: (path) => attributes.has(path),
    equals: (path, bytes) => equalBytes(attributes.get(path)?.bytes ?? new Uint8Array(0), bytes),
    attribute: (path) => attributes.get(path),
  };
}

function digestView({
  digests,
  attributeSalt,
}: {
  digests: AttributeDigests;
  attributeSalt: Uint8Array;
}): RegisteredView {
  const digest = attributeDigester(attributeSalt);
  return {
    paths: digests.keys(),
    has: (path) => digests.has(path),
    equals: (path, bytes) => equalBytes(digests.get(path) ?? new Uint8Array(0), digest(path, bytes)),
    attribute: () => undefined,
  };
}

/** Returns the attributes of a canonical header by path. Throws CANONICAL_HEADER_MALFORMED. */
export function attributesByPath(canonicalHeader: Uint8Array): Map<string, CanonicalAttribute> {
  return new Map(readCanonicalHeader(canonicalHeader).map((attribute) => [attributePath(attribute), attribute]));
}
