// What goes wrong with a multipart body.

/** Every code, with what it says. */
export const multipartErrors = {
  BOUNDARY_INVALID: "There is no boundary, or one that RFC 2046 does not allow.",
  MULTIPART_MALFORMED: "A boundary is not followed by a line's end, or a part has no header that can be read.",
  PART_HEADER_TOO_LARGE: "The header of a part is longer than this reader takes.",
  TOO_MANY_PARTS: "There are more parts than this reader takes.",
  MULTIPART_BROKEN_OFF: "The body ends before its closing boundary.",
} as const satisfies Readonly<Record<string, string>>;

/** Names what is wrong with a multipart body. */
export type MultipartErrorCode = keyof typeof multipartErrors;

/** Thrown for a multipart body that cannot be read without doubt. Says nothing of its content. */
export class MultipartError extends Error {
  readonly code: MultipartErrorCode;

  constructor(code: MultipartErrorCode) {
    super(multipartErrors[code]);
    this.name = "MultipartError";
    this.code = code;
  }
}
