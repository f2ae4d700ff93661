// A contract version: an immutable table of kind versions, with one digest over what they do.
import { canonicalJson, compareNames, sha256, toHex, utf8 } from "@fiducial/core";
import type { ContractReference } from "./directory.ts";
import type { Kind } from "./kind.ts";

/** A contract version as replicas run it. */
export interface Contract extends ContractReference {
  /** Covers the vectors of the kernel, and each kind's name, version and vectors: what it does, not how it is written. */
  readonly digest: string;
  readonly kinds: readonly Kind[];
  kind(name: string, version: number): Kind | undefined;
}

/** SHA-256 (hex) of vector files: of the kernel's under `kernel`, of each kind's under `name/version`. */
export type VectorDigests = Readonly<Record<string, string>>;

/** Makes a contract version of kinds. A kind without vectors has the empty text in the digest's place. */
export function contract(version: number, kinds: readonly Kind[], vectors: VectorDigests): Contract {
  const keys = kinds.map((kind) => `${kind.name}/${kind.version}`).sort(compareNames);
  const rows = ["kernel", ...keys].map((key) => [key, vectors[key] ?? ""]);
  const byName = Map.groupBy(kinds, (kind) => kind.name);
  return {
    version,
    digest: toHex(sha256(utf8(canonicalJson(rows)))),
    kinds,
    kind: (name, kindVersion) => byName.get(name)?.find((kind) => kind.version === kindVersion),
  };
}
