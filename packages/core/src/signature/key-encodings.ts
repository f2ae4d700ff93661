// How others write keys and signatures, turned into ours: SubjectPublicKeyInfo (RFC 8410, RFC 5480) and DER ECDSA signatures (RFC 3279 § 2.2.3).
import { p256 } from "@noble/curves/nist.js";
import { concat, equalBytes, fromHex } from "../encoding/bytes.ts";
import type { SignatureAlgorithm } from "./public-key.ts";

/** Writes a public key as DER SubjectPublicKeyInfo, which OpenSSL and WebCrypto import. */
export function toSpki(algorithm: SignatureAlgorithm, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(spkiHeaders[algorithm], bytes);
}

/** Reads the SubjectPublicKeyInfo that an authenticator hands out at registration, or returns undefined. The key itself is not checked. */
export function fromSpki(der: Uint8Array): { algorithm: SignatureAlgorithm; bytes: Uint8Array } | undefined {
  for (const algorithm of ["Ed25519", "P-256"] as const) {
    const header = spkiHeaders[algorithm];
    if (der.length === header.length + keyLengths[algorithm] && equalBytes(der.subarray(0, header.length), header)) {
      return { algorithm, bytes: der.slice(header.length) };
    }
  }
  return undefined;
}

/** Turns an authenticator's DER signature into raw r ‖ s with low s, or returns undefined when it is not strict DER in range. */
export function derToLowS(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    const { r, s } = p256.Signature.fromBytes(der, "der");
    const { Fn } = p256.Point;
    const low = s > Fn.ORDER / 2n ? Fn.neg(s) : s;
    return concat(Fn.toBytes(r), Fn.toBytes(low));
  } catch {
    return undefined;
  }
}

/** Writes raw r ‖ s, both above zero, as a DER signature: what OpenSSL verifies without a detour. */
export function rawToDer(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const r = derInteger(signature.subarray(0, 32));
  const s = derInteger(signature.subarray(32));
  return concat(Uint8Array.of(0x30, r.length + s.length), r, s);
}

// DER wants the shortest form: no leading zeros but the one that keeps a set top bit from meaning a minus.
function derInteger(bigEndian: Uint8Array): Uint8Array {
  const body = bigEndian.subarray(bigEndian.findIndex((byte) => byte !== 0));
  const padding = (body[0] as number) >> 7;
  const integer = new Uint8Array(2 + padding + body.length);
  integer[0] = 0x02;
  integer[1] = padding + body.length;
  integer.set(body, 2 + padding);
  return integer;
}

const keyLengths: Readonly<Record<SignatureAlgorithm, number>> = { Ed25519: 32, "P-256": 65 };
const spkiHeaders: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  Ed25519: fromHex("302a300506032b6570032100") as Uint8Array,
  "P-256": fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200") as Uint8Array,
};
