// Keys, their ids, and why some cannot be registered. docs/formats/keys.md § Keys, § Registration.
import { fromHex, toHex, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import { ed25519Vectors } from "./ed25519-cases.ts";
import { p256Vectors } from "./p256-cases.ts";
import { digest } from "./textbook-curves.ts";

/** A key with its id; `fault` is null when it can be registered. */
export interface KeyVector {
  readonly title: string;
  readonly clause: string;
  readonly input: {
    readonly algorithm: string;
    readonly publicKey: string;
    readonly webauthn: { readonly rpIdHash: string; readonly origins: readonly string[] } | null;
  };
  readonly output: { readonly keyId: string; readonly fault: string | null };
}

/** Makes every key vector; faults of the key's bytes are among the signature vectors. */
export function keyVectors(): KeyVector[] {
  const ed25519 = soundKey(ed25519Vectors());
  const p256 = soundKey(p256Vectors());
  return [
    vector("an Ed25519 key", "Ed25519", ed25519, null, null),
    vector("a P-256 key", "P-256", p256, null, null),
    vector("an Ed25519 passkey", "WebAuthn-Ed25519", ed25519, declared({}), null),
    vector("a P-256 passkey", "WebAuthn-P-256", p256, declared({}), null),
    vector("a passkey that declares nothing", "WebAuthn-P-256", p256, null, "WEBAUTHN_PARAMETERS_MISSING"),
    vector("a declaration without a passkey", "Ed25519", ed25519, declared({}), "WEBAUTHN_PARAMETERS_UNEXPECTED"),
    vector(
      "the relying party's hash in capitals",
      "WebAuthn-P-256",
      p256,
      declared({ rpIdHash: "A".repeat(64) }),
      "RP_ID_HASH_MALFORMED",
    ),
    vector(
      "the relying party's hash too short",
      "WebAuthn-P-256",
      p256,
      declared({ rpIdHash: "a".repeat(62) }),
      "RP_ID_HASH_MALFORMED",
    ),
    ...origins().map(([title, list, fault]) =>
      vector(title, "WebAuthn-P-256", p256, declared({ origins: list }), fault),
    ),
  ];
}

function origins(): readonly (readonly [title: string, origins: readonly string[], fault: string | null])[] {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `https://site-${index}.example`);
  const bad = "ORIGINS_MALFORMED";
  return [
    ["16 origins", many(16), null],
    ["an origin with a port", ["https://records.example:8443"], null],
    ["one's own machine, over plain HTTP", ["http://localhost:8080"], null],
    ["no origin", [], bad],
    ["17 origins", many(17), bad],
    ["an origin twice", ["https://records.example", "https://records.example"], bad],
    ["plain HTTP", ["http://records.example"], bad],
    ["an origin with a path", ["https://records.example/"], bad],
    ["an origin in capitals", ["https://Records.example"], bad],
    ["the default port written out", ["https://records.example:443"], bad],
    ["a user in the origin", ["https://user@records.example"], bad],
    ["a line end after the origin", ["https://records.example\n"], bad],
    ["an origin of 262 characters", [`https://${"a".repeat(254)}`], bad],
    ["an opaque origin", ["null"], bad],
  ];
}

function declared(change: { readonly rpIdHash?: string; readonly origins?: readonly string[] }): {
  rpIdHash: string;
  origins: readonly string[];
} {
  return {
    rpIdHash: toHex(digest("sha256", utf8("records.example"))),
    origins: ["https://records.example"],
    ...change,
  };
}

function vector(
  title: string,
  algorithm: string,
  publicKey: string,
  webauthn: KeyVector["input"]["webauthn"],
  fault: string | null,
): KeyVector {
  const keyId = toHex(digest("sha256", utf8(`fiducial-key-v1\0${algorithm}\0`), fromHex(publicKey) as Uint8Array));
  return {
    title,
    clause: "keys.md § Keys, § Registration",
    input: { algorithm, publicKey, webauthn },
    output: { keyId, fault },
  };
}

function soundKey(vectors: readonly { readonly input: { readonly publicKey: string } }[]): string {
  return vectors[0]?.input.publicKey as string;
}
