// Damaged frames: whatever is done to an encoded frame, the decoder ends in time, with samples of the right number or a PixelError, and decodes on.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalBytes } from "./canonical-samples.ts";
import { createPixelDecoder } from "./pixel-decoder.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { PixelError } from "./pixel-error.ts";

interface SoundFrame {
  readonly title: string;
  readonly description: PixelDescription;
  readonly frame: Buffer;
  readonly samples: Buffer;
}

const folder = join(import.meta.dirname, "../../../../vectors/pixels");
const encodings = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "native.json");
const decoder = createPixelDecoder();
// A sound frame of this size takes a few milliseconds, replacing a broken codec about twenty.
const limitMs = 5000;
const mutations = 500;

describe.each(encodings)("%s", (name) => {
  const frames = soundFrames(name);

  test(`${mutations} damaged frames`, async () => {
    const damaged = fc
      .constantFrom(...frames)
      .chain((sound) => damages(sound.frame).map((frame) => ({ ...sound, frame })));
    await fc.assert(fc.asyncProperty(damaged, decodesOrRefuses), { numRuns: mutations });
    await expectSound(frames);
  });

  test("frames cut off anywhere in their headers", async () => {
    for (const sound of frames.filter((_, index) => index % 3 === 0)) {
      for (let size = 0; size < Math.min(sound.frame.length, 100); size++) {
        await decodesOrRefuses({ ...sound, frame: sound.frame.subarray(0, size) });
      }
    }
    await expectSound(frames);
  });

  test("frames under descriptions that are not theirs", async () => {
    const strange = fc.tuple(fc.constantFrom(...frames), fc.record(otherAttributes, { requiredKeys: [] }));
    await fc.assert(
      fc.asyncProperty(strange, ([sound, other]) =>
        decodesOrRefuses({ ...sound, description: { ...sound.description, ...other } as PixelDescription }),
      ),
      { numRuns: 200 },
    );
    await expectSound(frames);
  });
});

const otherAttributes = {
  rows: fc.integer({ min: 0, max: 70 }),
  columns: fc.integer({ min: 0, max: 70 }),
  samplesPerPixel: fc.constantFrom(0, 1, 2, 3, 4),
  bitsAllocated: fc.constantFrom(1, 8, 12, 16, 24, 32, 64),
  bitsStored: fc.integer({ min: 0, max: 64 }),
  highBit: fc.integer({ min: 0, max: 64 }),
  pixelRepresentation: fc.constantFrom(0, 1),
  planarConfiguration: fc.constantFrom(0, 1),
  photometricInterpretation: fc.constantFrom("MONOCHROME2", "RGB", "YBR_FULL", "YBR_FULL_422", "YBR_RCT", ""),
};

type Damage = (bytes: Buffer) => Buffer;

/** Bits flipped, bytes set, bytes moved, bytes lost at the end: up to four of them, half of them in the header. */
function damages(frame: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.oneof(fc.nat({ max: frame.length - 1 }), fc.nat({ max: Math.min(frame.length, 100) - 1 }));
  const byte = fc.oneof(fc.constantFrom(0, 0x7f, 0xff), fc.nat({ max: 255 }));
  const damage: fc.Arbitrary<Damage> = fc.oneof(
    fc.tuple(place, fc.nat({ max: 7 })).map(
      ([at, bit]): Damage =>
        (bytes) =>
          fill(bytes, at, (bytes[at] ?? 0) ^ (1 << bit)),
    ),
    fc.tuple(place, byte).map(
      ([at, value]): Damage =>
        (bytes) =>
          fill(bytes, at, value),
    ),
    fc.tuple(place, place, fc.nat({ max: 40 })).map(
      ([at, from, size]): Damage =>
        (bytes) =>
          bytes.copyWithin(at, from, from + size),
    ),
    place.map(
      (at): Damage =>
        (bytes) =>
          bytes.subarray(0, at),
    ),
  );
  const several = fc.array(damage, { minLength: 1, maxLength: 4 });
  return several.map((chosen) => chosen.reduce<Buffer>((bytes, change) => change(bytes), Buffer.from(frame)));
}

function fill(bytes: Buffer, at: number, value: number): Buffer {
  return at < bytes.length ? bytes.fill(value, at, at + 1) : bytes;
}

async function decodesOrRefuses({ title, description, frame }: SoundFrame): Promise<void> {
  const before = performance.now();
  const outcome = await decoder.canonicalFrame(description, frame).catch((error: unknown) => error);
  expect(performance.now() - before, title).toBeLessThan(limitMs);
  if (outcome instanceof Uint8Array) expect(outcome.length, title).toBe(canonicalBytes(description));
  else expect(outcome, title).toBeInstanceOf(PixelError);
}

async function expectSound(frames: readonly SoundFrame[]): Promise<void> {
  for (const { title, description, frame, samples } of frames) {
    expect(samples.equals(await decoder.canonicalFrame(description, frame)), title).toBe(true);
  }
}

function soundFrames(name: string): SoundFrame[] {
  const vectors: {
    title: string;
    input: { description: PixelDescription; frame: string };
    output: { samples?: string };
  }[] = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return vectors.flatMap(({ title, input, output }) => {
    if (output.samples === undefined) return [];
    return [
      {
        title,
        description: input.description,
        frame: Buffer.from(input.frame, "base64"),
        samples: Buffer.from(output.samples, "base64"),
      },
    ];
  });
}
