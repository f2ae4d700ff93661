// Deflated data sets: inflated like any other inflater does, and given up when they grow as no real one does.
import { createHash } from "node:crypto";
import { deflateRawSync, deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ByteSource, bytesSource } from "./byte-source.ts";
import { inflateDataSet } from "./inflation.ts";
import { defaultLimits } from "./limits.ts";

/** Bytes that do not compress, always the same. */
function noise(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, at) => createHash("sha256").update(`${at}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}

async function inflated(deflated: Uint8Array, limits = {}): Promise<{ bytes: Uint8Array; notes: readonly string[] }> {
  const { source, notes } = await inflateDataSet(bytesSource(deflated), 0, { ...defaultLimits, ...limits });
  return { bytes: await source.read(0, source.size), notes };
}

describe("inflation", () => {
  it("gives back what was deflated", async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.nat({ max: 200_000 }).map((size) => new Uint8Array(size)),
    );
    await fc.assert(
      fc.asyncProperty(content, fc.constantFrom(0, 1, 6, 9), fc.boolean(), async (bytes, level, padded) => {
        const deflated = deflateRawSync(bytes, { level });
        const { bytes: back, notes } = await inflated(padded ? Buffer.concat([deflated, Buffer.alloc(1)]) : deflated);
        expect(Buffer.from(back).equals(bytes)).toBe(true);
        expect(notes).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("takes a zlib header for what it is", async () => {
    const { bytes, notes } = await inflated(deflateSync(Buffer.from("a data set with a header")));
    expect(Buffer.from(bytes).toString()).toBe("a data set with a header");
    expect(notes).toEqual(["DEFLATE_WITH_ZLIB_HEADER"]);
  });

  it("leaves what follows the stream alone, and says that there is something, however little or much it is", async () => {
    const contents = [Buffer.from("short"), Buffer.alloc(70_000), noise(70_000), noise(300_000)];
    for (const content of contents) {
      for (const level of [0, 9]) {
        const stream = deflateRawSync(content, { level });
        for (const [rest, notes] of [
          [Buffer.alloc(1), []],
          [Buffer.alloc(2), ["TRAILING_ZEROS"]],
          [Buffer.alloc(2_000_000), ["TRAILING_ZEROS"]],
          [Buffer.from("x"), ["TRAILING_BYTES"]],
          [noise(7), ["TRAILING_BYTES"]],
          [noise(90_000), ["TRAILING_BYTES"]],
          [Buffer.concat([Buffer.alloc(1_500_000), Buffer.from("x")]), ["TRAILING_BYTES"]],
        ] as const) {
          const { bytes, notes: found } = await inflated(Buffer.concat([stream, rest]));
          expect([content.equals(bytes), content.length, level, rest.length, found]).toEqual([
            true,
            content.length,
            level,
            rest.length,
            notes,
          ]);
        }
      }
    }
  });

  it("passes a zlib checksum over, and nothing behind it", async () => {
    const stream = deflateSync(noise(20_000));
    expect((await inflated(stream)).notes).toEqual(["DEFLATE_WITH_ZLIB_HEADER"]);
    const { notes } = await inflated(Buffer.concat([stream, Buffer.from("behind")]));
    expect(notes).toEqual(["DEFLATE_WITH_ZLIB_HEADER", "TRAILING_BYTES"]);
  });

  it("refuses a stream that ends too early", async () => {
    const deflated = deflateRawSync(Buffer.from("a data set that is cut".repeat(9)));
    await expect(inflated(deflated.subarray(0, deflated.length - 4))).rejects.toMatchObject({ code: "TRUNCATED" });
    await expect(inflated(new Uint8Array(0))).rejects.toMatchObject({ code: "TRUNCATED" });
  });

  it("refuses a stream that ends between blocks", async () => {
    const block = Buffer.concat([Buffer.from([0, 3, 0, 0xfc, 0xff]), Buffer.from("abc")]);
    await expect(inflated(block)).rejects.toMatchObject({ code: "TRUNCATED" });
    await expect(inflated(Buffer.concat([block, block]))).rejects.toMatchObject({ code: "TRUNCATED" });
  });

  it("refuses bytes that are no stream", async () => {
    await expect(inflated(new Uint8Array(64).fill(0xff))).rejects.toMatchObject({ code: "DEFLATE_MALFORMED" });
  });
});

describe("a bomb", () => {
  it("is refused before it has grown much beyond 64 MiB", async () => {
    const bomb = deflateRawSync(Buffer.alloc(200 * 2 ** 20), { level: 9 });
    const reads: number[] = [];
    const counted: ByteSource = {
      size: bomb.length,
      read: async (offset, length) => {
        reads.push(offset + length);
        return bomb.subarray(offset, offset + length);
      },
    };
    const before = process.memoryUsage().arrayBuffers;
    await expect(inflateDataSet(counted, 0, defaultLimits)).rejects.toMatchObject({ code: "DEFLATE_BOMB" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120 * 2 ** 20);
    expect(Math.max(...reads)).toBeLessThanOrEqual(bomb.length);
  });

  it("is what the limits say", async () => {
    const deflated = deflateRawSync(Buffer.alloc(100_000));
    await expect(inflated(deflated, { inflatedBytes: 99_999 })).rejects.toMatchObject({ code: "DEFLATE_BOMB" });
    expect((await inflated(deflated, { inflatedBytes: 100_000 })).bytes).toHaveLength(100_000);
  });
});
