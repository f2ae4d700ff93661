// Verdicts: every row of the table, over one version and several, with the registered header and with its digests alone.
import { describe, expect, it } from "vitest";
import { document, encoded, native, patient, shape } from "../../../../vectors/fingerprints/compared-objects.ts";
import {
  element,
  explicitBig,
  file,
  image,
  implicitLittle,
  join,
  latin1,
  explicitLittle as le,
  numbers,
  syntaxes,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { saltedAttributes } from "../fingerprint/attribute-digests.ts";
import { type FingerprintedObject, fingerprint } from "../fingerprint/fingerprint.ts";
import type { PixelDecoder } from "../pixels/pixel-decoder.ts";
import { invalidPixels } from "../pixels/pixel-error.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { type Comparison, compare, type RegisteredVersion } from "./comparison.ts";

/** Decodes "=xxxx" to xxxx, and calls everything else damaged. */
const decoder: PixelDecoder = {
  canonicalFrame: async (_, encoded) => {
    if (encoded[0] !== 0x3d) throw invalidPixels("refused");
    return encoded.subarray(1, 5);
  },
};
const salt = new Uint8Array(32).fill(5);

function read(bytes: Uint8Array): Promise<FingerprintedObject> {
  return fingerprint(bytesSource(bytes), { decoder });
}

const knowledge = [
  ["with the registered header", (object: FingerprintedObject) => ({ canonicalHeader: object.canonicalHeader })],
  [
    "with digests alone",
    (object: FingerprintedObject) => ({ digests: saltedAttributes(object.canonicalHeader, salt), attributeSalt: salt }),
  ],
] as const;

describe.each(knowledge)("%s", (_, attributesOf) => {
  const version = async (bytes: Uint8Array): Promise<RegisteredVersion> => {
    const object = await read(bytes);
    return { fingerprint: object.fingerprint, attributes: attributesOf(object) };
  };
  const verdict = async (registered: Uint8Array, candidate: Uint8Array): Promise<Comparison> =>
    compare([await version(registered)], await read(candidate));

  it("identical: the same bytes", async () => {
    expect(await verdict(native("abcd"), native("abcd"))).toEqual({
      verdict: "identical",
      version: 0,
      differences: [],
      changes: [],
      harmless: true,
    });
  });

  it("identical: other bytes, the same data set", async () => {
    const words = (encoding: typeof le, uid: string): Uint8Array =>
      file(uid, image(encoding, {}, numbers(encoding, "7fe00010", "OW", 1, 2, 3, 4)));
    const registered = words(le, syntaxes.explicitLittle);
    for (const candidate of [
      words(implicitLittle, syntaxes.implicitLittle),
      words(explicitBig, syntaxes.explicitBig),
    ]) {
      expect(await verdict(registered, candidate)).toEqual({
        verdict: "identical",
        version: 0,
        differences: ["FILE", "TRANSFER_SYNTAX"],
        changes: [],
        harmless: true,
      });
    }
  });

  it("identical, and yet not harmless: with bytes behind it that nobody registered", async () => {
    const behind = join(native("abcd"), latin1("something else"));
    expect(await verdict(native("abcd"), behind)).toMatchObject({
      verdict: "identical",
      differences: ["FILE", "TRAILING_BYTES"],
      harmless: false,
    });
    expect(await verdict(behind, behind)).toMatchObject({ verdict: "identical", differences: [], harmless: true });
    expect(await verdict(native("abcd"), join(native("abcd"), new Uint8Array(64)))).toMatchObject({
      verdict: "identical",
      harmless: true,
    });
  });

  it("header-changed: the frames are equal", async () => {
    expect(await verdict(native("abcd", patient("A")), native("abcd", patient("B")))).toEqual({
      verdict: "header-changed",
      version: 0,
      differences: ["FILE"],
      changes: [{ path: "0010,0010", keyword: "PatientName", change: "changed", class: "identity" }],
      harmless: false,
    });
  });

  it("same-pixels: encoded otherwise, decoded alike", async () => {
    expect(await verdict(native("abcd"), encoded("=abcd!"))).toEqual({
      verdict: "same-pixels",
      version: 0,
      differences: ["FILE", "TRANSFER_SYNTAX", "FRAMES"],
      changes: [],
      harmless: true,
    });
    expect(await verdict(encoded("=abcd!", syntaxes.jpegLs, patient("A")), native("abcd", patient("B")))).toMatchObject(
      { verdict: "same-pixels", harmless: false },
    );
  });

  it("altered: other samples", async () => {
    expect(await verdict(native("abcd"), native("abce"))).toMatchObject({
      verdict: "altered",
      differences: ["FILE", "FRAMES", "SAMPLES"],
      changes: [],
      harmless: false,
    });
    expect(await verdict(native("abcd"), encoded("=abce!"))).toMatchObject({ verdict: "altered" });
    expect(await verdict(encoded("=abcd!"), native("abce"))).toMatchObject({ verdict: "altered" });
  });

  it("altered: frames came or went", async () => {
    const without = file(syntaxes.explicitLittle, image(le, shape, new Uint8Array(0)));
    expect(await verdict(native("abcd"), without)).toMatchObject({
      verdict: "altered",
      differences: ["FILE", "FRAMES", "SAMPLES"],
    });
    expect(await verdict(without, native("abcd"))).toMatchObject({ verdict: "altered" });
  });

  it("altered when damaged in its own encoding, undecided in another", async () => {
    expect(await verdict(encoded("=abcd!"), encoded("?abcd!"))).toMatchObject({ verdict: "altered" });
    expect(await verdict(native("abcd"), encoded("?abcd!"))).toMatchObject({
      verdict: "undecided",
      reason: "PIXEL_DATA_INVALID",
    });
    expect(await verdict(native("abcd"), native("abc"))).toMatchObject({ verdict: "altered" });
    expect(await verdict(encoded("?abcd!"), encoded("=abcd!"))).toMatchObject({
      verdict: "undecided",
      reason: "PIXEL_DATA_INVALID",
    });
  });

  it("undecided: no codec at hand", async () => {
    const video = encoded("=abcd!", syntaxes.mpeg4);
    expect(await verdict(native("abcd"), video)).toMatchObject({
      verdict: "undecided",
      reason: "NO_CODEC",
      harmless: false,
    });
    expect(await verdict(video, encoded("=abce!", syntaxes.mpeg4))).toMatchObject({
      verdict: "undecided",
      reason: "NO_CODEC",
    });
  });

  it("undecided: decompressed by others from a lossy encoding", async () => {
    const lossy = encoded("=abcd!", syntaxes.jpegBaseline);
    expect(await verdict(lossy, native("abcd"))).toMatchObject({ verdict: "same-pixels", harmless: true });
    expect(await verdict(lossy, native("abce"))).toMatchObject({
      verdict: "undecided",
      reason: "LOSSY_DECODERS_DIFFER",
    });
    expect(await verdict(lossy, encoded("=abce!"))).toMatchObject({
      verdict: "undecided",
      reason: "LOSSY_DECODERS_DIFFER",
    });
    expect(await verdict(lossy, encoded("=abce!", syntaxes.jpegBaseline))).toMatchObject({ verdict: "altered" });
    // Near-lossless JPEG-LS decodes alike everywhere.
    expect(await verdict(encoded("=abcd!", "1.2.840.10008.1.2.4.81"), native("abce"))).toMatchObject({
      verdict: "altered",
    });
  });

  it("altered: compressed with loss, unless the registered one says that it comes from such", async () => {
    const lossy = encoded("=abce!", syntaxes.jpegBaseline);
    const wasLossy = element(le, "00282110", "CS", "01");
    expect(await verdict(native("abcd"), lossy)).toMatchObject({ verdict: "altered" });
    expect(await verdict(native("abcd", wasLossy), lossy)).toMatchObject({
      verdict: "undecided",
      reason: "LOSSY_DECODERS_DIFFER",
    });
    expect(await verdict(native("abcd", wasLossy), native("abce", wasLossy))).toMatchObject({ verdict: "altered" });
  });

  it("best over all versions", async () => {
    const [plain, marked, other] = [
      await version(native("abcd")),
      await version(native("abcd", patient("A"))),
      await version(native("wxyz")),
    ];
    const retrieve = element(le, "00080054", "AE", "ARCHIVE ");
    const candidate = await read(native("abcd", retrieve, patient("A")));
    expect(compare([plain, other, marked], candidate)).toMatchObject({
      verdict: "header-changed",
      version: 2,
      harmless: true,
    });
    expect(compare([plain, marked, other], candidate)).toMatchObject({ version: 1 });
    expect(compare([other], candidate)).toMatchObject({ verdict: "altered", version: 0 });
    // Between equals, the one registered later.
    expect(compare([plain, plain], await read(native("abcd")))).toMatchObject({ verdict: "identical", version: 1 });
    // While one version might be it, the object is not altered.
    const unreadable = await version(encoded("=abcd!", syntaxes.mpeg4));
    expect(compare([other, unreadable], candidate)).toMatchObject({ verdict: "undecided", version: 1 });
  });

  it("contested: what came later under the UID and shows something else than the first", async () => {
    const [first, altered] = [native("abcd"), native("abce")];
    const versions = [await version(first), await version(altered)];
    const contested = { verdict: "identical", version: 1, harmless: false, contested: true };
    expect(compare(versions, await read(altered))).toMatchObject(contested);
    const original = compare(versions, await read(first));
    expect(original).toMatchObject({ verdict: "identical", version: 0, harmless: true });
    expect(original).not.toHaveProperty("contested");
    // What is no version at all is altered, and nothing else.
    expect(compare(versions, await read(native("wxyz")))).not.toHaveProperty("contested");
    // Another encoding of the same, or another header, contests nothing.
    const marked = native("abcd", patient("A"));
    expect(compare([...versions, await version(marked)], await read(marked))).toMatchObject({
      ...{ verdict: "identical", version: 2, harmless: true },
    });
    const [text, otherText] = [document("well"), document("ill")];
    const reports = [await version(text), await version(otherText)];
    expect(compare(reports, await read(otherText))).toMatchObject(contested);
  });
});

describe("without attributes", () => {
  const registered = async (bytes: Uint8Array): Promise<RegisteredVersion> => ({
    fingerprint: (await read(bytes)).fingerprint,
  });

  it("unknown: no version at all", async () => {
    expect(compare([], await read(native("abcd")))).toEqual({ verdict: "unknown", differences: [], harmless: false });
  });

  it("an image is judged by its frames, and nothing is called harmless", async () => {
    const version = await registered(native("abcd"));
    expect(compare([version], await read(native("abcd")))).toMatchObject({ verdict: "identical", harmless: true });
    expect(compare([version], await read(native("abcd", patient("A"))))).toEqual({
      verdict: "header-changed",
      version: 0,
      differences: ["FILE"],
      harmless: false,
    });
    expect(compare([version], await read(native("abce")))).toMatchObject({ verdict: "altered" });
  });

  it("a document cannot be judged", async () => {
    const outcome = compare([await registered(document("Finding"))], await read(document("Finding", patient("A"))));
    expect(outcome).toMatchObject({ verdict: "undecided", reason: "ATTRIBUTES_UNKNOWN", harmless: false });
  });
});
