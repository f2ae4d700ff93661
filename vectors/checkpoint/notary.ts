// Keys and notes for the vectors, put together by hand from the specifications, with OpenSSL and no code of ours. ML-DSA-44 is noble's,
// since OpenSSL signs it with randomness. Each key's seed is SHA-256 of "fiducial test key " and its name.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";

/** A key pair under its name, as a verifier key and as what it puts under a text. */
export interface Notary {
  readonly name: string;
  /** The verifier key. */
  readonly vkey: string;
  /** Key id ‖ signature. */
  readonly blob: (text: string) => Buffer;
  /** The signature line. */
  readonly line: (text: string) => string;
}

/** Returns a log's key. C2SP signed-note, type 0x01. */
export function logKey(name: string): Notary {
  const { publicKey, signed } = ed25519(name);
  return notary(name, 0x01, publicKey, (text) => signed(Buffer.from(text)));
}

/** Returns a witness that cosigns at `time`, POSIX seconds. C2SP tlog-cosignature, type 0x04. */
export function witnessKey(name: string, time: number): Notary {
  const { publicKey, signed } = ed25519(name);
  return notary(name, 0x04, publicKey, (text) =>
    Buffer.concat([uint64(time), signed(Buffer.from(`cosignature/v1\ntime ${time}\n${text}`))]),
  );
}

/** Returns a witness that cosigns with ML-DSA-44. C2SP tlog-cosignature, type 0x06. */
export function mlDsa44WitnessKey(name: string, time: number): Notary {
  const { publicKey, secretKey } = ml_dsa44.keygen(seedOf(name));
  return notary(name, 0x06, Buffer.from(publicKey), (text) => {
    const [origin = "", size = "", root = ""] = text.split("\n");
    const message = Buffer.concat([
      Buffer.from("subtree/v1\n\0"),
      prefixed(name),
      uint64(time),
      prefixed(origin),
      uint64(0),
      uint64(Number(size)),
      Buffer.from(root, "base64"),
    ]);
    return Buffer.concat([uint64(time), ml_dsa44.sign(message, secretKey, { extraEntropy: false })]);
  });
}

/** Returns a note: text, blank line, signature lines. */
export function note(text: string, ...notaries: readonly Notary[]): string {
  return `${text}\n${notaries.map(({ line }) => line(text)).join("")}`;
}

/** Returns the text of a checkpoint. */
export function checkpointText(origin: string, size: number, rootHash: Uint8Array): string {
  return `${origin}\n${size}\n${Buffer.from(rootHash).toString("base64")}\n`;
}

/** Returns a signature line around any blob. */
export function signatureLine(name: string, blob: Uint8Array): string {
  return `— ${name} ${Buffer.from(blob).toString("base64")}\n`;
}

/** Returns the seed of a name's key. */
export function seedOf(name: string): Buffer {
  return createHash("sha256").update(`fiducial test key ${name}`).digest();
}

/** Returns the verifier key of a type, whatever the key. */
export function vkeyOf(name: string, type: number, publicKey: Uint8Array): string {
  const typed = Buffer.concat([Buffer.of(type), publicKey]);
  const id = createHash("sha256").update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return `${name}+${id.toString("hex")}+${typed.toString("base64")}`;
}

function notary(name: string, type: number, publicKey: Buffer, signed: (text: string) => Buffer): Notary {
  const vkey = vkeyOf(name, type, publicKey);
  const id = Buffer.from(vkey.slice(name.length + 1, name.length + 9), "hex");
  const blob = (text: string) => Buffer.concat([id, signed(text)]);
  return { name, vkey, blob, line: (text) => signatureLine(name, blob(text)) };
}

// PKCS #8 around a bare Ed25519 seed. RFC 8410 § 7.
function ed25519(name: string): { publicKey: Buffer; signed: (message: Buffer) => Buffer } {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seedOf(name)]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  return { publicKey, signed: (message) => sign(null, message, key) };
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function prefixed(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}
