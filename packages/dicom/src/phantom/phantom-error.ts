// What goes wrong when a phantom is made or altered.

/** VALUE_UNFIT: a value does not fit its VR. UID_ROOT_UNFIT, START_UNFIT: an argument of `phantomStudies` is malformed. NOT_A_PHANTOM: bytes this package did not write. UID_LENGTH_DIFFERS: a new UID would move bytes. REGION_UNFIT: a region to erase lies outside the image. */
export type PhantomErrorCode =
  | "VALUE_UNFIT"
  | "UID_ROOT_UNFIT"
  | "START_UNFIT"
  | "NOT_A_PHANTOM"
  | "UID_LENGTH_DIFFERS"
  | "REGION_UNFIT";

/** Thrown for what cannot be made or altered; `tag` (eight hex digits) says where, when one is known. */
export class PhantomError extends Error {
  readonly code: PhantomErrorCode;
  readonly tag: string | undefined;

  constructor(code: PhantomErrorCode, tag?: string) {
    super(tag === undefined ? `No phantom: ${code}` : `No phantom: ${code} at ${tag}`);
    this.name = "PhantomError";
    this.code = code;
    this.tag = tag;
  }
}
