import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../encoding/bytes.ts";
import {
  formatNote,
  longestNote,
  mostSignatures,
  type NoteSignature,
  type NoteSigner,
  parseNote,
  signNote,
  withSignatures,
} from "./note.ts";
import { verifyNote } from "./note-verification.ts";
import { verifierKey } from "./verifier-key.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const verifiers = {
  ed25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => ed25519.verify(signature, message, key),
};
const secret = new Uint8Array(32).fill(9);
const signer = signerNamed("log.example/a");

const name = fc.stringMatching(/^[a-z0-9./ßé中]{1,20}$/u);
const signature: fc.Arbitrary<NoteSignature> = fc.record({
  name,
  keyId: fc.stringMatching(/^[0-9a-f]{8}$/),
  signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
});
const noteText = fc
  .array(fc.stringMatching(/^[ -~—ü]{0,30}$/u), { minLength: 1, maxLength: 6 })
  .map((lines) => `${lines.join("\n")}\n`);

describe("a note", () => {
  test("comes back, whatever its text and signatures", () => {
    fc.assert(
      fc.property(noteText, fc.array(signature, { minLength: 1, maxLength: 5 }), (text, signatures) => {
        expect(parseNote(formatNote({ text, signatures }))).toEqual({ text, signatures });
      }),
    );
  });

  test("has one exact encoding: no changed character is read as the same note", () => {
    const note = formatNote(signNote("first\n\nsecond\n", [signer]));
    const parsed = parseNote(note);
    fc.assert(
      fc.property(
        fc.nat({ max: note.length - 1 }),
        fc.string({ minLength: 0, maxLength: 2, unit: "binary" }),
        (at, replacement) => {
          const changed = note.slice(0, at) + replacement + note.slice(at + 1);
          fc.pre(changed !== note);
          expect(parsedOrCode(changed)).not.toEqual(parsed);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("that is hostile is refused, and fast", () => {
    for (const text of [
      "\n\n",
      "\n\n\n",
      "a\n\n— ",
      "a\n\n— b\n",
      "a\n\n— b c d\n",
      "\ud800\n\n— a AAAAAAA=\n",
      "\u0000\n\n— a AAAAAAA=\n",
    ]) {
      expect(() => parseNote(text)).toThrow(code("NOTE_MALFORMED"));
    }
    expect(() => parseNote("x".repeat(longestNote + 1))).toThrow(code("NOTE_TOO_LARGE"));
    expect(() => parseNote(`${"\n".repeat(longestNote - 20)}`)).toThrow(code("NOTE_MALFORMED"));
  });

  test("that nobody could read back is not written", () => {
    const one = [{ name: "a", keyId: "00000000", signature: Uint8Array.of(1) }];
    for (const text of ["", "no newline", "a\tb\n", "\ud800\n", "a\r\n"]) {
      expect(() => formatNote({ text, signatures: one })).toThrow(code("NOTE_MALFORMED"));
      expect(() => signNote(text, [signer])).toThrow(code("NOTE_MALFORMED"));
    }
    expect(() => formatNote({ text: "a\n", signatures: [] })).toThrow(code("NOTE_MALFORMED"));
    for (const bad of [
      { name: "" },
      { name: "a b" },
      { name: "a+b" },
      { name: "a\u2003b" },
      { keyId: "0000000" },
      { keyId: "0000000G" },
      { signature: new Uint8Array() },
    ]) {
      expect(() => formatNote({ text: "a\n", signatures: [{ ...(one[0] as NoteSignature), ...bad }] })).toThrow(
        code("NOTE_MALFORMED"),
      );
    }
    const many = Array.from({ length: mostSignatures + 1 }, () => one[0] as NoteSignature);
    expect(() => formatNote({ text: "a\n", signatures: many })).toThrow(code("NOTE_TOO_LARGE"));
    expect(() => formatNote({ text: `${"a".repeat(longestNote)}\n`, signatures: one })).toThrow(code("NOTE_TOO_LARGE"));
  });

  test("with a hundred ML-DSA-44 signatures is not too large", () => {
    const signatures = Array.from({ length: 100 }, (_, n) => ({
      name: `witness.example/${n}`,
      keyId: "00000000",
      signature: new Uint8Array(2428),
    }));
    const note = { text: "a\n", signatures };
    expect(parseNote(formatNote(note))).toEqual(note);
  });
});

describe("signing", () => {
  test("is of the text, by each signer", () => {
    const signers = [signer, signerNamed("log.example/b")];
    const note = signNote("text\n", signers);
    expect(
      verifyNote(
        note,
        signers.map(({ key }) => key),
        verifiers,
      ).map(({ key }) => key.name),
    ).toEqual(["log.example/a", "log.example/b"]);
    expect(
      ed25519.verify(note.signatures[0]?.signature as Uint8Array, utf8("text\n"), ed25519.getPublicKey(secret)),
    ).toBe(true);
  });

  test("with a cosigner's key is refused: it would sign what it does not mean", () => {
    const key = verifierKey("witness.example", "ed25519-cosignature", ed25519.getPublicKey(secret));
    expect(() => signNote("text\n", [{ key, sign: signer.sign }])).toThrow(code("SIGNATURE_TYPE_UNSUITED"));
  });

  test("again replaces a signature by the same key and keeps the others in place", () => {
    const note = signNote("text\n", [signer, signerNamed("log.example/b")]);
    const again = { ...(note.signatures[0] as NoteSignature), signature: Uint8Array.of(7) };
    const third = { name: "c", keyId: "00000000", signature: Uint8Array.of(8) };
    expect(withSignatures(note, [third, again]).signatures).toEqual([again, note.signatures[1], third]);
  });
});

describe("verifying", () => {
  test("without the algorithm of a known key is refused, not passed over", () => {
    const key = verifierKey("witness.example", "ml-dsa-44-cosignature", new Uint8Array(1312));
    const note = {
      text: `log.example/a\n0\n${"A".repeat(43)}=\n`,
      signatures: [
        ...signNote("text\n", [signer]).signatures,
        { name: key.name, keyId: key.keyId, signature: new Uint8Array(2428) },
      ],
    };
    expect(() => verifyNote(note, [key], verifiers)).toThrow(code("VERIFIER_MISSING"));
    expect(() => verifyNote(note, [], verifiers)).toThrow(code("NOTE_UNSIGNED"));
  });
});

function signerNamed(name: string): NoteSigner {
  return {
    key: verifierKey(name, "ed25519", ed25519.getPublicKey(secret)),
    sign: (message) => ed25519.sign(message, secret),
  };
}

function parsedOrCode(text: string): unknown {
  try {
    return parseNote(text);
  } catch (error) {
    return error;
  }
}
