// Declared keys: the text form of keys, held against the key vectors and hostile text.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CoreError } from "../core-error.ts";
import { fromHex, toBase64 } from "../encoding/bytes.ts";
import { type DeclaredKey, declaredKeyFault, keyIdOf, publicKeyFromDeclared } from "./declared-key.ts";

interface KeyVector {
  title: string;
  input: { algorithm: DeclaredKey["algorithm"]; publicKey: string; webauthn: DeclaredKey["webauthn"] | null };
  output: { keyId: string; fault: string | null };
}

const vectorFile = new URL("../../../../vectors/signature/keys.json", import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, "utf8")) as KeyVector[];

const plain: DeclaredKey = {
  algorithm: "Ed25519",
  publicKey: toBase64(fromHex("e5c705c735929913a1e44679b2f37b75aea52255bc502e2d47270c8ce7657573") as Uint8Array),
};
const relyingParty = { rpIdHash: "ab".repeat(32), origins: ["https://fiducial.example"] };

describe("a declared key", () => {
  test.each(vectors)("agrees with the key vectors: $title", ({ input, output }) => {
    const { algorithm, publicKey, webauthn } = input;
    const declared: DeclaredKey = { algorithm, publicKey: toBase64(fromHex(publicKey) as Uint8Array) };
    const whole = webauthn === null ? declared : { ...declared, webauthn };
    expect(keyIdOf(whole)).toBe(output.keyId);
    expect(declaredKeyFault(whole) ?? null).toBe(output.fault);
  });

  test("declares a relying party exactly when it is a passkey", () => {
    expect(declaredKeyFault(plain)).toBeUndefined();
    expect(declaredKeyFault({ ...plain, webauthn: undefined })).toBeUndefined();
    expect(declaredKeyFault({ ...plain, webauthn: relyingParty })).toBe("WEBAUTHN_PARAMETERS_UNEXPECTED");
    expect(declaredKeyFault({ ...plain, algorithm: "WebAuthn-Ed25519" })).toBe("WEBAUTHN_PARAMETERS_MISSING");
    expect(declaredKeyFault({ ...plain, algorithm: "WebAuthn-Ed25519", webauthn: relyingParty })).toBeUndefined();
  });

  test("has an id that depends on its algorithm and not on what a passkey declares", () => {
    const passkey: DeclaredKey = { ...plain, algorithm: "WebAuthn-Ed25519", webauthn: relyingParty };
    expect(keyIdOf(passkey)).not.toBe(keyIdOf(plain));
    expect(keyIdOf({ ...passkey, webauthn: { ...relyingParty, origins: ["https://other.example"] } })).toBe(
      keyIdOf(passkey),
    );
  });

  test("has one spelling: base64 that is not canonical is no key", () => {
    for (const publicKey of ["", "=", "AAA", `${plain.publicKey}\n`, plain.publicKey.replace(/.=$/, "9=")]) {
      const declared = { ...plain, publicKey };
      if (publicKey !== "") expect(publicKeyFromDeclared(declared)).toBeUndefined();
      expect(declaredKeyFault(declared)).toBe(publicKey === "" ? "KEY_LENGTH" : "KEY_ENCODING");
    }
    expect(() => keyIdOf({ ...plain, publicKey: "AAA" })).toThrow(CoreError);
  });

  test("never makes the check throw, whatever text it is", () => {
    const algorithm = fc.constantFrom<DeclaredKey["algorithm"]>(
      "Ed25519",
      "P-256",
      "WebAuthn-Ed25519",
      "WebAuthn-P-256",
    );
    const publicKey = fc.oneof(fc.string(), fc.uint8Array({ maxLength: 70 }).map(toBase64));
    const webauthn = fc.option(fc.record({ rpIdHash: fc.string(), origins: fc.array(fc.string()) }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.record({ algorithm, publicKey, webauthn }), (declared) => {
        const fault = declaredKeyFault(declared);
        expect(fault === undefined || typeof fault === "string").toBe(true);
      }),
    );
  });
});
