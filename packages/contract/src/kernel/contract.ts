// A contract version: an immutable table of kind versions, with one digest over what they do.
import { canonicalJson, sha256, toHex, utf8 } from "@fiducial/core";
import type { Kind } from "./kind.ts";

/** A contract version as replicas run it. */
export interface Contract {
  readonly version: number;
  /** Covers each kind's name, version and the digest of its vector file: what it does, not how it is written. */
  readonly digest: string;
  readonly kinds: readonly Kind[];
  kind(name: string, version: number): Kind | undefined;
}

/** Makes a contract version of kinds, given the SHA-256 (hex) of each kind's vector file by `name/version`. */
export function contract(version: number, kinds: readonly Kind[], vectorDigests: Readonly<Record<string, string>>): Contract {
  const byName = new Map(kinds.map((kind) => [`${kind.name}/${kind.version}`, kind]));
  const rows = [...byName.keys()].sort().map((key) => [...key.split("/"), vectorDigests[key] ?? ""]);
  return {
    version,
    digest: toHex(sha256(utf8(canonicalJson(rows)))),
    kinds,
    kind: (name, kindVersion) => byName.get(`${name}/${kindVersion}`),
  };
}
