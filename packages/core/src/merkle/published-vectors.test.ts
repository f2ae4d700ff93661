// The good and bad proofs of transparency-dev/merkle (testdata/), where they are at hand.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { fromBase64 } from "../encoding/bytes.ts";
import { verifyConsistency } from "./consistency-proof.ts";
import { verifyInclusion } from "./inclusion-proof.ts";
import { splitPoint } from "./node.ts";

const data = sharedData();
const folder = join(data ?? ".", "vectors", "merkle");

interface InclusionCase {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

type InclusionInSubtreeCase = Omit<InclusionCase, "treeSize"> & { readonly start: number; readonly end: number };
type SubtreeConsistencyCase = Omit<ConsistencyCase, "size1" | "size2"> & {
  readonly start: number;
  readonly end: number;
  readonly size: number;
};

// The published vectors lie beside the repository, never in it: no folder of shared data, no test.
describe.skipIf(data === undefined)("published vectors", () => {
  test("inclusion", () => {
    const cases = read<InclusionCase>("inclusion");
    expect(cases.length).toBe(98);
    for (const [name, vector] of cases) expect([name, includes(vector)]).toEqual([name, !vector.wantErr]);
  });

  test("consistency", () => {
    const cases = read<ConsistencyCase>("consistency");
    expect(cases.length).toBe(98);
    for (const [name, vector] of cases) expect([name, isConsistent(vector)]).toEqual([name, !vector.wantErr]);
  });

  test("inclusion in subtrees, which number their leaves from their own start", () => {
    const cases = read<InclusionInSubtreeCase>("subtreeinclusion").filter(([, { start, end }]) =>
      isSubtree(start, end),
    );
    expect(cases.length).toBe(185);
    for (const [name, { start, end, ...vector }] of cases) {
      expect([name, includes({ ...vector, leafIdx: vector.leafIdx - start, treeSize: end - start })]).toEqual([
        name,
        !vector.wantErr,
      ]);
    }
  });

  test("consistency of subtrees that begin at 0, which are older trees", () => {
    const cases = read<SubtreeConsistencyCase>("subtreeconsistency").filter(
      ([, { start, end }]) => start === 0 && end > 0,
    );
    expect(cases.length).toBe(91);
    for (const [name, { end, size, ...vector }] of cases) {
      expect([name, isConsistent({ ...vector, size1: end, size2: size })]).toEqual([name, !vector.wantErr]);
    }
  });
});

function includes({ leafIdx, treeSize, root, leafHash, proof }: InclusionCase): boolean {
  return holds(() =>
    verifyInclusion(
      bytes(leafHash),
      { index: leafIdx, hashes: (proof ?? []).map(bytes) },
      { size: treeSize, rootHash: bytes(root) },
    ),
  );
}

function isConsistent({ size1, size2, root1, root2, proof }: ConsistencyCase): boolean {
  return holds(() =>
    verifyConsistency(
      { size: size1, rootHash: bytes(root1) },
      { size: size2, rootHash: bytes(root2) },
      (proof ?? []).map(bytes),
    ),
  );
}

function isSubtree(start: number, end: number): boolean {
  if (!Number.isSafeInteger(end) || end <= start) return false;
  return start % (end - start === 1 ? 1 : 2 * splitPoint(end - start)) === 0;
}

function holds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function read<Case>(kind: string): [string, Case][] {
  return globSync(`${kind}/**/*.json`, { cwd: folder }).map((path) => [
    path,
    JSON.parse(readFileSync(join(folder, path), "utf8")) as Case,
  ]);
}

function bytes(base64: string): Uint8Array {
  return fromBase64(base64) as Uint8Array;
}
