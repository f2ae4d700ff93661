// UIDs that are the same for the same seed and path. DICOM PS3.5 § 9, annex B.2; RFC 9562 § 5.8.
import { sha256, utf8 } from "@fiducial/core";
import { PhantomError } from "./phantom-error.ts";

/**
 * Returns `root` and a 128-bit number in decimal: the start of SHA-256 over seed and path, marked as a UUID of version 8, so that
 * 2.25 is a proper root for it. The highest bit is set, so that all numbers have 39 digits and one UID can be stamped over another.
 * Throws UID_ROOT_UNFIT.
 */
export function phantomUid(root: string, seed: string, path: string): string {
  if (!/^[0-2](\.(0|[1-9][0-9]*))+$/.test(root) || root.length > 24) throw new PhantomError("UID_ROOT_UNFIT");
  const digest = sha256(utf8(`${seed}\n${path}`));
  let number = 0n;
  for (const byte of digest.subarray(0, 16)) number = (number << 8n) | BigInt(byte);
  number = (number & ~(0xfn << 76n)) | (8n << 76n);
  number = (number & ~(3n << 62n)) | (2n << 62n) | (1n << 127n);
  return `${root}.${number}`;
}
