import { expect, test } from "vitest";
import { equalityOf } from "./fingerprint-equality.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)];
const digests = (frames: string | null, pixels: string | null) => ({ file: a, dataset: a, frames, pixels });

test.each([
  ["both told", digests(a, a), digests(a, a), true, true],
  ["encoded otherwise", digests(b, a), digests(a, a), false, true],
  ["other samples", digests(b, b), digests(a, a), false, false],
  ["no pixel data", digests(null, null), digests(null, null), undefined, undefined],
  ["pixel data taken away", digests(null, null), digests(a, a), false, false],
  ["samples untold, here and then", digests(a, null), digests(a, null), true, undefined],
  ["samples untold here", digests(a, null), digests(a, a), true, undefined],
  ["samples untold then", digests(b, b), digests(a, null), false, undefined],
])("%s", (_, made, registered, frames, pixels) => {
  expect(equalityOf("file", made, registered)).toBe(true);
  expect(equalityOf("frames", made, registered)).toBe(frames);
  expect(equalityOf("pixels", made, registered)).toBe(pixels);
});
