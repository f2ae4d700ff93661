// The Merkle roots over the frames: as encoded, and as samples. docs/formats/fingerprints.md § Frames, § Pixels; RFC 9162 § 2.1.
import { appendLeaf, emptyEdge, leafHash, type TreeEdge, treeRoot } from "@fiducial/core";
import { newHasher } from "#hasher";
import { PixelError } from "../pixels/pixel-error.ts";
import type { ByteSource } from "../reading/byte-source.ts";
import { frameBytes, framePieces, frameSize } from "./frame-bytes.ts";
import type { FrameLayout } from "./frame-layout.ts";
import type { PixelsUnavailable, SampleSource } from "./pixel-samples.ts";

/** The two roots, 32 bytes each; without the second, why. */
export interface FrameRoots {
  readonly frames: Uint8Array;
  readonly pixels: Uint8Array | PixelsUnavailable;
}

const leafPrefix = Uint8Array.of(0);
/** A frame that is decoded is in memory whole, and its samples too. */
const longestDecodedFrame = 2 ** 30;

/** Hashes every frame as it is, and again as samples where those are other bytes. Throws SOURCE_CHANGED. */
export async function frameRoots(content: ByteSource, layout: FrameLayout, samples: SampleSource): Promise<FrameRoots> {
  let frames: TreeEdge = emptyEdge;
  let pixels: TreeEdge | PixelsUnavailable = samples.way === "none" ? samples.why : emptyEdge;
  for (let index = 0; index < layout.count; index++) {
    // What is left over behind the last picture counts as a frame, but is none.
    const isPicture = index < layout.pictures && typeof pixels !== "string";
    const frame = isPicture && samples.way === "decode" ? await wholeFrame(content, layout, index) : undefined;
    const leaf = frame instanceof Uint8Array ? leafHash(frame) : await frameLeaf(content, layout, index);
    frames = appendLeaf(frames, leaf);
    if (typeof pixels === "string" || !isPicture) continue;
    const sample = frame === undefined ? leaf : await samplesLeaf(samples, frame, leaf);
    pixels = typeof sample === "string" ? sample : appendLeaf(pixels, sample);
  }
  return { frames: treeRoot(frames), pixels: typeof pixels === "string" ? pixels : treeRoot(pixels) };
}

async function wholeFrame(
  content: ByteSource,
  layout: FrameLayout,
  index: number,
): Promise<Uint8Array | PixelsUnavailable> {
  return frameSize(layout, index) > longestDecodedFrame ? "PIXEL_DATA_TOO_LARGE" : frameBytes(content, layout, index);
}

async function samplesLeaf(
  samples: SampleSource,
  frame: Uint8Array | PixelsUnavailable,
  leaf: Uint8Array,
): Promise<Uint8Array | PixelsUnavailable> {
  if (typeof frame === "string" || samples.way !== "decode") return typeof frame === "string" ? frame : leaf;
  try {
    const decoded = await samples.decode(frame);
    return decoded === frame ? leaf : leafHash(decoded);
  } catch (error) {
    if (error instanceof PixelError) return error.code;
    throw error;
  }
}

async function frameLeaf(content: ByteSource, layout: FrameLayout, index: number): Promise<Uint8Array> {
  const hasher = newHasher();
  hasher.update(leafPrefix);
  for await (const piece of framePieces(content, layout, index)) hasher.update(piece);
  return hasher.digest();
}
