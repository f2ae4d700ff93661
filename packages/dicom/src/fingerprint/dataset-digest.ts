// The digest of a data set: its canonical header and its frames. docs/formats/fingerprints.md § Data set.
import { concat, sha256, utf8 } from "@fiducial/core";
import type { Tag } from "../dictionary/tag.ts";
import { schemes } from "./schemes.ts";

const domain = concat(utf8(schemes.dataset), Uint8Array.of(0));

/** Returns SHA-256(domain ‖ 0x00 ‖ pixels ‖ header), where pixels is 0x00, or 0x01 ‖ tag of the pixel data ‖ frames root. */
export function datasetDigest(header: Uint8Array, pixelDataTag?: Tag, framesRoot?: Uint8Array): Uint8Array {
  if (pixelDataTag === undefined || framesRoot === undefined) return sha256(domain, Uint8Array.of(0), header);
  const tag = Uint8Array.of(1, pixelDataTag >>> 24, pixelDataTag >>> 16, pixelDataTag >>> 8, pixelDataTag);
  return sha256(domain, tag, framesRoot, header);
}
