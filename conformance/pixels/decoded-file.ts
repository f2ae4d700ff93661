// The canonical samples of every frame of a file, by the whole way of the product: read, cut into frames, decode.

import { readFileSync } from "node:fs";
import { frameBytes } from "../../packages/dicom/src/fingerprint/frame-bytes.ts";
import { layOutFrames } from "../../packages/dicom/src/fingerprint/frame-layout.ts";
import { sampleSource } from "../../packages/dicom/src/fingerprint/pixel-samples.ts";
import { createPixelDecoder } from "../../packages/dicom/src/pixels/pixel-decoder.ts";
import { containerBytes, type PixelDescription } from "../../packages/dicom/src/pixels/pixel-description.ts";
import { bytesSource } from "../../packages/dicom/src/reading/byte-source.ts";
import { readObject } from "../../packages/dicom/src/reading/object.ts";

/** What became of a file: the samples of its frames, or why there are none. */
export interface DecodedFile {
  readonly transferSyntaxUid: string;
  readonly frames: readonly Uint8Array[];
  /** Bytes of a sample. */
  readonly sampleBytes: number;
  readonly why?: string;
}

const decoder = createPixelDecoder();

/** Decodes the file at `path`; undefined when it has no pixel data. */
export async function decodedFile(path: string): Promise<DecodedFile | undefined> {
  const object = await readObject(bytesSource(readFileSync(path)));
  const layout = await layOutFrames(object);
  if (layout === undefined) return undefined;
  const { transferSyntaxUid, content } = object;
  const floats = layout.pixelData.tag === 0x7fe00008 ? { floatBits: 32 as const } : {};
  const file = { transferSyntaxUid, sampleBytes: containerBytes({ ...layout.format, ...floats } as PixelDescription) };
  const samples = sampleSource(transferSyntaxUid, layout, decoder);
  if (samples.way === "none") return { ...file, frames: [], why: samples.why };
  const frames: Uint8Array[] = [];
  for (let index = 0; index < layout.pictures; index++) {
    const frame = await frameBytes(content, layout, index);
    try {
      frames.push(samples.way === "decode" ? await samples.decode(frame) : frame);
    } catch (error) {
      return { ...file, frames: [], why: (error as { code: string }).code };
    }
  }
  return { ...file, frames };
}
