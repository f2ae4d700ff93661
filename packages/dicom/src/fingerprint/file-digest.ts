// The digest of a file's exact bytes, by itself: whoever knows it already need not look into the object. docs/formats/fingerprints.md.
import { sha256, toHex } from "@fiducial/core";
import type { ByteSource } from "../reading/byte-source.ts";
import { teeing } from "./teeing-source.ts";

/** Returns `file` of the fingerprint of what is in `source`, lower-case hex; of anything, be it an object or not. Throws SOURCE_CHANGED. */
export async function fileDigest(source: ByteSource): Promise<string> {
  return toHex(source.bytes === undefined ? await teeing(source).digest() : sha256(source.bytes));
}
