// The fingerprint of an object: digests by which it can be told later what of it changed. docs/formats/fingerprints.md.
import { sha256, toHex } from "@fiducial/core";
import { type Header, headerOf } from "../header/header.ts";
import type { PixelDecoder } from "../pixels/pixel-decoder.ts";
import type { ByteSource } from "../reading/byte-source.ts";
import { defaultLimits, type ReadingLimits } from "../reading/limits.ts";
import type { ReadingNote } from "../reading/notes.ts";
import { readObject } from "../reading/object.ts";
import { readBulkValues } from "./bulk-values.ts";
import { canonicalHeader } from "./canonical-header.ts";
import { datasetDigest } from "./dataset-digest.ts";
import { type FrameLayout, layOutFrames } from "./frame-layout.ts";
import { type FrameRoots, frameRoots } from "./frame-roots.ts";
import { type PixelsUnavailable, sampleSource } from "./pixel-samples.ts";
import { teeing } from "./teeing-source.ts";

/** The digests of an object (lower-case hex), and what they depend on. `attributes` is separate, since it needs a salt: saltedAttributes. */
export interface Fingerprint {
  /** Of the exact bytes. */
  readonly file: string;
  /** Of the canonical header and the frames. */
  readonly dataset: string;
  /** Of the frames as encoded; null without pixel data. */
  readonly frames: string | null;
  /** Leaves under `frames`; 0 without pixel data. */
  readonly frameCount: number;
  /** Of the frames as samples; null without pixel data, or when `pixelsUnavailable` says why. */
  readonly pixels: string | null;
  readonly pixelsUnavailable?: PixelsUnavailable;
  readonly transferSyntaxUid: string;
  readonly sizeBytes: number;
  /** What was odd, sorted. */
  readonly notes: readonly ReadingNote[];
}

/** An object, fingerprinted: what goes into a record, what is worth knowing of its header, and what the vault keeps of it. */
export interface FingerprintedObject {
  readonly fingerprint: Fingerprint;
  readonly header: Header;
  /** Gives the attributes' digests later, under any salt. Holds patient data: it belongs into the vault, compressed. */
  readonly canonicalHeader: Uint8Array;
}

/** What fingerprinting can be told. */
export interface FingerprintOptions {
  readonly limits?: Partial<ReadingLimits>;
  /** Decodes compressed frames, so that `pixels` can be told of them. */
  readonly decoder?: PixelDecoder;
}

/** Reads and fingerprints the object in `source`. Throws DicomError, as readObject does. */
export async function fingerprint(
  source: ByteSource,
  { limits = {}, decoder }: FingerprintOptions = {},
): Promise<FingerprintedObject> {
  const object = await readObject(source, limits);
  const layout = await layOutFrames(object, limits.frames ?? defaultLimits.frames);
  const tee = source.bytes === undefined ? teeing(source) : undefined;
  const content = object.content === source && tee !== undefined ? tee.source : object.content;
  const bulk = await readBulkValues(content, object.bulk);
  const header = canonicalHeader(object.dataSet, { store: object.store, bulk });
  const roots = layout && (await frameRoots(content, layout, sampleSource(object.transferSyntaxUid, layout, decoder)));
  const file = tee === undefined ? sha256(source.bytes ?? new Uint8Array(0)) : await tee.digest();
  return {
    fingerprint: {
      file: toHex(file),
      dataset: toHex(datasetDigest(header, layout?.pixelData.tag, roots?.frames)),
      ...frameFields(layout, roots),
      transferSyntaxUid: object.transferSyntaxUid,
      sizeBytes: source.size,
      notes: [...object.notes, ...(layout?.notes ?? [])].sort(),
    },
    header: headerOf(header, object.transferSyntaxUid),
    canonicalHeader: header,
  };
}

function frameFields(
  layout: FrameLayout | undefined,
  roots: FrameRoots | undefined,
): Pick<Fingerprint, "frames" | "frameCount" | "pixels" | "pixelsUnavailable"> {
  if (layout === undefined || roots === undefined) return { frames: null, frameCount: 0, pixels: null };
  const frames = { frames: toHex(roots.frames), frameCount: layout.count };
  if (typeof roots.pixels === "string") return { ...frames, pixels: null, pixelsUnavailable: roots.pixels };
  return { ...frames, pixels: roots.pixels === roots.frames ? frames.frames : toHex(roots.pixels) };
}
