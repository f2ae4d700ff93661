// Reading objects: what is taken with a note, what is refused and where, and that memory and streams give the same.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  element,
  file,
  fragments,
  identity,
  image,
  implicitLittle,
  join,
  latin1,
  explicitLittle as le,
  numbers,
  sequence,
  syntaxes,
  tagBytes,
  uint32,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { objectBefore, objectWith } from "../../../../vectors/fingerprints/object-case.ts";
import { type ByteSource, bytesSource } from "./byte-source.ts";
import { findElement } from "./element.ts";
import type { ReadingLimits } from "./limits.ts";
import { type DicomObject, readObject } from "./object.ts";

const explicitUid = syntaxes.explicitLittle;

async function outcome(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<string | readonly string[]> {
  return readObject(bytesSource(bytes), limits).then(
    ({ notes }) => [...notes].sort(),
    (error) => error.code,
  );
}

function read(bytes: Uint8Array): Promise<DicomObject> {
  return readObject(bytesSource(bytes));
}

describe("identity", () => {
  const [first, second] = identity(le);
  const withUid = (uid: string): Uint8Array => file(explicitUid, element(le, "00080018", "UI", uid));

  it.each([
    ["1.2.3", "1.2.3"],
    ["1.2.3\0", "1.2.3"],
    ["1.2.3 ", "1.2.3"],
    ["1.02.3", "1.02.3"],
  ])("is a UID: %j", async (given, uid) => {
    expect((await read(withUid(given))).sopInstanceUid).toBe(uid);
  });

  it.each(["1.2.a", "1..2", ".1", "1.", "-1.2", "1.2\\1.3", `1.${"2".repeat(64)}`])("is no UID: %j", async (uid) => {
    expect(await outcome(withUid(uid))).toBe("UID_MALFORMED");
  });

  it.each(["", "  ", "\0"])("is missing: %j", async (uid) => {
    expect(await outcome(withUid(uid))).toBe("NO_SOP_INSTANCE_UID");
  });

  it("in the file meta information does not count", async () => {
    expect(await outcome(file(explicitUid, second))).toBe("NO_SOP_INSTANCE_UID");
    expect(await outcome(file(explicitUid, join(first, second), "2.25.9"))).toEqual(["SOP_UID_DIFFERS_FROM_META"]);
  });

  it("of study, series and class may be missing", async () => {
    expect(await outcome(withUid("2.25.1"))).toEqual([
      "NO_SERIES_UID",
      "NO_SOP_CLASS_UID",
      "NO_STUDY_UID",
      "SOP_CLASS_DIFFERS_FROM_META",
    ]);
  });
});

describe("what is no object", () => {
  it.each([
    ["nothing", new Uint8Array(0), "EMPTY_FILE"],
    ["a PNG", latin1("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "NOT_DICOM"],
    ["a PDF", latin1("%PDF-1.7\n1 0 obj\n<<>>\n"), "NOT_DICOM"],
    ["a few bytes", latin1("DIC"), "NOT_DICOM"],
    ["zeros", new Uint8Array(4096), "NOT_DICOM"],
    ["a preamble", join(new Uint8Array(128), latin1("DICM")), "TRUNCATED"],
    ["file meta information alone", file(explicitUid, new Uint8Array(0)), "TRUNCATED"],
    ["file meta information cut short", file(explicitUid, new Uint8Array(0)).subarray(0, 200), "TRUNCATED"],
  ])("%s", async (_, bytes, code) => {
    expect(await outcome(bytes)).toBe(code);
  });
});

describe("file meta information", () => {
  const dataSet = join(...identity(le));
  const meta = element(le, "00020010", "UI", explicitUid);

  it.each([
    ["without preamble", file(explicitUid, dataSet).subarray(128), ["NO_PREAMBLE"]],
    ["without preamble and DICM", file(explicitUid, dataSet).subarray(132), ["NO_PREAMBLE"]],
    ["without its length", join(new Uint8Array(128), latin1("DICM"), meta, dataSet), ["META_GROUP_LENGTH_MISSING"]],
    [
      "with a wrong length",
      join(new Uint8Array(128), latin1("DICM"), element(le, "00020000", "UL", uint32(le, 9)), meta, dataSet),
      ["META_GROUP_LENGTH_WRONG"],
    ],
    [
      "implicit",
      join(new Uint8Array(128), latin1("DICM"), element(implicitLittle, "00020010", "UI", explicitUid), dataSet),
      ["META_GROUP_LENGTH_MISSING"],
    ],
  ])("%s", async (_, bytes, notes) => {
    expect(await outcome(bytes)).toEqual(notes);
  });
});

describe("oddities", () => {
  const [first, second] = identity(le);
  const truncated = file(explicitUid, image(le, {}, element(le, "7fe00010", "OW", "1234", 8)));
  const [implicitFirst, implicitSecond] = identity(implicitLittle);
  const undefinedText = file(
    syntaxes.implicitLittle,
    join(implicitFirst, sequence(implicitLittle, "00100010", [], false), implicitSecond),
  );
  const stray = join(tagBytes(le, "fffee00d"), uint32(le, 0));

  it.each([
    ["pixel data cut short", truncated, ["PIXEL_DATA_TRUNCATED"]],
    [
      "fragments without a delimiter",
      objectBefore(fragments("7fe00010", [new Uint8Array(0), latin1("ab")]).subarray(0, -8)),
      ["PIXEL_DATA_TRUNCATED"],
    ],
    [
      "a fragment cut short",
      objectBefore(fragments("7fe00010", [new Uint8Array(0), latin1("abcd")]).subarray(0, -10)),
      ["PIXEL_DATA_TRUNCATED"],
    ],
    ["a stray delimiter", file(explicitUid, join(first, stray, second)), ["STRAY_DELIMITER"]],
    ["an unknown VR", objectWith(element(le, "00100010", "ZZ", "").subarray(0, 8), uint32(le, 0)), ["UNKNOWN_VR"]],
    ["an element without VR", objectWith(element(implicitLittle, "00100040", "CS", "O ")), ["IMPLICIT_ELEMENT"]],
    [
      "garbage behind the pixel data",
      join(objectBefore(element(le, "7fe00010", "OW", "1234")), latin1("garbage that is no element at all")),
      ["TRAILING_BYTES"],
    ],
    ["text of undefined length", undefinedText, ["UNDEFINED_LENGTH_VALUE"]],
  ])("%s", async (_, bytes, notes) => {
    expect(await outcome(bytes)).toEqual(notes);
  });

  it("keeps what follows the pixel data when it is an element", async () => {
    const { dataSet } = await read(
      objectBefore(element(le, "7fe00010", "OW", "1234"), element(le, "fffcfffc", "OB", "  ")),
    );
    expect(findElement(dataSet, 0xfffcfffc)?.length).toBe(2);
  });
});

/** The same bytes, read piece by piece. */
function streamed(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
}

test("a stream gives what memory gives", async () => {
  const texts = fc.array(fc.string({ maxLength: 40 }), { maxLength: 5 });
  const items = fc.array(texts, { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(texts, items, fc.boolean(), fc.nat({ max: 60 }), async (values, inner, defined, cut) => {
      const elements = values.map((value, index) => element(le, `0009100${index}`, "UN", latin1(value)));
      const sequences = sequence(
        le,
        "00081140",
        inner.map((list) => join(...list.map((text) => element(le, "00081155", "UN", latin1(text))))),
        defined,
      );
      const whole = objectWith(sequences, ...elements);
      const bytes = whole.subarray(0, whole.length - cut);
      const [memory, stream] = [await shapeOf(bytesSource(bytes)), await shapeOf(streamed(bytes))];
      expect(stream).toEqual(memory);
    }),
  );
});

async function shapeOf(source: ByteSource): Promise<unknown> {
  try {
    const { dataSet, store, notes } = await readObject(source);
    const shape = (set: typeof dataSet): unknown =>
      set.elements.map(({ tag, vr, start, length, items }) => [
        tag,
        vr,
        items === undefined
          ? Buffer.from(store.bytes.subarray(start, start + length)).toString("hex")
          : items.map(shape),
      ]);
    return { elements: shape(dataSet), notes: [...notes] };
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test("numbers in the image module of a big-endian object are read as such", async () => {
  const big = { explicitVr: true, bigEndian: true };
  const { pixelData } = await read(
    file(syntaxes.explicitBig, image(big, {}, numbers(big, "7fe00010", "OW", 1, 2, 3, 4))),
  );
  expect(pixelData).toMatchObject({ length: 8, bigEndian: true, vr: "OW" });
});
