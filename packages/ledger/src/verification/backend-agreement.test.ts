import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  checkRegistrableKey,
  derToLowS,
  fromHex,
  nobleBackend,
  precheckEd25519,
  precheckP256,
  type SignatureAlgorithm,
  type SignatureBackend,
  utf8,
  verifySignature,
} from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import type { SignatureVector } from "../../../../vectors/signature/signature-vector.ts";
import { nodeCryptoBackend } from "./node-crypto-backend.ts";
import { sodiumBackend } from "./sodium-backend.ts";

/** A signature with what the rule says of it. */
interface Case {
  readonly algorithm: SignatureAlgorithm;
  readonly title: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly valid: boolean;
}

const backends: readonly (readonly [string, SignatureBackend])[] = [
  ["noble", nobleBackend],
  ["OpenSSL", nodeCryptoBackend],
  ["libsodium", sodiumBackend],
];

/** The rule refuses CCTV vectors with one of these flags, and accepts the rest. */
const refusedFlags = ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"];

const own = [...ownCases("Ed25519", "ed25519.json"), ...ownCases("P-256", "p256.json")];
const shared = sharedData();
const published =
  shared === undefined
    ? []
    : [...cctvCases(shared), ...wycheproofEd25519(shared), ...wycheproofP1363(shared), ...wycheproofDer(shared)];

describe("own vectors", () => {
  test.each(backends)("%s", (_, backend) => agrees(own, backend));
  test("WebCrypto", () => agreesInWebCrypto(own));
});

// These files are not part of this repository (see scripts/shared-data.ts).
describe.skipIf(shared === undefined)("CCTV and Wycheproof vectors, from the shared data", () => {
  test.each(backends)("%s", (_, backend) => agrees(published, backend));
  test("WebCrypto", () => agreesInWebCrypto(published));

  test("a CCTV key can be registered when it has no part of low order and is canonical", () => {
    for (const { key, flags } of cctv(shared as string)) {
      const weak = ["low_order_A", "low_order_component_A", "non_canonical_A"].some((flag) => flags?.includes(flag));
      expect(checkRegistrableKey({ algorithm: "Ed25519", bytes: hex(key) }) !== undefined).toBe(weak);
    }
  });

  test("as many are accepted as docs/formats/keys.md says", () => {
    const accepted = (from: readonly Case[]) => [from.filter(({ valid }) => valid).length, from.length];
    expect(accepted(cctvCases(shared as string))).toEqual([43, 914]);
    expect(accepted(wycheproofEd25519(shared as string))).toEqual([88, 151]);
    expect(accepted(wycheproofP1363(shared as string))).toEqual([103, 262]);
    expect(accepted(wycheproofDer(shared as string))).toEqual([174, 484]);
  });
});

test("whatever the bytes, all give one verdict and none throws", () => {
  const keys = fc.constantFrom(...own.map(({ algorithm, publicKey }) => ({ algorithm, bytes: publicKey })));
  const signature = fc.oneof(
    fc.uint8Array({ minLength: 64, maxLength: 64 }),
    fc.uint8Array({ maxLength: 70 }),
    fc.constantFrom(...own.map((one) => one.signature)),
  );
  fc.assert(
    fc.property(keys, fc.uint8Array({ maxLength: 40 }), signature, (key, message, bytes) => {
      const verdicts = backends.map(([, backend]) => verifySignature(backend, key, message, bytes));
      expect(new Set(verdicts).size).toBe(1);
    }),
    { numRuns: 300 },
  );
});

function agrees(cases: readonly Case[], backend: SignatureBackend): void {
  const wrong = cases.filter(({ algorithm, publicKey, message, signature, valid }) => {
    return verifySignature(backend, { algorithm, bytes: publicKey }, message, signature) !== valid;
  });
  expect(cases.length).toBeGreaterThan(0);
  expect(wrong.map(({ title }) => title)).toEqual([]);
}

async function agreesInWebCrypto(cases: readonly Case[]): Promise<void> {
  const wrong: string[] = [];
  for (const one of cases) if ((await verifyInWebCrypto(one)) !== one.valid) wrong.push(one.title);
  expect(wrong).toEqual([]);
}

/** What a browser does that has no synchronous verification: the rule's checks first, then its own. */
async function verifyInWebCrypto({ algorithm, publicKey, message, signature }: Case): Promise<boolean> {
  const precheck = algorithm === "Ed25519" ? precheckEd25519 : precheckP256;
  if (!precheck(publicKey, signature)) return false;
  const imported = algorithm === "Ed25519" ? algorithm : { name: "ECDSA", namedCurve: "P-256" };
  const used = algorithm === "Ed25519" ? algorithm : { name: "ECDSA", hash: "SHA-256" };
  try {
    const key = await webcrypto.subtle.importKey("raw", publicKey, imported, false, ["verify"]);
    return await webcrypto.subtle.verify(used, key, signature, message);
  } catch {
    return false;
  }
}

function ownCases(algorithm: SignatureAlgorithm, name: string): readonly Case[] {
  const vectors = json<readonly SignatureVector[]>(join(import.meta.dirname, "../../../../vectors/signature", name));
  return vectors.map(({ title, input, output }) => ({
    algorithm,
    title,
    publicKey: hex(input.publicKey),
    message: hex(input.message),
    signature: hex(input.signature),
    valid: output.fault === null,
  }));
}

interface CctvVector {
  readonly number: number;
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
  readonly flags: readonly string[] | null;
}

function cctv(folder: string): readonly CctvVector[] {
  return json(join(folder, "vectors/ed25519/cctv.json"));
}

function cctvCases(folder: string): readonly Case[] {
  return cctv(folder).map(({ number, key, sig, msg, flags }) => ({
    algorithm: "Ed25519",
    title: `CCTV ${number}`,
    publicKey: hex(key),
    message: utf8(msg),
    signature: hex(sig),
    valid: !refusedFlags.some((flag) => flags?.includes(flag)),
  }));
}

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk?: string; readonly uncompressed?: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

function wycheproof(folder: string, name: string, algorithm: SignatureAlgorithm): readonly Case[] {
  return json<Wycheproof>(join(folder, "vectors", name)).testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, msg, sig, result }) => ({
      algorithm,
      title: `${name} ${tcId}`,
      publicKey: hex((publicKey.pk ?? publicKey.uncompressed) as string),
      message: hex(msg),
      signature: hex(sig),
      valid: result === "valid",
    })),
  );
}

function wycheproofEd25519(folder: string): readonly Case[] {
  return wycheproof(folder, "ed25519/wycheproof.json", "Ed25519");
}

// Valid signatures with a high s are valid to Wycheproof and not to the rule.
function wycheproofP1363(folder: string): readonly Case[] {
  const halfOrder = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
  return wycheproof(folder, "ecdsa/wycheproof-p256-sha256-p1363.json", "P-256").map((one) => ({
    ...one,
    valid: one.valid && BigInt(`0x${Buffer.from(one.signature.subarray(32)).toString("hex")}`) <= halfOrder,
  }));
}

// DER never reaches a log: it becomes raw and low first, and then every valid signature is one.
function wycheproofDer(folder: string): readonly Case[] {
  return wycheproof(folder, "ecdsa/wycheproof-p256-sha256-der.json", "P-256").map((one) => ({
    ...one,
    signature: derToLowS(one.signature) ?? new Uint8Array(),
  }));
}

function hex(text: string): Uint8Array<ArrayBuffer> {
  return fromHex(text) as Uint8Array<ArrayBuffer>;
}

function json<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, "utf8")) as Value;
}
