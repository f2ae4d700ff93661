// Refusing objects: each code where it belongs, with the place, and within the limits.
import { describe, expect, it } from "vitest";
import {
  element,
  file,
  fragments,
  identity,
  imageModule,
  join,
  latin1,
  explicitLittle as le,
  sequence,
  syntaxes,
  tagBytes,
  uint32,
  undefinedLength,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { objectBefore, objectWith } from "../../../../vectors/fingerprints/object-case.ts";
import { bytesSource } from "./byte-source.ts";
import type { ReadingLimits } from "./limits.ts";
import { readObject } from "./object.ts";

const explicitUid = syntaxes.explicitLittle;

async function outcome(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<string | readonly string[]> {
  return readObject(bytesSource(bytes), limits).then(
    ({ notes }) => [...notes].sort(),
    (error) => error.code,
  );
}

describe("refusals", () => {
  const [first, second] = identity(le);
  const nested = (depth: number): Uint8Array =>
    depth === 0 ? new Uint8Array(0) : sequence(le, "0040a730", [nested(depth - 1)], depth % 2 === 0);
  const item = (length: number, content: Uint8Array): Uint8Array =>
    join(tagBytes(le, "fffee000"), uint32(le, length), content);
  const name = element(le, "00100010", "PN", "Cut^Short ");

  it.each([
    [
      "a value passes the end of the file",
      file(explicitUid, join(first, second, element(le, "0040a160", "UT", "text", 5))),
      "TRUNCATED",
    ],
    [
      "a head is cut",
      file(explicitUid, join(first, second, element(le, "0040a160", "UT", "").subarray(0, 10))),
      "TRUNCATED",
    ],
    [
      "a value passes the end of its item",
      objectWith(element(le, "00081140", "SQ", item(12, element(le, "00081155", "UI", "2.25", 40)))),
      "LENGTH_BEYOND_END",
    ],
    [
      "an item passes the end of its sequence",
      objectWith(element(le, "00081140", "SQ", item(40, name))),
      "LENGTH_BEYOND_END",
    ],
    [
      "a sequence without its delimiter",
      file(explicitUid, join(first, second, element(le, "0040a730", "SQ", item(name.length, name), undefinedLength))),
      "TRUNCATED",
    ],
    [
      "an item without its delimiter",
      file(
        explicitUid,
        join(first, second, element(le, "0040a730", "SQ", item(undefinedLength, name), undefinedLength)),
      ),
      "TRUNCATED",
    ],
    ["something else than an item", objectWith(element(le, "00081140", "SQ", name)), "MALFORMED_SEQUENCE"],
    [
      "bytes left in an item",
      objectWith(element(le, "00081140", "SQ", item(name.length + 2, join(name, latin1("xx"))))),
      "MALFORMED_ELEMENT",
    ],
    [
      "an item where an element should be",
      file(explicitUid, join(first, item(0, new Uint8Array(0)), second)),
      "MALFORMED_ELEMENT",
    ],
    ["zeros in the middle", file(explicitUid, join(first, new Uint8Array(16), second)), "MALFORMED_ELEMENT"],
    [
      "two kinds of pixel data",
      objectBefore(element(le, "7fe00008", "OF", "1234"), element(le, "7fe00010", "OW", "12")),
      "SEVERAL_PIXEL_DATA",
    ],
    [
      "pixel data of a length that nothing supports",
      objectBefore(imageModule(le), element(le, "7fe00010", "OW", "12345678", 0xfffffff0)),
      "TRUNCATED",
    ],
    [
      "something else than fragments",
      objectBefore(element(le, "7fe00010", "OB", name, undefinedLength)),
      "MALFORMED_PIXEL_DATA",
    ],
    [
      "an icon cut short",
      objectBefore(sequence(le, "00880200", [fragments("7fe00010", [new Uint8Array(0)]).subarray(0, 20)], false)),
      "MALFORMED_PIXEL_DATA",
    ],
  ])("%s", async (_, bytes, code) => {
    expect(await outcome(bytes)).toBe(code);
  });

  it("says where", async () => {
    const bytes = file(explicitUid, join(first, second, element(le, "0040a160", "UT", "text", 5)));
    await expect(readObject(bytesSource(bytes))).rejects.toMatchObject({
      place: { offset: bytes.length - 16, tag: "0040,a160" },
    });
  });

  it("draws the line where the limits say", async () => {
    expect(await outcome(objectBefore(nested(64)))).toEqual([]);
    expect(await outcome(objectBefore(nested(65)))).toBe("NESTED_TOO_DEEP");
    expect(await outcome(objectBefore(nested(3)), { nestingLevels: 2 })).toBe("NESTED_TOO_DEEP");
    expect(await outcome(objectWith(name), { headerBytes: 60 })).toBe("HEADER_TOO_LARGE");
    expect(await outcome(objectWith(name), { headerElements: 4 })).toBe("HEADER_TOO_LARGE");
    const parts = [new Uint8Array(0), latin1("ab"), latin1("cd")];
    expect(await outcome(objectBefore(fragments("7fe00010", parts)), { frames: 2 })).toBe("TOO_MANY_FRAMES");
  });

  it("does not need a stack for deep nesting", async () => {
    const open = join(
      tagBytes(le, "0040a730"),
      latin1("SQ"),
      new Uint8Array(2),
      uint32(le, undefinedLength),
      tagBytes(le, "fffee000"),
      uint32(le, undefinedLength),
    );
    const bytes = file(explicitUid, join(first, second, ...Array.from({ length: 100_000 }, () => open)));
    expect(await outcome(bytes)).toBe("NESTED_TOO_DEEP");
    expect(await outcome(bytes, { nestingLevels: 200_000 })).toBe("TRUNCATED");
  });
});
