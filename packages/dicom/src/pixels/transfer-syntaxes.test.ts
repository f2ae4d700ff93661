import { expect, test } from "vitest";
import { frameEncoding, lossiness } from "./transfer-syntaxes.ts";

const dicom = "1.2.840.10008.1.2";

test.each([
  "",
  ".1",
  ".1.98",
  ".1.99",
  ".2",
  ".5",
  ".8.1",
  ".4.57",
  ".4.70",
  ".4.80",
  ".4.90",
  ".4.110",
  ".4.201",
  ".4.202",
])("1.2.840.10008.1.2%s keeps samples exactly", (last) => {
  expect(lossiness(dicom + last)).toBe("lossless");
  expect(frameEncoding(dicom + last)).toBeDefined();
});

test.each([".4.50", ".4.51", ".4.111"])("1.2.840.10008.1.2%s never does", (last) => {
  expect(lossiness(dicom + last)).toBe("lossy");
});

test.each([".4.81", ".4.91", ".4.112", ".4.203"])("1.2.840.10008.1.2%s leaves it to the encoder", (last) => {
  expect(lossiness(dicom + last)).toBe("either");
});

test.each([
  [".4.55", "lossy"],
  [".4.66", "lossless"],
  [".4.92", "lossless"],
  [".4.93", "either"],
  [".4.94", "either"],
  [".4.102", "lossy"],
  [".4.102.1", "lossy"],
  [".4.108", "lossy"],
  [".7.1", "unknown"],
])("1.2.840.10008.1.2%s is known as %s, though nothing decodes it", (last, expected) => {
  expect(lossiness(dicom + last)).toBe(expected);
  expect(frameEncoding(dicom + last)).toBeUndefined();
});
