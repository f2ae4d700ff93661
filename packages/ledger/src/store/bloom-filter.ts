// A Bloom filter over 52-bit fingerprints: tells cheaply that a key is not in a run. About 1 % of absent keys pass.

/** A filter whose bytes can be stored. */
export interface BloomFilter {
  readonly bytes: Uint8Array;
  add(key: number): void;
  mayHold(key: number): boolean;
}

const bitsPerKey = 10;
const probes = 7;

/** Makes an empty filter for `source` keys, or one out of stored bytes. */
export function bloomFilter(source: number | Uint8Array): BloomFilter {
  const bytes = typeof source === "number" ? new Uint8Array(Math.max(8, Math.ceil((source * bitsPerKey) / 8))) : source;
  const bits = bytes.length * 8;
  // Keys are digests' bits already, so two halves of the key give all probes (Kirsch and Mitzenmacher).
  const step = (key: number) => (Math.floor(key / 0x400_0000) | 1) >>> 0;
  return {
    bytes,
    add: (key) => {
      const stride = step(key);
      for (let probe = 0, at = remainder(key, bits); probe < probes; probe++, at = remainder(at + stride, bits))
        bytes[at >>> 3] = (bytes[at >>> 3] as number) | (1 << (at & 7));
    },
    mayHold: (key) => {
      const stride = step(key);
      for (let probe = 0, at = remainder(key, bits); probe < probes; probe++, at = remainder(at + stride, bits)) {
        if (((bytes[at >>> 3] as number) & (1 << (at & 7))) === 0) return false;
      }
      return true;
    },
  };
}

// As `value % bits`, of which the machine knows nothing when the numbers are larger than 32 bits. Exact: every number here is below 2^53.
function remainder(value: number, bits: number): number {
  const rest = value - Math.floor(value / bits) * bits;
  return rest < 0 ? rest + bits : rest >= bits ? rest - bits : rest;
}
