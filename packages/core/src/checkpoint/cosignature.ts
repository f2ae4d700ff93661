// Cosignatures: that a checkpoint was seen at a time, as append-only. C2SP tlog-cosignature § Format and § signed message, both kinds.
import { CoreError } from "../core-error.ts";
import { concat, utf8 } from "../encoding/bytes.ts";
import type { Checkpoint, SignedCheckpoint } from "./checkpoint.ts";
import type { NoteSignature, NoteSigner } from "./note.ts";

/** A cosignature taken apart: POSIX seconds, and the bare signature. */
export interface Cosignature {
  readonly timestamp: number;
  readonly signature: Uint8Array;
}

/** Cosigns a checkpoint at `timestamp`, POSIX seconds, with a key of type ed25519-cosignature. Throws SIGNATURE_TYPE_UNSUITED, COSIGNATURE_MALFORMED. */
export function cosign({ note }: SignedCheckpoint, { key, sign }: NoteSigner, timestamp: number): NoteSignature {
  if (key.type !== "ed25519-cosignature") throw new CoreError("SIGNATURE_TYPE_UNSUITED");
  const signature = sign(ed25519CosignedMessage(note.text, timestamp));
  return { name: key.name, keyId: key.keyId, signature: encodeCosignature({ timestamp, signature }) };
}

/** Writes a cosignature: the time as eight bytes, big-endian, then the signature. Throws COSIGNATURE_MALFORMED. */
export function encodeCosignature({ timestamp, signature }: Cosignature): Uint8Array<ArrayBuffer> {
  return concat(uint64(timestamp), signature);
}

/** Takes a cosignature apart. Times beyond 2^53 − 1 seconds are nobody's. Throws COSIGNATURE_MALFORMED. */
export function decodeCosignature(bytes: Uint8Array): Cosignature {
  if (bytes.length <= 8) throw new CoreError("COSIGNATURE_MALFORMED");
  const timestamp = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(timestamp)) throw new CoreError("COSIGNATURE_MALFORMED");
  return { timestamp, signature: bytes.subarray(8) };
}

/** Returns what an Ed25519 cosigner signs: two lines, then the whole checkpoint text with its extension lines. Its own name is not in it. */
export function ed25519CosignedMessage(checkpointText: string, timestamp: number): Uint8Array {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) throw new CoreError("COSIGNATURE_MALFORMED");
  return utf8(`cosignature/v1\ntime ${timestamp}\n${checkpointText}`);
}

/** Returns what an ML-DSA-44 cosigner signs: its name, the time, origin, range and root; no extension lines. Throws COSIGNATURE_MALFORMED. */
export function mlDsa44CosignedMessage(
  cosigner: string,
  timestamp: number,
  { origin, size, rootHash }: Checkpoint,
): Uint8Array {
  return concat(
    utf8("subtree/v1\n\0"),
    opaque(cosigner),
    uint64(timestamp),
    opaque(origin),
    uint64(0),
    uint64(size),
    rootHash,
  );
}

function uint64(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new CoreError("COSIGNATURE_MALFORMED");
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

// opaque<1..2^8-1> of RFC 8446 § 3.4.
function opaque(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length === 0 || bytes.length > 255) throw new CoreError("COSIGNATURE_MALFORMED");
  return concat(Uint8Array.of(bytes.length), bytes);
}
