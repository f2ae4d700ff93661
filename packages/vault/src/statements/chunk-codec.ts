// How many things are packed into one chunk: framed or as JSON, then compressed by Zstandard (RFC 8878). Compressed first, encrypted after.
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { canonicalJson, concat, type Json, utf8, utf8Decode } from "@fiducial/core";

/** The most things in one chunk: reading one thing unpacks no more than these. */
export const largestChunk = 256;

/** A chunk of byte strings is closed when it has grown to this many bytes, which is also how far back compression looks. */
export const largestChunkBytes = 8 * 1024 * 1024;

/** Packs JSON values. */
export function packJson(items: readonly Json[]): Uint8Array {
  return zstdCompressSync(utf8(canonicalJson(items)), { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
}

/** Unpacks what `packJson` made, or returns undefined when it is not that. */
export function unpackJson(packed: Uint8Array): readonly Json[] | undefined {
  const text = utf8Decode(unpacked(packed) ?? new Uint8Array());
  try {
    const items = JSON.parse(text ?? "") as Json;
    return Array.isArray(items) ? items : undefined;
  } catch {
    return undefined;
  }
}

/** Packs byte strings: four bytes of length, big-endian, before each. The headers of a series are nearly alike, so matches are sought far back. */
export function packBytes(items: readonly Uint8Array[]): Uint8Array {
  const framed = concat(...items.flatMap((item) => [lengthOf(item), item]));
  const params = {
    [constants.ZSTD_c_compressionLevel]: 6,
    [constants.ZSTD_c_windowLog]: Math.log2(largestChunkBytes),
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  };
  return zstdCompressSync(framed, { params });
}

/** Unpacks what `packBytes` made, or returns undefined when it is not that. */
export function unpackBytes(packed: Uint8Array): Uint8Array[] | undefined {
  const framed = unpacked(packed);
  if (framed === undefined) return undefined;
  const view = new DataView(framed.buffer, framed.byteOffset, framed.length);
  const items: Uint8Array[] = [];
  for (let at = 0; at < framed.length; ) {
    const end = at + 4 + (at + 4 <= framed.length ? view.getUint32(at) : framed.length);
    if (end > framed.length) return undefined;
    items.push(new Uint8Array(framed.subarray(at + 4, end)));
    at = end;
  }
  return items;
}

function unpacked(packed: Uint8Array): Uint8Array | undefined {
  try {
    return zstdDecompressSync(packed);
  } catch {
    return undefined;
  }
}

function lengthOf(item: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, item.length);
  return bytes;
}
