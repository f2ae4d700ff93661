import { expect, test } from "vitest";
import type { PixelDescription } from "./pixel-description.ts";
import { readableSamples } from "./readable.ts";

const description: PixelDescription = {
  transferSyntaxUid: "1.2.840.10008.1.2.1",
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  pixelRepresentation: 1,
  planarConfiguration: 0,
  photometricInterpretation: "MONOCHROME2",
  numberOfFrames: 1,
};

test.each([
  ["signed 8 bits", { bitsStored: 8 }, [0xff, 1], Int8Array.of(-1, 1)],
  ["unsigned 8 bits", { bitsStored: 8, pixelRepresentation: 0 }, [0xff, 1], Uint8Array.of(255, 1)],
  ["signed 16 bits", {}, [0xfe, 0xff, 1, 2], Int16Array.of(-2, 513)],
  ["unsigned 16 bits", { pixelRepresentation: 0 }, [0xfe, 0xff, 1, 2], Uint16Array.of(65534, 513)],
  ["signed 32 bits", { bitsStored: 32 }, [255, 255, 255, 255, 1, 0, 0, 0], Int32Array.of(-1, 1)],
  [
    "unsigned 32 bits",
    { bitsStored: 32, pixelRepresentation: 0 },
    [255, 255, 255, 255, 1, 0, 0, 0],
    Uint32Array.of(2 ** 32 - 1, 1),
  ],
  ["signed 64 bits", { bitsStored: 64, columns: 1 }, [255, 255, 255, 255, 255, 255, 255, 255], BigInt64Array.of(-1n)],
  [
    "unsigned 64 bits",
    { bitsStored: 64, columns: 1, pixelRepresentation: 0 },
    [1, 0, 0, 0, 0, 0, 0, 128],
    BigUint64Array.of(2n ** 63n + 1n),
  ],
  ["32-bit floating point", { floatBits: 32, columns: 1 }, [0, 0, 0xc0, 0x3f], Float32Array.of(1.5)],
  ["64-bit floating point", { floatBits: 64, columns: 1 }, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], Float64Array.of(1.5)],
  ["single bits", { bitsStored: 1, columns: 10 }, [0b00000101, 0b10], Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0, 1)],
] as const)("reads %s", (_title, change, bytes, expected) => {
  // From an odd address, where typed arrays may not begin.
  const canonical = Uint8Array.of(9, ...bytes).subarray(1);
  expect(readableSamples({ ...description, ...change }, canonical)).toEqual(expected);
});

test("gives a copy", () => {
  const canonical = Uint8Array.of(1, 2, 3, 4);
  readableSamples(description, canonical).fill(0 as never);
  expect([...canonical]).toEqual([1, 2, 3, 4]);
});

test("refuses samples of another picture", () => {
  expect(() => readableSamples(description, new Uint8Array(5))).toThrow(
    expect.objectContaining({ code: "PIXEL_DATA_INVALID" }),
  );
});
