// Damaged objects: whatever is done to an object, it is read or refused with a code, within memory, and from a stream just as from memory.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { damagedObject } from "../../../../vectors/fingerprints/damaged-objects.ts";
import { dicomErrors } from "../dicom-error.ts";
import { readCanonicalHeader } from "../fingerprint/canonical-attributes.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { type ByteSource, bytesSource } from "./byte-source.ts";

const mutations = 40_000;
const streamedMutations = 15_000;
const limitBytes = 1.5 * 2 ** 30;
// The same damage in every run, until a run says otherwise.
const seed = fc.readConfigureGlobal().seed ?? 20_261_122;

/** The digests of an object, or the code with which it is refused. Anything else thrown is thrown on. */
async function outcome(source: ByteSource): Promise<unknown> {
  try {
    const object = await fingerprint(source);
    readCanonicalHeader(object.canonicalHeader);
    return object.fingerprint;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !Object.hasOwn(dicomErrors, code)) throw error;
    return code;
  } finally {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    expect(heapUsed + arrayBuffers).toBeLessThan(limitBytes);
  }
}

function streamed(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => Uint8Array.from(bytes.subarray(offset, offset + length)),
  };
}

describe("damaged objects", () => {
  test(`${mutations} of them are read or refused`, async () => {
    const seen = new Map<string, number>();
    const examine = async (bytes: Buffer): Promise<void> => {
      const found = await outcome(bytesSource(bytes));
      const name = typeof found === "string" ? found : "read";
      seen.set(name, (seen.get(name) ?? 0) + 1);
    };
    await fc.assert(fc.asyncProperty(damagedObject, examine), { numRuns: mutations, seed });
    // Damage that is always noticed, or never, would test little.
    expect(seen.get("read")).toBeGreaterThan(mutations / 10);
    expect(seen.size).toBeGreaterThan(8);
  });

  test(`${streamedMutations} of them come out of a stream as they come out of memory`, async () => {
    await fc.assert(
      fc.asyncProperty(damagedObject, async (bytes) => {
        expect(await outcome(streamed(bytes))).toEqual(await outcome(bytesSource(bytes)));
      }),
      { numRuns: streamedMutations, seed: seed + 1 },
    );
  });

  test("bytes of no origin at all are refused, or are an object", async () => {
    const prefix = fc.constantFrom("", "\x08\x00\x05\x00CS\x0a\x00ISO_IR 100", "\x08\x00\x18\x00UI\x04\x002.25");
    await fc.assert(
      fc.asyncProperty(prefix, fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
        await outcome(bytesSource(new Uint8Array(Buffer.concat([Buffer.from(start, "latin1"), rest]))));
      }),
      { numRuns: 3_000, seed: seed + 2 },
    );
  });
});
