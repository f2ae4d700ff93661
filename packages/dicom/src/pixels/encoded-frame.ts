// Decodes frames that need a codec. Only ever imported when such a frame is met, so that a page that decodes none loads none of this.
import { loadCodecBytes } from "#codec-bytes";
import type { SampleCells } from "./canonical-samples.ts";
import { type CodecHost, startCodecHost } from "./codec-host.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { noCodec, PixelError } from "./pixel-error.ts";
import { type CodecEncoding, finishFrame, prepareFrame } from "./prepared-frame.ts";

/** Decodes one encoded frame into cells. Throws NO_CODEC, PIXEL_DATA_INVALID or PIXEL_DATA_TOO_LARGE. */
export type FrameCodec = (
  encoding: CodecEncoding,
  description: PixelDescription,
  encoded: Uint8Array,
) => Promise<SampleCells>;

// The module can address 2 GiB: for the encoded frame and for everything made of it.
const longestFrame = 256 * 1024 * 1024;

/** Makes a codec that compiles its module at the first frame and replaces its instance after each failure. `loadBytes` supplies the module where the usual place does not. */
export function createFrameCodec(loadBytes: () => Promise<BufferSource> = loadCodecBytes): FrameCodec {
  let module: Promise<WebAssembly.Module> | undefined;
  let host: Promise<CodecHost> | undefined;

  const start = async (): Promise<CodecHost> => {
    module ??= loadBytes().then((bytes) => WebAssembly.compile(bytes));
    return startCodecHost(await module);
  };

  const currentHost = async (): Promise<CodecHost> => {
    try {
      host ??= start();
      return await host;
    } catch {
      // The next frame may try again: what failed may have been the network.
      module = undefined;
      host = undefined;
      throw noCodec("loading");
    }
  };

  return async (encoding, description, encoded) => {
    if (encoded.length > longestFrame)
      throw new PixelError("PIXEL_DATA_TOO_LARGE", { sizeBytes: encoded.length, limitBytes: longestFrame });
    const frame = prepareFrame(encoding, description, encoded);
    let codec = await currentHost();
    // Another frame may have spent the instance while this one waited for it. From here to the samples nothing waits.
    while (codec.isSpent()) {
      host = undefined;
      codec = await currentHost();
    }
    return finishFrame(frame, codec.decode(frame.task, frame.encoded));
  };
}
