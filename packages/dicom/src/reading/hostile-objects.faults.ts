// Damaged objects: whatever is done to an object, it is read or refused with a code, in time and within memory, and from a stream just as from memory.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pydicomData, sharedData } from "../../../../scripts/shared-data.ts";
import { headerCases } from "../../../../vectors/fingerprints/header-cases.ts";
import { pixelCases } from "../../../../vectors/fingerprints/pixel-cases.ts";
import { sequenceCases } from "../../../../vectors/fingerprints/sequence-cases.ts";
import { dicomErrors } from "../dicom-error.ts";
import { readCanonicalHeader } from "../fingerprint/canonical-attributes.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { type ByteSource, bytesSource } from "./byte-source.ts";

/** Objects up to this many bytes are damaged: what is odd about an object is in its first few thousand. */
const longestObject = 100_000;
const mutations = 40_000;
const streamedMutations = 15_000;
const limitMs = 5_000;
const limitBytes = 1.5 * 2 ** 30;
// The same damage in every run, until a run says otherwise.
const seed = fc.readConfigureGlobal().seed ?? 20_261_122;

const sound: readonly Buffer[] = [
  ...[...headerCases(), ...sequenceCases(), ...pixelCases()].map(({ bytes }) => Buffer.from(bytes)),
  ...filesIn(sharedData(), ["dicom/valid", "dicom/malformed"]),
  ...filesIn(pydicomData(), ["."]),
].filter(({ length }) => length > 0 && length <= longestObject);

function filesIn(root: string | undefined, folders: readonly string[]): Buffer[] {
  if (root === undefined) return [];
  const paths = folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)));
  return paths
    .filter((path) => statSync(path).isFile() && statSync(path).size <= longestObject)
    .map((path) => readFileSync(path));
}

type Damage = (bytes: Buffer) => Buffer;

/** Places near the beginning, where lengths and tags are dense, and places anywhere. */
const place = fc.oneof(fc.nat({ max: 600 }), fc.double({ min: 0, max: 1, noNaN: true }));

function at(where: number, size: number): number {
  return Number.isInteger(where) ? where % size : Math.floor(where * size) % size;
}

const number = fc.constantFrom(0, 1, 2, 0x7fffffff, 0xfffffff0, 0xfffffffe, 0xffffffff);
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.nat({ max: 7 })).map(
    ([where, bit]): Damage =>
      (bytes) =>
        changed(bytes, where, (byte) => byte ^ (1 << bit)),
  ),
  fc.tuple(place, fc.nat({ max: 255 })).map(
    ([where, byte]): Damage =>
      (bytes) =>
        changed(bytes, where, () => byte),
  ),
  fc.tuple(place, number).map(
    ([where, value]): Damage =>
      (bytes) =>
        withNumber(bytes, where, value),
  ),
  fc.tuple(place, fc.nat({ max: 300 })).map(
    ([where, count]): Damage =>
      (bytes) =>
        without(bytes, where, count),
  ),
  fc.tuple(place, place, fc.nat({ max: 300 })).map(
    ([from, to, count]): Damage =>
      (bytes) =>
        repeated(bytes, from, to, count),
  ),
  place.map(
    (where): Damage =>
      (bytes) =>
        bytes.subarray(0, at(where, bytes.length)),
  ),
  fc.tuple(place, fc.constantFrom(...sound), place).map(
    ([where, other, from]): Damage =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(where, bytes.length)), other.subarray(at(from, other.length))]),
  ),
  fc
    .tuple(
      place,
      fc.constantFrom(
        "fffe00e0ffffffff",
        "feff00e0ffffffff",
        "feff0de000000000",
        "feffdde000000000",
        "e07f10004f420000ffffffff",
        "08001800554905002e2e2e2e2e",
      ),
    )
    .map(
      ([where, hex]): Damage =>
        (bytes) =>
          inserted(bytes, where, Buffer.from(hex, "hex")),
    ),
);

function changed(bytes: Buffer, where: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const place = at(where, bytes.length);
  copy[place] = change(copy[place] as number);
  return copy;
}

function withNumber(bytes: Buffer, where: number, value: number): Buffer {
  if (bytes.length < 4) return bytes;
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at(where, bytes.length - 3));
  return copy;
}

function without(bytes: Buffer, where: number, count: number): Buffer {
  const start = at(where, bytes.length);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + count)]);
}

function repeated(bytes: Buffer, from: number, to: number, count: number): Buffer {
  const start = at(from, bytes.length);
  return inserted(bytes, to, bytes.subarray(start, start + count));
}

function inserted(bytes: Buffer, where: number, piece: Buffer): Buffer {
  const start = at(where, bytes.length);
  return Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start)]);
}

const damagedObject = fc
  .tuple(fc.constantFrom(...sound), fc.array(damage, { minLength: 1, maxLength: 4 }))
  .map(([bytes, damages]) =>
    damages.reduce((damaged, apply) => (damaged.length === 0 ? damaged : apply(damaged)), bytes),
  );

/** The digests of an object, or the code with which it is refused. Anything else thrown is thrown on. */
async function outcome(source: ByteSource): Promise<unknown> {
  const begun = performance.now();
  try {
    const object = await fingerprint(source);
    readCanonicalHeader(object.canonicalHeader);
    return object.fingerprint;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !Object.hasOwn(dicomErrors, code)) throw error;
    return code;
  } finally {
    expect(performance.now() - begun).toBeLessThan(limitMs);
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
