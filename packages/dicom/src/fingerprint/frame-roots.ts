// The Merkle roots over the frames: as encoded, and as samples. docs/formats/fingerprints.md § Frames, § Pixels; RFC 9162 § 2.1.
import { appendLeaf, emptyEdge, leafHash, type TreeEdge, treeRoot } from "@fiducial/core";
import { newHasher } from "#hasher";
import { PixelError } from "../pixels/pixel-error.ts";
import type { ByteSource } from "../reading/byte-source.ts";
import { frameBytes, frameInMemory, framePieces, frameSize } from "./frame-bytes.ts";
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
    const wanted = index < layout.pictures && typeof pixels !== "string";
    const { leaf, samplesLeaf } = await frameLeaves(content, layout, index, wanted ? samples : undefined);
    frames = appendLeaf(frames, leaf);
    if (samplesLeaf !== undefined && typeof pixels !== "string") pixels = appended(pixels, samplesLeaf);
  }
  return { frames: treeRoot(frames), pixels: typeof pixels === "string" ? pixels : treeRoot(pixels) };
}

interface FrameLeaves {
  readonly leaf: Uint8Array;
  readonly samplesLeaf?: Uint8Array | PixelsUnavailable;
}

async function frameLeaves(
  content: ByteSource,
  layout: FrameLayout,
  index: number,
  samples: SampleSource | undefined,
): Promise<FrameLeaves> {
  if (samples?.way !== "decode" || frameSize(layout, index) > longestDecodedFrame) {
    const leaf = await pieceLeaf(content, layout, index);
    if (samples === undefined) return { leaf };
    return { leaf, samplesLeaf: samples.way === "as-they-stand" ? leaf : "PIXEL_DATA_TOO_LARGE" };
  }
  const frame = await frameBytes(content, layout, index);
  const leaf = leafHash(frame);
  try {
    const decoded = await samples.decode(frame);
    return { leaf, samplesLeaf: decoded === frame ? leaf : leafHash(decoded) };
  } catch (error) {
    if (error instanceof PixelError) return { leaf, samplesLeaf: error.code };
    throw error;
  }
}

function appended(edge: TreeEdge, leaf: Uint8Array | PixelsUnavailable): TreeEdge | PixelsUnavailable {
  return typeof leaf === "string" ? leaf : appendLeaf(edge, leaf);
}

async function pieceLeaf(content: ByteSource, layout: FrameLayout, index: number): Promise<Uint8Array> {
  const standing = frameInMemory(content, layout, index);
  if (standing !== undefined) return leafHash(standing);
  const hasher = newHasher();
  hasher.update(leafPrefix);
  for await (const piece of framePieces(content, layout, index)) hasher.update(piece);
  return hasher.digest();
}
