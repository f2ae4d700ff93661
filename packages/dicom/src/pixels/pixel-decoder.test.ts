import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadCodecBytes } from "./codec-bytes-node.ts";
import { createPixelDecoder } from "./pixel-decoder.ts";
import type { PixelDescription } from "./pixel-description.ts";

const grey: PixelDescription = {
  transferSyntaxUid: "1.2.840.10008.1.2.1",
  rows: 2,
  columns: 2,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  pixelRepresentation: 0,
  planarConfiguration: 0,
  photometricInterpretation: "MONOCHROME2",
  numberOfFrames: 1,
};

const [good, broken] = ["8 bits", "half a frame"].map((title) => frameOf("jpeg-ls.json", title)) as [
  EncodedFrame,
  EncodedFrame,
];

test("loads no codec for frames that need none", async () => {
  const load = vi.fn(loadCodecBytes);
  const decoder = createPixelDecoder({ loadCodecBytes: load });
  await decoder.canonicalFrame(grey, Uint8Array.of(1, 2, 3, 4));
  const rle = frameOf("rle.json", "a repeated byte");
  await decoder.canonicalFrame(rle.description, rle.frame);
  const deflated = frameOf("deflated.json", "16 bits");
  await decoder.canonicalFrame(deflated.description, deflated.frame);
  expect(load).not.toHaveBeenCalled();
});

test("loads the codecs once, and not before a frame's header was found in order", async () => {
  const load = vi.fn(loadCodecBytes);
  const decoder = createPixelDecoder({ loadCodecBytes: load });
  await expect(decoder.canonicalFrame(good.description, Uint8Array.of(1, 2, 3))).rejects.toMatchObject({
    code: "PIXEL_DATA_INVALID",
  });
  expect(load).not.toHaveBeenCalled();
  await Promise.all([
    decoder.canonicalFrame(good.description, good.frame),
    decoder.canonicalFrame(good.description, good.frame),
  ]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("says NO_CODEC when the codecs cannot be loaded, and tries again with the next frame", async () => {
  const load = vi
    .fn(loadCodecBytes)
    .mockRejectedValueOnce(new Error("offline"))
    .mockResolvedValueOnce(new Uint8Array(8));
  const decoder = createPixelDecoder({ loadCodecBytes: load });
  const decoding = () => decoder.canonicalFrame(good.description, good.frame);
  await expect(decoding()).rejects.toMatchObject({ code: "NO_CODEC", data: { reason: "loading" } });
  await expect(decoding()).rejects.toMatchObject({ code: "NO_CODEC", data: { reason: "loading" } });
  expect(Buffer.from(await decoding()).equals(good.samples)).toBe(true);
});

test("decodes on after a frame that broke its codec, also while others wait", async () => {
  const decoder = createPixelDecoder();
  const frames = [broken, good, broken, broken, good];
  for (let round = 0; round < 3; round++) {
    const outcomes = await Promise.allSettled(
      frames.map(({ description, frame }) => decoder.canonicalFrame(description, frame)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected")
        expect(outcome.reason).toMatchObject({ code: "PIXEL_DATA_INVALID", data: { reason: "refused" } });
      else expect(Buffer.from(outcome.value).equals(good.samples)).toBe(true);
    }
  }
});

test("refuses frames beyond the limit before it decodes anything", async () => {
  const decoder = createPixelDecoder({ limitBytes: 1000 });
  const wide = { ...grey, rows: 10, columns: 101 };
  for (const transferSyntaxUid of [
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.8.1",
    "1.2.840.10008.1.2.4.90",
  ]) {
    await expect(decoder.canonicalFrame({ ...wide, transferSyntaxUid }, new Uint8Array(8))).rejects.toMatchObject({
      code: "PIXEL_DATA_TOO_LARGE",
      data: { sizeBytes: 1010, limitBytes: 1000 },
    });
  }
});

test("refuses pictures for which the codecs have no room", async () => {
  const huge = { ...good.description, rows: 65535, columns: 65535 };
  const header = Buffer.from(good.frame);
  const frameHeader = header.indexOf(Buffer.of(0xff, 0xf7));
  header.fill(0xff, frameHeader + 5, frameHeader + 9);
  const decoder = createPixelDecoder({ limitBytes: 2 ** 40 });
  await expect(decoder.canonicalFrame(huge, header)).rejects.toMatchObject({ code: "PIXEL_DATA_TOO_LARGE" });
});

test("gives back the very frame when it is its own samples", async () => {
  const frame = Uint8Array.of(1, 2, 3, 4);
  expect(await createPixelDecoder().canonicalFrame(grey, frame)).toBe(frame);
});

interface EncodedFrame {
  readonly description: PixelDescription;
  readonly frame: Buffer;
  readonly samples: Buffer;
}

function frameOf(file: string, title: string): EncodedFrame {
  const path = join(import.meta.dirname, "../../../../vectors/pixels", file);
  const { input, output } = JSON.parse(readFileSync(path, "utf8")).find(
    (vector: { title: string }) => vector.title === title,
  );
  return {
    description: input.description,
    frame: Buffer.from(input.frame, "base64"),
    samples: Buffer.from(output.samples ?? "", "base64"),
  };
}
