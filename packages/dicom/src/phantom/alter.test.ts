import { equalBytes } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asFromPacs, withAttributes, withElement, withPixelErased } from "./alter.ts";
import { type ElementPlace, elementPlaces } from "./element-walk.ts";
import { phantom } from "./phantom.ts";
import { smallObject } from "./small-object.ts";

const original = smallObject();

describe("headers", () => {
  test("an element is replaced where it stands, and nothing else changes", () => {
    const copy = withElement(original, "00080050", { vr: "SH", value: "26-2" });
    expect(textOf(copy, "00080050")).toBe("26-2");
    expect(changedTags(original, copy)).toEqual(["00080050"]);
  });

  test("an element is added in its place, first, in the middle or last", () => {
    const tags = ["00080001", "00180015", "7FE10010"];
    for (const tag of tags) {
      const copy = withElement(original, tag, { vr: "LO", value: "new" });
      const places = elementPlaces(copy).map((place) => place.tag);
      expect(places).toEqual([...places].sort());
      expect(changedTags(original, copy)).toEqual([tag]);
    }
  });

  test("an element is left out, and leaving out what is not there changes nothing", () => {
    expect(changedTags(original, withElement(original, "00080050", undefined))).toEqual(["00080050"]);
    expect(equalBytes(withElement(original, "00080051", undefined), original)).toBe(true);
  });

  test("a change and its reversal give the first bytes again", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 -]{0,15}[A-Za-z0-9]$/), (text) => {
        const there = withAttributes(original, { AccessionNumber: text, PatientName: text });
        const back = withAttributes(there, { AccessionNumber: "26-100001", PatientName: "Demo^Small" });
        expect(equalBytes(back, original)).toBe(true);
      }),
    );
  });

  test("a PACS changes accession and institution and adds its own title", () => {
    const copy = asFromPacs(original, {
      accessionNumber: "A-1",
      institutionName: "Elsewhere",
      retrieveAeTitle: "PACS1",
    });
    expect(changedTags(original, copy)).toEqual(["00080050", "00080054", "00080080"]);
    expect(textOf(copy, "00080054")).toBe("PACS1");
  });

  test.each(["00020010", "0008005", "0008005g"])("the tag %s is refused", (tag) => {
    expect(() => withElement(original, tag, undefined)).toThrow(expect.objectContaining({ code: "VALUE_UNFIT" }));
  });
});

describe("pixels", () => {
  const study = phantom("ct-chest", { seed: "alter", startedAt: "2026-11-18T08:00:00Z", uidRoot: "2.25" });
  const mark = study.marks[0] as NonNullable<(typeof study.marks)[0]>;
  const slice = [...study.objects].find(({ sopInstanceUid }) => sopInstanceUid === mark.sopInstanceUid)
    ?.bytes as Uint8Array;

  test("the nodule goes, and nothing outside the circle changes", () => {
    const copy = withPixelErased(slice, mark);
    expect(changedTags(slice, copy)).toEqual(["7FE00010"]);
    const start = placeOf(slice, "7FE00010").valueStart;
    const [before, after] = [new DataView(slice.buffer), new DataView(copy.buffer)];
    const changed = Array.from({ length: 512 * 512 }, (_, at) => at).filter(
      (at) => before.getInt16(start + 2 * at, true) !== after.getInt16(start + 2 * at, true),
    );
    const reach = changed.map((at) => Math.hypot((at % 512) - mark.column, Math.floor(at / 512) - mark.row));
    expect(changed.length).toBeGreaterThan(200);
    expect(Math.max(...reach)).toBeLessThan(mark.radius);
    const centre = start + 2 * (mark.row * 512 + mark.column);
    expect(before.getInt16(centre, true)).toBeGreaterThan(700);
    expect(after.getInt16(centre, true)).toBeLessThan(500);
  });

  test.each([
    ["outside the image", { column: 600, row: 100, radius: 5 }],
    ["across its edge", { column: 3, row: 100, radius: 5 }],
    ["not on the grid", { column: 100.5, row: 100, radius: 5 }],
    ["empty", { column: 100, row: 100, radius: 0 }],
    ["too large to have a neighbour", { column: 256, row: 256, radius: 200 }],
  ])("a region %s is refused", (_, region) => {
    expect(() => withPixelErased(slice, region)).toThrow(expect.objectContaining({ code: "REGION_UNFIT" }));
  });
});

describe("what is not ours is refused", () => {
  const implicit = smallObject({ form: { transferSyntax: "implicit", sequences: "defined" } });
  const another = smallObject();
  another[placeOf(another, "00020012").valueStart + 6] = 0x39;
  const strange: readonly (readonly [string, Uint8Array])[] = [
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("not DICOM".repeat(40))],
    ["implicit VR", implicit],
    ["another implementation", another],
    ["cut off", original.subarray(0, original.length - 1)],
    ["one byte more", new Uint8Array([...original, 0])],
  ];

  test.each(strange)("%s", (_, bytes) => {
    expect(() => withElement(bytes, "00080050", undefined)).toThrow(expect.objectContaining({ code: "NOT_A_PHANTOM" }));
  });

  test("an image of 8 bits cannot be erased", () => {
    const region = { column: 8, row: 8, radius: 2 };
    expect(() => withPixelErased(smallObject({ kind: "SC" }), region)).toThrow(
      expect.objectContaining({ code: "NOT_A_PHANTOM" }),
    );
  });

  test("damaged bytes are refused or give a file, never anything else", () => {
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = original.slice();
        damaged[at] = (damaged[at] as number) ^ flip;
        try {
          expect(withElement(damaged, "00080050", undefined)).toBeInstanceOf(Uint8Array);
        } catch (error) {
          expect(error).toMatchObject({ code: "NOT_A_PHANTOM" });
        }
      }),
    );
  });
});

function placeOf(bytes: Uint8Array, tag: string): ElementPlace {
  const place = elementPlaces(bytes).find((candidate) => candidate.tag === tag);
  if (place === undefined) throw new Error("no such element");
  return place;
}

function textOf(bytes: Uint8Array, tag: string): string {
  const { valueStart, end } = placeOf(bytes, tag);
  return new TextDecoder().decode(bytes.subarray(valueStart, end)).trimEnd();
}

function changedTags(before: Uint8Array, after: Uint8Array): string[] {
  const byTag = (bytes: Uint8Array) =>
    new Map(elementPlaces(bytes).map(({ tag, start, end }) => [tag, bytes.subarray(start, end)]));
  const [old, now] = [byTag(before), byTag(after)];
  const tags = [...new Set([...old.keys(), ...now.keys()])].sort();
  return tags.filter((tag) => !equalBytes(old.get(tag) ?? new Uint8Array(), now.get(tag) ?? new Uint8Array()));
}
