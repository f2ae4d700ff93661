// Real objects: each has a fingerprint, the same from a file, a stream and memory, and one bit more or less is never overlooked.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { pydicomData, sharedData } from "../../../../scripts/shared-data.ts";
import { compare } from "../comparison/comparison.ts";
import { createPixelDecoder } from "../pixels/pixel-decoder.ts";
import { type ByteSource, bytesSource } from "../reading/byte-source.ts";
import { openFile } from "../reading/file-source.ts";
import { readObject } from "../reading/object.ts";
import { type FingerprintedObject, fingerprint } from "./fingerprint.ts";

const decoder = createPixelDecoder();
const data = sharedData();
const files =
  data === undefined
    ? pydicomFiles()
    : filesIn(join(data, "dicom", "valid")).filter((path) => basename(path) !== "DICOMDIR");

/** Without the shared data, the files of pydicom that are whole objects. */
function pydicomFiles(): string[] {
  const folder = pydicomData();
  return folder === undefined
    ? []
    : filesIn(folder).filter((path) =>
        /(?:CT|MR)_small|SC_rgb|rtdose|rtplan\.dcm|liver|JPEG|waveform|test-SR/.test(path),
      );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(folder, entry.name)] : [],
  );
}

async function fingerprintOf(bytes: Uint8Array): Promise<FingerprintedObject> {
  return fingerprint(bytesSource(bytes), { decoder });
}

describe.skipIf(files.length === 0).each(files.map((path) => [basename(path), path]))("%s", (_, path) => {
  it("has one fingerprint, however it is read", async () => {
    const bytes = readFileSync(path);
    const { fingerprint: expected, header } = await fingerprintOf(bytes);
    await using file = await openFile(path);
    expect((await fingerprint(file, { decoder })).fingerprint).toEqual(expected);
    const stream: ByteSource = {
      size: bytes.length,
      read: async (offset, length) => Uint8Array.from(bytes.subarray(offset, offset + length)),
    };
    expect((await fingerprint(stream, { decoder })).fingerprint).toEqual(expected);
    expect(header.sopInstanceUid).toMatch(/^[\d.]+$/);
  });

  it("is altered by one flipped bit of its frames", async () => {
    const bytes = readFileSync(path);
    const { pixelData } = await readObject(bytesSource(bytes));
    if (pixelData === undefined || pixelData.length === 0 || path.endsWith("ct-deflated.dcm")) return;
    const registered = await fingerprintOf(bytes);
    // In the middle of the last fragment, or of the native value.
    const { start, length } = pixelData.fragments?.at(-1) ?? pixelData;
    const changed = Uint8Array.from(bytes);
    const at = start + Math.floor(length / 2);
    changed[at] = (changed[at] as number) ^ 4;
    const candidate = await fingerprintOf(changed);
    const { verdict, harmless, reason } = compare(
      [{ fingerprint: registered.fingerprint, attributes: registered }],
      candidate,
    );
    expect(harmless).toBe(false);
    if (registered.fingerprint.pixels === null) expect([verdict, reason]).toEqual(["undecided", "NO_CODEC"]);
    else expect(verdict).toBe("altered");
  });
});

test.skipIf(data === undefined)(
  "one slice in every uncompressed encoding is one data set, and in every lossless one the same samples",
  async () => {
    const read = async (name: string): Promise<FingerprintedObject> =>
      fingerprintOf(readFileSync(join(data as string, "dicom", "valid", `ct-${name}.dcm`)));
    const registered = await read("explicit-le");
    const version = [{ fingerprint: registered.fingerprint, attributes: registered }];
    for (const name of ["implicit-le", "explicit-be", "deflated"]) {
      expect(compare(version, await read(name)), name).toMatchObject({ verdict: "identical", harmless: true });
    }
    for (const name of ["rle", "jpegls", "j2k-lossless", "jpeg-lossless-sv1", "jpeg-lossless-p14"]) {
      expect(compare(version, await read(name)), name).toMatchObject({ verdict: "same-pixels", harmless: true });
    }
    for (const name of ["j2k", "jpegls-lossy", "jpeg-baseline", "jpeg-extended"]) {
      expect(compare(version, await read(name)), name).toMatchObject({ verdict: "altered", harmless: false });
    }
  },
);
