// Why checking a file against a receipt comes to no good end, beyond what reading the file and verifying the receipt say themselves.

/** Codes with their sentences. docs/errors.md is made of this. */
export const checkFaults = {
  OBJECT_RECORD_MALFORMED: "An object's record in the receipt has another form than it should.",
  ATTRIBUTES_NOT_REGISTERED:
    "The attributes' digests in the receipt are not those that the object's record commits to.",
  OBJECT_NOT_IN_RECEIPT: "The receipt says nothing of this object. Ask for the receipt of the study that holds it.",
  SIGNING_KEY_NOT_SHOWN: "The receipt does not show the key that signed the statement.",
  LOSSY_DECODERS_DIFFER:
    "A lossy encoding decodes a little differently everywhere. Compare a copy in the registered encoding.",
  ATTRIBUTES_UNKNOWN:
    "The receipt does not show which attributes were registered. Ask for one that shows them (`fiducial receipt` without --no-attributes).",
} as const satisfies Readonly<Record<string, string>>;
export type CheckFault = keyof typeof checkFaults;
