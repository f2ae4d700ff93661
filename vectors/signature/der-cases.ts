// DER signatures as authenticators write them, and the raw low-s signature each becomes. docs/formats/keys.md § P-256.
import { concat, toHex, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import { bigEndian, digest, p256, toBigEndian } from "./textbook-curves.ts";
import { p256Signature } from "./textbook-signatures.ts";

/** A DER signature and the raw one it becomes; null when it is refused. Byte strings in hex. */
export interface DerVector {
  readonly title: string;
  readonly clause: string;
  readonly input: string;
  readonly output: string | null;
}

/** Makes every DER vector, the same ones each time. */
export function derVectors(): DerVector[] {
  const { n } = p256;
  const good = p256Signature(bigEndian(digest("sha256", utf8("fiducial-vectors-der"))), utf8("der"));
  const [r, s] = [bigEndian(good.subarray(0, 32)), bigEndian(good.subarray(32))];
  const sound = derSignature(r, s);
  return [
    vector("low s", sound, good),
    vector("high s becomes low", derSignature(r, n - s), good),
    vector("small r and s", derSignature(1n, 2n), concat(toBigEndian(1n), toBigEndian(2n))),
    vector("r has its top bit set", derSignature(n - 1n, 2n), concat(toBigEndian(n - 1n), toBigEndian(2n))),
    vector("a byte after it", concat(sound, Uint8Array.of(0)), null),
    vector("a byte too few", sound.subarray(0, -1), null),
    vector("a length in long form", concat(Uint8Array.of(0x30, 0x81), sound.subarray(1)), null),
    vector("an integer with a needless zero", sequence(Uint8Array.of(2, 2, 0, 1), integer(1n)), null),
    vector("a negative integer", sequence(Uint8Array.of(2, 1, 0x80), integer(1n)), null),
    vector("r = 0", derSignature(0n, 1n), null),
    vector("s = n", derSignature(1n, n), null),
    vector("r far too long", derSignature(2n ** 300n, 1n), null),
    vector("no bytes", new Uint8Array(0), null),
  ];
}

/** Writes SEQUENCE { r INTEGER, s INTEGER } in DER. RFC 3279 § 2.2.3. */
export function derSignature(r: bigint, s: bigint): Uint8Array {
  return sequence(integer(r), integer(s));
}

function vector(title: string, input: Uint8Array, output: Uint8Array | null): DerVector {
  return {
    title,
    clause: "RFC 3279 § 2.2.3; X.690 § 8.3, § 10.1",
    input: toHex(input),
    output: output && toHex(output),
  };
}

function sequence(first: Uint8Array, second: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0x30, first.length + second.length), first, second);
}

function integer(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const bytes = new Uint8Array(Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex"));
  const body = (bytes[0] as number) & 0x80 ? concat(Uint8Array.of(0), bytes) : bytes;
  return concat(Uint8Array.of(2, body.length), body);
}
