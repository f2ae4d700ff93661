// Bytes behind the frames announced: no sample is of them, and yet somebody may look at them.
import { expect, test } from "vitest";
import { encoded, native } from "../../../../vectors/fingerprints/compared-objects.ts";
import { type FingerprintedObject, fingerprint } from "../fingerprint/fingerprint.ts";
import type { PixelDecoder } from "../pixels/pixel-decoder.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { type Comparison, compare } from "./comparison.ts";

/** Decodes "=xxxx" to xxxx. */
const decoder: PixelDecoder = { canonicalFrame: async (_, frame) => frame.subarray(1, 5) };
const read = (bytes: Uint8Array): Promise<FingerprintedObject> => fingerprint(bytesSource(bytes), { decoder });
const verdict = async (registered: Uint8Array, candidate: Uint8Array): Promise<Comparison> => {
  const object = await read(registered);
  return compare([{ fingerprint: object.fingerprint, attributes: object }], await read(candidate));
};

test.each([
  ["another second picture", native("abcdefgh"), native("abcdEFGH")],
  ["a second picture that nobody registered", native("abcd"), native("abcdefgh")],
  ["a second picture that is gone", native("abcdefgh"), native("abcd")],
  ["a second picture that is gone with the encoding", native("abcdefgh"), encoded("=abcd")],
])("%s, where one frame is announced, is not harmless", async (_, registered, candidate) => {
  expect(await verdict(registered, candidate)).toMatchObject({ verdict: "same-pixels", harmless: false });
});

test("the announced frame alone, encoded anew, is harmless", async () => {
  expect(await verdict(native("abcd"), encoded("=abcd"))).toMatchObject({ verdict: "same-pixels", harmless: true });
  expect(await verdict(encoded("=abcd"), native("abcd"))).toMatchObject({ verdict: "same-pixels", harmless: true });
});
