// The way of a frame: its description is checked, its encoding undone, its samples made canonical.
import { canonicalSamples } from "./canonical-samples.ts";
import { inflateFrame } from "./deflated-frame.ts";
import type { FrameCodec } from "./encoded-frame.ts";
import { nativeSamples } from "./native-frame.ts";
import { checkDescription, defaultLimitBytes, type PixelDescription } from "./pixel-description.ts";
import { noCodec } from "./pixel-error.ts";
import { decodeRle } from "./rle.ts";
import { frameEncoding } from "./transfer-syntaxes.ts";

/** Brings frames to canonical samples. */
export interface PixelDecoder {
  /**
   * Returns the canonical samples of one frame. Native frames begin in the first byte's lowest bit, in the byte order of their syntax; of encapsulated ones give the fragments, end to end.
   * The result may share memory with `encoded`. Throws NO_CODEC, PIXEL_DATA_INVALID or PIXEL_DATA_TOO_LARGE, and nothing else.
   */
  canonicalFrame(description: PixelDescription, encoded: Uint8Array): Promise<Uint8Array>;
}

/** What a decoder can be told. */
export interface PixelDecoderOptions {
  /** The most bytes that a decoded frame may take. */
  readonly limitBytes?: number;
  /** Supplies the WebAssembly module of the codecs where it is not in its usual place. */
  readonly loadCodecBytes?: () => Promise<BufferSource>;
}

/** Makes a decoder. It loads codecs at the first frame that needs one, and keeps one instance of them, so share it rather than make many. */
export function createPixelDecoder(options: PixelDecoderOptions = {}): PixelDecoder {
  const { limitBytes = defaultLimitBytes, loadCodecBytes } = options;
  let codec: Promise<FrameCodec> | undefined;

  const frameCodec = async (): Promise<FrameCodec> => {
    try {
      codec ??= import("./encoded-frame.ts").then(({ createFrameCodec }) => createFrameCodec(loadCodecBytes));
      return await codec;
    } catch {
      codec = undefined;
      throw noCodec("loading");
    }
  };

  return {
    async canonicalFrame(description, encoded) {
      const encoding = frameEncoding(description.transferSyntaxUid);
      if (encoding === undefined) throw noCodec("syntax");
      checkDescription(description, limitBytes);
      switch (encoding) {
        case "native":
        case "native-big-endian":
          return nativeSamples(description, encoded, encoding === "native-big-endian");
        case "deflated":
          return nativeSamples(description, inflateFrame(description, encoded), false);
        case "rle":
          return canonicalSamples(description, decodeRle(description, encoded));
        default:
          return canonicalSamples(description, await (await frameCodec())(encoding, description, encoded));
      }
    },
  };
}
