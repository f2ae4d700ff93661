// Why a frame has no canonical samples.

const sendAgain =
  "Fetch or send the object again; if it stays like this, keep the file and ask the sending system's vendor.";

/** Every code, as sentences. */
export const pixelErrors = {
  NO_CODEC: {
    says: "Nothing at hand decodes this frame exactly: not its transfer syntax, not this variant of it, or the codecs could not be loaded.",
    todo: "Compare a copy in another encoding, or ask the system that keeps the object for one.",
  },
  PIXEL_DATA_INVALID: { says: "The frame contradicts its description or itself.", todo: sendAgain },
  PIXEL_DATA_TOO_LARGE: {
    says: "Decoding the frame would take more memory than this decoder gives.",
    todo: "It is beyond what is read safely, whoever sends it. If it is sound, have its source write it anew, in smaller parts or another encoding.",
  },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly todo: string }>>;

/** Names why a frame was not decoded. */
export type PixelErrorCode = keyof typeof pixelErrors;

/** The typed data that each code carries. */
export interface PixelErrorData {
  /** The transfer syntax, this variant of it, or loading the codecs. */
  NO_CODEC: { readonly reason: "syntax" | "variant" | "loading" };
  /** Impossible attributes, a wrong number of bytes, a broken header, a header of another picture, or refused by its codec. */
  PIXEL_DATA_INVALID: { readonly reason: "description" | "length" | "header" | "mismatch" | "refused" };
  PIXEL_DATA_TOO_LARGE: { readonly sizeBytes: number; readonly limitBytes: number };
}

/** Thrown for a frame that could not be brought to canonical samples; says nothing of its content. */
export class PixelError<Code extends PixelErrorCode = PixelErrorCode> extends Error {
  readonly code: Code;
  readonly data: PixelErrorData[Code];

  constructor(code: Code, data: PixelErrorData[Code]) {
    super(pixelErrors[code].says);
    this.name = "PixelError";
    this.code = code;
    this.data = data;
  }
}

/** Makes the error for a frame that nothing at hand decodes exactly. */
export function noCodec(reason: PixelErrorData["NO_CODEC"]["reason"]): PixelError<"NO_CODEC"> {
  return new PixelError("NO_CODEC", { reason });
}

/** Makes the error for a frame that contradicts its description or itself. */
export function invalidPixels(
  reason: PixelErrorData["PIXEL_DATA_INVALID"]["reason"],
): PixelError<"PIXEL_DATA_INVALID"> {
  return new PixelError("PIXEL_DATA_INVALID", { reason });
}
