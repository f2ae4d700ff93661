// Why a frame has no canonical samples.

/** The typed data that each code carries. */
export interface PixelErrorData {
  /** Nothing trustworthy decodes this frame: the transfer syntax, this variant of it, or the codec could not be loaded. A comparison is undecided. */
  NO_CODEC: { readonly reason: "syntax" | "variant" | "loading" };
  /** The frame contradicts its description or itself: impossible attributes, wrong length, broken header, other dimensions, refused by its codec. */
  PIXEL_DATA_INVALID: { readonly reason: "description" | "length" | "header" | "mismatch" | "refused" };
  /** Decoding would need more memory than allowed, in bytes. */
  PIXEL_DATA_TOO_LARGE: { readonly sizeBytes: number; readonly limitBytes: number };
}

/** The closed set of reasons. */
export type PixelErrorCode = keyof PixelErrorData;

const sentences: Readonly<Record<PixelErrorCode, string>> = {
  NO_CODEC: "No trustworthy decoder for this frame.",
  PIXEL_DATA_INVALID: "The pixel data contradicts its description.",
  PIXEL_DATA_TOO_LARGE: "The decoded frame would exceed the size limit.",
};

/** Reports by `code` why a frame could not be brought to canonical samples; never says anything of its content. */
export class PixelError<Code extends PixelErrorCode = PixelErrorCode> extends Error {
  override readonly name = "PixelError";
  readonly code: Code;
  readonly data: PixelErrorData[Code];

  constructor(code: Code, data: PixelErrorData[Code]) {
    super(sentences[code]);
    this.code = code;
    this.data = data;
  }
}

/** Makes the error for a frame that nothing trustworthy decodes. */
export function noCodec(reason: PixelErrorData["NO_CODEC"]["reason"]): PixelError<"NO_CODEC"> {
  return new PixelError("NO_CODEC", { reason });
}

/** Makes the error for a frame that contradicts its description or itself. */
export function invalidPixels(
  reason: PixelErrorData["PIXEL_DATA_INVALID"]["reason"],
): PixelError<"PIXEL_DATA_INVALID"> {
  return new PixelError("PIXEL_DATA_INVALID", { reason });
}
