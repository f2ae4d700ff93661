// Deflated Image Frame Compression: each frame is a raw deflate stream of the native frame. DICOM PS3.5 § A.4.13, RFC 1951.
import { Inflate } from "fflate";
import { nativeFrameBytes, type PixelDescription } from "./pixel-description.ts";
import { invalidPixels, PixelError } from "./pixel-error.ts";

// Deflate grows a byte to 1,032 at most, so a step never holds more than 8 MiB beyond the frame.
const stepBytes = 8192;

/** Inflates a frame to native little-endian bytes, without padding, stopping as soon as it holds too many. Throws PIXEL_DATA_INVALID: refused (no deflate stream), length. */
export function inflateFrame(description: PixelDescription, encoded: Uint8Array): Uint8Array {
  const size = nativeFrameBytes(description);
  const frame = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    // One byte more is padding to even length; any more is another picture.
    if (filled + chunk.length > size + 1) throw invalidPixels("length");
    frame.set(chunk.subarray(0, size - filled), filled);
    filled += chunk.length;
  });
  for (let start = 0; start < encoded.length; start += stepBytes)
    push(inflate, encoded.subarray(start, start + stepBytes), start + stepBytes >= encoded.length);
  if (filled < size) throw invalidPixels("length");
  return frame;
}

function push(inflate: Inflate, chunk: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(chunk, isLast);
  } catch (error) {
    if (error instanceof PixelError) throw error;
    throw invalidPixels("refused");
  }
}
