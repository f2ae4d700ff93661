import { expect, test } from "vitest";
import { findingTone } from "./finding-tone.ts";

test.each([
  ["COPY_ALTERED", "fails"],
  ["DEVICE_NOT_NAMED", "neutral"],
  ["DEVICE_UNKNOWN", "differs"],
  ["SOMETHING_NEWER", "differs"],
])("%s is shown as %s", (code, tone) => {
  expect(findingTone(code)).toBe(tone);
});
