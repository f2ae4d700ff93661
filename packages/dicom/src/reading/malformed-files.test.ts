// Every malformed file of the shared data is taken, with these notes, or refused, with this code.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { bytesSource } from "./byte-source.ts";

/** What becomes of each: a code, or the notes with which it is taken. */
const outcomes: Readonly<Record<string, string | readonly string[]>> = {
  "bad-meta.dcm": [],
  // Its SOP Instance UID is a hash in hex.
  "bad-sequence.dcm": "UID_MALFORMED",
  "bad-vr-values.dcm": ["NUMBER_OF_FRAMES_INVALID", "PIXEL_DATA_EXCESS", "SOP_UID_DIFFERS_FROM_META"],
  "bigendian-no-meta.dcm": ["NO_META"],
  "deflated-sq.dcm": [],
  "embedded-delimiter.dcm": [],
  // The head of a sequence is missing, its items are not.
  "gh364.dcm": "MALFORMED_ELEMENT",
  "invalid-vr-length.dcm": [],
  "m-deep-nesting.dcm": "NESTED_TOO_DEEP",
  "m-deflate-bomb.dcm": "DEFLATE_BOMB",
  "m-huge-length.dcm": "TRUNCATED",
  "m-no-sop-instance-uid.dcm": "NO_SOP_INSTANCE_UID",
  "m-not-dicom.dcm": "NOT_DICOM",
  "m-preamble-only.dcm": "TRUNCATED",
  "m-trailing-garbage.dcm": ["TRAILING_BYTES"],
  "m-trailing-padding.dcm": ["DUPLICATE_ELEMENT"],
  "m-uid-mismatch.dcm": ["SOP_UID_DIFFERS_FROM_META"],
  "m-unordered-duplicate.dcm": ["DUPLICATE_ELEMENT", "NO_SERIES_UID", "NO_STUDY_UID", "OUT_OF_ORDER"],
  "m-zero-bytes.dcm": "EMPTY_FILE",
  // These four are data sets without a SOP Instance UID.
  "meta-no-group-length.dcm": "NO_SOP_INSTANCE_UID",
  "meta-no-transfer-syntax.dcm": "NO_SOP_INSTANCE_UID",
  "nested-private-sq.dcm": "NO_SOP_INSTANCE_UID",
  "un-sequence.dcm": "NO_SOP_INSTANCE_UID",
  "mg-length-error.dcm": ["EXPLICIT_IN_UNKNOWN"],
  "no-meta-length.dcm": ["META_GROUP_LENGTH_MISSING", "SOP_UID_DIFFERS_FROM_META"],
  // One stray byte stands before its first element.
  "no-preamble-no-meta.dcm": "NOT_DICOM",
  "odd-length-fragment.dcm": [],
  "rle-fragments.dcm": [],
  "too-few-frames.dcm": ["PIXEL_DATA_TRUNCATED"],
  "truncated-pixel.dcm": ["FRAMES_FEWER_THAN_ANNOUNCED", "PIXEL_DATA_TRUNCATED"],
  "truncated-sequence.dcm": "TRUNCATED",
  "wrong-vr-cs-for-sq.dcm": ["SEQUENCE_NOT_READABLE"],
};

const data = sharedData();
const folder = data === undefined ? undefined : join(data, "dicom", "malformed");

test.skipIf(folder === undefined)("the table names every file", () => {
  expect(Object.keys(outcomes).sort()).toEqual(readdirSync(folder as string).sort());
});

test.skipIf(folder === undefined).each(Object.entries(outcomes))("%s", async (name, expected) => {
  const bytes = readFileSync(join(folder as string, name));
  const outcome = await fingerprint(bytesSource(bytes)).then(
    (object) => object.fingerprint.notes,
    (error) => error.code,
  );
  expect(outcome).toEqual(expected);
});
