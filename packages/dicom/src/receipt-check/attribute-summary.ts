// What of a file's attributes is equal to the registered ones, by class, and what the changed ones say in the file.

import type { AttributeChange } from "../comparison/attribute-changes.ts";
import { type AttributeClass, attributeClass } from "../comparison/attribute-classes.ts";
import { coercibleAttributes } from "../comparison/coercible-attributes.ts";
import type { Comparison } from "../comparison/comparison.ts";
import { characterSetsOf } from "../comparison/readable-form.ts";
import { viewOf } from "../comparison/registered-attributes.ts";
import { attributeName, keywordOf } from "../dictionary/dictionary.ts";
import { attributePath, readAttributePath } from "../fingerprint/attribute-key.ts";
import { type CanonicalAttribute, readCanonicalHeader } from "../fingerprint/canonical-attributes.ts";
import type { FingerprintedObject } from "../fingerprint/fingerprint.ts";
import { attributeText } from "../header/attribute-text.ts";
import type { RegisteredObject } from "./registered-object.ts";

/** A changed attribute as people read it. */
export interface NamedChange extends AttributeChange {
  /** As PS3.6 has it, in words; absent for private and unknown attributes. */
  readonly name?: string;
  /** What stands in the file, cut to 64 characters: patient data, to be shown to nobody but the file's holder. */
  readonly inFile?: string;
}

/** How many attributes of a class there are on either side, and how many differ. */
export interface ClassCount {
  readonly total: number;
  readonly changed: number;
}

/** All attributes, registered or in the file. */
export interface AttributeSummary extends ClassCount {
  readonly byClass: Readonly<Record<AttributeClass, ClassCount>>;
  readonly changes: readonly NamedChange[];
}

const longestShown = 64;

/** Counts attributes by class. Returns undefined when the registered ones are not known. Throws CANONICAL_HEADER_MALFORMED. */
export function summarizeAttributes(
  { version }: RegisteredObject,
  { canonicalHeader }: FingerprintedObject,
  { changes }: Comparison,
): AttributeSummary | undefined {
  if (version.attributes === undefined || changes === undefined) return undefined;
  const inFile = readCanonicalHeader(canonicalHeader);
  const paths = new Set([...viewOf(version.attributes).paths, ...inFile.map(attributePath)]);
  const changed = new Map(changes.map((change) => [change.path, change]));
  const count = { coercible: none(), identity: none(), geometry: none(), other: none() };
  for (const path of paths) {
    const change = changed.get(path);
    const row = count[change?.class ?? usualClass(path)];
    row.total += 1;
    if (change !== undefined) row.changed += 1;
  }
  const characterSets = characterSetsOf(inFile) ?? [];
  const byPath = new Map(inFile.map((attribute) => [attributePath(attribute), attribute]));
  return {
    total: paths.size,
    changed: changes.length,
    byClass: count,
    changes: changes.map((change) => named(change, byPath.get(change.path), characterSets)),
  };
}

function none(): { total: number; changed: number } {
  return { total: 0, changed: 0 };
}

// Where an attribute that did not change would belong if it had.
function usualClass(path: string): AttributeClass {
  const { tag, creator } = readAttributePath(path) ?? { tag: 0, creator: path };
  const keyword = creator === "" ? keywordOf(tag) : undefined;
  if (keyword !== undefined && Object.hasOwn(coercibleAttributes, keyword)) return "coercible";
  return attributeClass(tag, creator);
}

function named(
  change: AttributeChange,
  attribute: CanonicalAttribute | undefined,
  characterSets: readonly string[],
): NamedChange {
  const { tag, creator } = readAttributePath(change.path) ?? { tag: 0, creator: change.path };
  const name = creator === "" ? attributeName(tag) : undefined;
  const inFile = attribute && attributeText(attribute, characterSets).slice(0, longestShown);
  return { ...change, ...(name !== undefined && { name }), ...(inFile !== undefined && { inFile }) };
}
