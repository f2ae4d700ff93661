// Entry bundles: up to 256 entries, each after its length in two bytes, big-endian. C2SP tlog-tiles § Log entries.
import { CoreError } from "../core-error.ts";
import { tileWidth } from "./tiles.ts";

// All that a length of two bytes can say.
const longestEntryBytes = 0xffff;

/** Writes entries as a bundle. Throws ENTRY_TOO_LONG, and ENTRY_BUNDLE_MALFORMED for none or more than 256. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (entries.length === 0 || entries.length > tileWidth) throw new CoreError("ENTRY_BUNDLE_MALFORMED");
  if (entries.some((entry) => entry.length > longestEntryBytes)) throw new CoreError("ENTRY_TOO_LONG");
  const bundle = new Uint8Array(entries.reduce((total, entry) => total + 2 + entry.length, 0));
  let offset = 0;
  for (const entry of entries) {
    bundle[offset] = entry.length >> 8;
    bundle[offset + 1] = entry.length & 0xff;
    bundle.set(entry, offset + 2);
    offset += 2 + entry.length;
  }
  return bundle;
}

/** Reads a bundle that must hold exactly `width` entries, as views of its bytes. Throws ENTRY_BUNDLE_MALFORMED. */
export function decodeEntryBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (entries.length < width) {
    const end = offset + 2 + (((bundle[offset] ?? 0) << 8) | (bundle[offset + 1] ?? 0));
    if (offset + 2 > bundle.length || end > bundle.length) throw new CoreError("ENTRY_BUNDLE_MALFORMED");
    entries.push(bundle.subarray(offset + 2, end));
    offset = end;
  }
  if (offset !== bundle.length) throw new CoreError("ENTRY_BUNDLE_MALFORMED");
  return entries;
}
