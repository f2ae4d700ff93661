import { createPublicKey, verify } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromHex, toHex, utf8, utf8Decode } from "../encoding/bytes.ts";
import { type Checkpoint, formatCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint.ts";
import {
  cosign,
  decodeCosignature,
  ed25519CosignedMessage,
  encodeCosignature,
  mlDsa44CosignedMessage,
} from "./cosignature.ts";
import { verifyMlDsa44 } from "./ml-dsa-44.ts";
import { type NoteSigner, withSignatures } from "./note.ts";
import { verifyNote } from "./note-verification.ts";
import { type SignatureType, verifierKey } from "./verifier-key.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const secret = new Uint8Array(32).fill(3);
const quantum = ml_dsa44.keygen(new Uint8Array(32).fill(4));
const verifiers = {
  ed25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => ed25519.verify(signature, message, key),
  mlDsa44: verifyMlDsa44,
};
const log = signerOf("log.example/a", "ed25519");
const witness = signerOf("witness.example/w", "ed25519-cosignature");
const head = { size: 7, rootHash: new Uint8Array(32).fill(5) };
const signed = signCheckpoint("log.example/a", head, [log]);

describe("an Ed25519 cosignature", () => {
  test("is over two lines and the whole checkpoint text", () => {
    const text = formatCheckpoint({ origin: "log.example/a", ...head, extensions: ["more"] });
    expect(utf8Decode(ed25519CosignedMessage(text, 1_679_315_147))).toBe(`cosignature/v1\ntime 1679315147\n${text}`);
  });

  test("verifies on the checkpoint it is on, and tells its time", () => {
    const note = withSignatures(signed.note, [cosign(signed, witness, 1_789_000_000)]);
    const verified = verifyNote(note, [log.key, witness.key], verifiers);
    expect(verified.map(({ key, timestamp }) => [key.name, timestamp])).toEqual([
      ["log.example/a", undefined],
      ["witness.example/w", 1_789_000_000],
    ]);
    const other = signCheckpoint("log.example/a", { ...head, size: 8 }, [log]);
    expect(() => verifyNote({ text: other.note.text, signatures: note.signatures }, [witness.key], verifiers)).toThrow(
      code("NOTE_SIGNATURE_INVALID"),
    );
  });

  test("is not made with a log's key, nor at times that are none", () => {
    expect(() => cosign(signed, log, 1)).toThrow(code("SIGNATURE_TYPE_UNSUITED"));
    for (const time of [-1, 1.5, Number.NaN, 2 ** 53])
      expect(() => cosign(signed, witness, time)).toThrow(code("COSIGNATURE_MALFORMED"));
  });
});

describe("an ML-DSA-44 cosignature", () => {
  const checkpoint: Checkpoint = { origin: "log", size: 258, rootHash: head.rootHash, extensions: ["not signed"] };

  test("is over name, time, origin, range and root, laid out as TLS does", () => {
    const layout = [
      "737562747265652f76310a00",
      "0177",
      "0000000000000101",
      "036c6f67",
      "0000000000000000",
      "0000000000000102",
      "05".repeat(32),
    ];
    expect(toHex(mlDsa44CosignedMessage("w", 257, checkpoint))).toBe(layout.join(""));
  });

  test("verifies, and not under another name, time or origin", () => {
    const key = verifierKey("witness.example/q", "ml-dsa-44-cosignature", quantum.publicKey);
    const noteBy = (name: string, time: number, over: Checkpoint) => {
      const signature = ml_dsa44.sign(mlDsa44CosignedMessage(name, time, over), quantum.secretKey, {
        extraEntropy: false,
      });
      return {
        text: formatCheckpoint(checkpoint),
        signatures: [{ name: key.name, keyId: key.keyId, signature: encodeCosignature({ timestamp: 9, signature }) }],
      };
    };
    expect(verifyNote(noteBy(key.name, 9, checkpoint), [key], verifiers)[0]?.timestamp).toBe(9);
    for (const note of [
      noteBy("witness.example/x", 9, checkpoint),
      noteBy(key.name, 8, checkpoint),
      noteBy(key.name, 9, { ...checkpoint, origin: "other" }),
    ]) {
      expect(() => verifyNote(note, [key], verifiers)).toThrow(code("NOTE_SIGNATURE_INVALID"));
    }
  });

  test("cannot be over an origin of more than 255 bytes", () => {
    const key = verifierKey("w", "ml-dsa-44-cosignature", quantum.publicKey);
    const text = formatCheckpoint({ ...checkpoint, origin: "ü".repeat(128) });
    const note = { text, signatures: [{ name: "w", keyId: key.keyId, signature: new Uint8Array(2428) }] };
    expect(() => verifyNote(note, [key], verifiers)).toThrow(code("NOTE_SIGNATURE_INVALID"));
  });

  test("agrees with OpenSSL's ML-DSA-44", () => {
    const message = mlDsa44CosignedMessage("w", 257, checkpoint);
    const signature = ml_dsa44.sign(message, quantum.secretKey, { extraEntropy: false });
    // SubjectPublicKeyInfo for id-ml-dsa-44. RFC 9881 § 4.
    const der = concat(fromHex("30820532300b06096086480165030403110382052100") as Uint8Array, quantum.publicKey);
    expect(
      verify(null, message, createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" }), signature),
    ).toBe(true);
    expect(verifyMlDsa44(quantum.publicKey, message, signature)).toBe(true);
    expect(verifyMlDsa44(quantum.publicKey, message, signature.with(5, (signature[5] as number) ^ 1))).toBe(false);
    expect(verifyMlDsa44(quantum.publicKey, message, signature.subarray(1))).toBe(false);
    expect(verifyMlDsa44(quantum.publicKey.subarray(1), message, signature)).toBe(false);
  });
});

describe("the bytes of a cosignature", () => {
  test("come back", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 1, maxLength: 80 }), (timestamp, signature) => {
        const { timestamp: time, signature: rest } = decodeCosignature(encodeCosignature({ timestamp, signature }));
        expect([time, toHex(rest)]).toEqual([timestamp, toHex(signature)]);
      }),
    );
  });

  test("are a time and a signature", () => {
    expect(() => decodeCosignature(new Uint8Array(8))).toThrow(code("COSIGNATURE_MALFORMED"));
    expect(() => decodeCosignature(new Uint8Array(72).fill(255))).toThrow(code("COSIGNATURE_MALFORMED"));
  });
});

describe("a checkpoint", () => {
  const line = fc.stringMatching(/^[!-~ü —]{1,40}$/u);

  test("comes back", () => {
    const checkpoint = fc.record({
      origin: line,
      size: fc.maxSafeNat(),
      rootHash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      extensions: fc.array(line, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(checkpoint, (checkpoint) => {
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
      }),
    );
  });

  test("that nobody could read back is not written", () => {
    const good: Checkpoint = { origin: "log", ...head, extensions: [] };
    const bad: Partial<Checkpoint>[] = [
      { origin: "" },
      { origin: `log\n7\n${"A".repeat(43)}=` },
      { origin: "a\tb" },
      { origin: "\ud800" },
      { size: -1 },
      { size: 1.5 },
      { size: 2 ** 53 },
      { rootHash: new Uint8Array(31) },
      { extensions: [""] },
      { extensions: ["two\nlines"] },
    ];
    for (const part of bad) expect(() => formatCheckpoint({ ...good, ...part })).toThrow(code("CHECKPOINT_MALFORMED"));
    expect(() => signCheckpoint("log\nmore", head, [log])).toThrow(code("CHECKPOINT_MALFORMED"));
  });

  test("is signed as text", () => {
    expect(
      ed25519.verify(signed.note.signatures[0]?.signature as Uint8Array, utf8(signed.note.text), log.key.publicKey),
    ).toBe(true);
  });
});

function signerOf(name: string, type: SignatureType): NoteSigner {
  return {
    key: verifierKey(name, type, ed25519.getPublicKey(secret)),
    sign: (message) => ed25519.sign(message, secret),
  };
}
