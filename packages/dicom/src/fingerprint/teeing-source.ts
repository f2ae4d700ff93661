// Hashes a source while it is read for other purposes, so that a large file is read through only once.
import { newHasher } from "#hasher";
import { type ByteSource, chunkBytes } from "../reading/byte-source.ts";

/** A source that hashes what passes, and what it is made for: the digest of all bytes. */
export interface Teeing {
  readonly source: ByteSource;
  /** Reads what was not read yet and returns the digest of all. Throws SOURCE_CHANGED. */
  digest(): Promise<Uint8Array>;
}

/** Makes reading `source` forward hash it too. Reading backward is fine and costs nothing. */
export function teeing(source: ByteSource): Teeing {
  const hasher = newHasher();
  let hashed = 0;
  const advance = async (end: number): Promise<void> => {
    while (hashed < end) take(hashed, await source.read(hashed, Math.min(chunkBytes, end - hashed)));
  };
  const take = (offset: number, bytes: Uint8Array): void => {
    const end = offset + bytes.length;
    if (end <= hashed) return;
    hasher.update(bytes.subarray(hashed - offset));
    hashed = end;
  };
  return {
    source: {
      ...source,
      read: async (offset, length) => {
        await advance(Math.min(offset, source.size));
        const bytes = await source.read(offset, length);
        take(offset, bytes);
        return bytes;
      },
    },
    digest: async () => {
      await advance(source.size);
      return hasher.digest();
    },
  };
}
