import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalBytes, canonicalSamples } from "./canonical-samples.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { readableSamples } from "./readable.ts";

const cells = fc
  .record({ cellBytes: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), signed: fc.boolean() })
  .chain(({ cellBytes, signed }) => {
    const bitsStored = fc.integer({ min: 2, max: 8 * cellBytes });
    return bitsStored.chain((bits) =>
      fc.record({
        cellBytes: fc.constant(cellBytes),
        signed: fc.constant(signed),
        bitsStored: fc.constant(bits),
        highBit: fc.integer({ min: bits - 1, max: 8 * cellBytes - 1 }),
        values: fc.array(fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * cellBytes) - 1n }), {
          minLength: 1,
          maxLength: 20,
        }),
      }),
    );
  });

test("keep the value of every sample and nothing else", () => {
  fc.assert(
    fc.property(cells, ({ cellBytes, signed, bitsStored, highBit, values }) => {
      const description = describe(values.length, 8 * cellBytes, bitsStored, highBit, signed);
      const shift = highBit + 1 - bitsStored;
      const samples = canonicalSamples(description, { bytes: bytesOf(values, cellBytes), cellBytes, shift });
      const expected = values.map((value) => {
        const bits = value >> BigInt(shift);
        return Number(signed ? BigInt.asIntN(bitsStored, bits) : BigInt.asUintN(bitsStored, bits));
      });
      expect(samples.length).toBe(canonicalBytes(description));
      expect([...readableSamples(description, samples)]).toEqual(expected);
    }),
  );
});

test("pack single bits, whatever their cells", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1 as const, 2 as const),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      fc.nat({ max: 7 }),
      (cellBytes, bits, highBit) => {
        const description = describe(bits.length, 8 * cellBytes, 1, highBit, false);
        const values = bits.map((bit) => BigInt.asUintN(8 * cellBytes, ~0n) ^ (bit ? 0n : 1n << BigInt(highBit)));
        const samples = canonicalSamples(description, { bytes: bytesOf(values, cellBytes), cellBytes, shift: highBit });
        expect(samples.length).toBe(Math.ceil(bits.length / 8));
        expect([...readableSamples(description, samples)]).toEqual(bits.map(Number));
        const after = samples.length * 8 - bits.length;
        expect((samples.at(-1) as number) >> (8 - after)).toBe(0);
      },
    ),
  );
});

test("are the cells themselves when these hold nothing else", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  expect(canonicalSamples(describe(2, 16, 16, 15, true), { bytes, cellBytes: 2, shift: 0 })).toBe(bytes);
});

test("need as many cells as the picture has samples", () => {
  const short = { bytes: new Uint8Array(3), cellBytes: 1 as const, shift: 0 };
  expect(() => canonicalSamples(describe(4, 8, 8, 7, false), short)).toThrow(
    expect.objectContaining({ code: "PIXEL_DATA_INVALID", data: { reason: "length" } }),
  );
});

function describe(
  columns: number,
  bitsAllocated: number,
  bitsStored: number,
  highBit: number,
  signed: boolean,
): PixelDescription {
  return {
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    rows: 1,
    columns,
    samplesPerPixel: 1,
    bitsAllocated,
    bitsStored,
    highBit,
    pixelRepresentation: signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: "MONOCHROME2",
    numberOfFrames: 1,
  };
}

function bytesOf(values: readonly bigint[], cellBytes: number): Uint8Array {
  return Uint8Array.from(
    values.flatMap((value) =>
      Array.from({ length: cellBytes }, (_, byte) => Number((value >> BigInt(8 * byte)) & 255n)),
    ),
  );
}
