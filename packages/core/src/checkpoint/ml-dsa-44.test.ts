// ML-DSA-44 verification against Wycheproof, where it is at hand; our own notes with such signatures are among vectors/checkpoint.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { verifyMlDsa44 } from "./ml-dsa-44.ts";

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly ctx?: string;
      readonly result: string;
    }[];
  }[];
}

const data = sharedData();

// These files are not part of this repository (see scripts/shared-data.ts).
test.skipIf(data === undefined)("Wycheproof's signatures are judged as Wycheproof does", () => {
  const file = join(data as string, "vectors", "mldsa", "wycheproof-mldsa44-verify.json");
  const { testGroups } = JSON.parse(readFileSync(file, "utf8")) as Wycheproof;
  const judged = testGroups.flatMap(({ publicKey, tests }) =>
    // A cosignature has an empty context; what was signed under another is not good under none.
    tests.map(({ tcId, msg, sig, ctx = "", result }) => ({
      tcId,
      expected: result === "valid" && ctx === "",
      found: verifyMlDsa44(bytes(publicKey), bytes(msg), bytes(sig)),
    })),
  );
  expect(judged.filter(({ expected, found }) => expected !== found)).toEqual([]);
  expect([judged.filter(({ found }) => found).length, judged.length]).toEqual([75, 180]);
});

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}
