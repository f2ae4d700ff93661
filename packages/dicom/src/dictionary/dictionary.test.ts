// The dictionary is what its generator makes, says what PS3.6 says, and its value classes never change.
import { readFileSync } from "node:fs";
import { sha256, toHex, utf8 } from "@fiducial/core";
import { describe, expect, it } from "vitest";
import { attributeTableSource, valueClassesJson } from "../../dictionary/generate.ts";
import { attributeName, dictionaryEntry, keywordOf, tagOfKeyword } from "./dictionary.ts";
import type { Tag } from "./tag.ts";

const classesFile = new URL("../../../../vectors/fingerprints/value-classes.json", import.meta.url);

describe("generated files", () => {
  it("are what the generator makes", () => {
    expect(readFileSync(new URL("./attribute-table.ts", import.meta.url), "utf8")).toBe(attributeTableSource());
    expect(readFileSync(classesFile, "utf8")).toBe(valueClassesJson());
  });

  it("keep the value classes that fiducial-dataset-v1 was published with", () => {
    // Another digest here would be another scheme: every data set digest recorded so far could change.
    const digest = toHex(sha256(utf8(readFileSync(classesFile, "utf8"))));
    expect(digest).toBe("82dd70dbbb10a2fd3e19a5f13a918b2e358f1e93eaaf56c63b09b10e554934fb");
    const page = readFileSync(new URL("../../../../docs/formats/fingerprints.md", import.meta.url), "utf8");
    expect(page).toContain(digest);
  });

  it("give each tag the class that the scheme gives it", () => {
    const classes = JSON.parse(readFileSync(classesFile, "utf8"));
    for (const valueClass of ["text", "sequence", "binary"]) {
      for (const tag of classes[valueClass]) {
        const first = Number.parseInt(tag.replaceAll("x", "0"), 16);
        expect(dictionaryEntry(first)?.valueClass, tag).toBe(valueClass);
      }
    }
  });
});

describe("lookups", () => {
  const known: readonly [Tag, string, string, string][] = [
    [0x00080018, "UI", "SOPInstanceUID", "SOP Instance UID"],
    [0x00080201, "SH", "TimezoneOffsetFromUTC", "Timezone Offset From UTC"],
    [0x00100010, "PN", "PatientName", "Patient Name"],
    [0x00281101, "xs", "RedPaletteColorLookupTableDescriptor", "Red Palette Color Lookup Table Descriptor"],
    [0x00283006, "lt", "LUTData", "LUT Data"],
    [0x00203100, "CS", "SourceImageIDs", "Source Image IDs"],
    [0x00203177, "CS", "SourceImageIDs", "Source Image IDs"],
    [0x50203000, "ox", "CurveData", "Curve Data"],
    [0x60003000, "ox", "OverlayData", "Overlay Data"],
    [0x60fe3000, "ox", "OverlayData", "Overlay Data"],
    [0x006862f0, "SQ", "ViewOrientationModifierCodeSequence", "View Orientation Modifier Code Sequence"],
    [0x7fe00010, "ox", "PixelData", "Pixel Data"],
  ];

  it.each(known)("%i is %s %s", (tag, vr, keyword, name) => {
    expect(dictionaryEntry(tag)?.vr).toBe(vr);
    expect(keywordOf(tag)).toBe(keyword);
    expect(attributeName(tag)).toBe(name);
  });

  it.each([0x60013000, 0x00091010, 0x04020561, 0x00080000, 0x00020010, 0xfffee000])("%i is no attribute", (tag) => {
    expect(dictionaryEntry(tag)).toBeUndefined();
  });

  it("find tags by keyword", () => {
    expect(tagOfKeyword("PatientID")).toBe(0x00100020);
    expect(tagOfKeyword("OverlayData")).toBe(0x60003000);
    expect(tagOfKeyword("NoSuchKeyword")).toBeUndefined();
    expect(tagOfKeyword("")).toBeUndefined();
  });
});
