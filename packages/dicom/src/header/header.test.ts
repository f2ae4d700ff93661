// Header values: read from the canonical header, whatever stands there.
import { describe, expect, it } from "vitest";
import {
  element,
  even,
  imageModule,
  explicitLittle as le,
  numbers,
  sequence,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { objectBefore } from "../../../../vectors/fingerprints/object-case.ts";
import { findAttribute, readCanonicalHeader } from "../fingerprint/canonical-attributes.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { attributeText } from "./attribute-text.ts";
import { acquiredAt, type Header, headerOf, studyStartedAt } from "./header.ts";

const text = (tag: string, vr: string, value: string): Uint8Array => element(le, tag, vr, even(value));

async function read(...parts: readonly Uint8Array[]): Promise<{ header: Header; canonical: Uint8Array }> {
  const { header, canonicalHeader: canonical } = await fingerprint(bytesSource(objectBefore(...parts)));
  return { header, canonical };
}

describe("header values", () => {
  it("are named, decoded and trimmed; blank ones are absent", async () => {
    const { header, canonical } = await read(
      text("00080005", "CS", "ISO_IR 192"),
      text("00080060", "CS", "CT"),
      text("00081030", "LO", " Chest "),
      text("00100010", "PN", "M\xc3\xbcller^\xc3\x84nne"),
      text("00100030", "DA", "  "),
      text("00181020", "LO", "v1\\v2"),
      text("00200011", "IS", " 7"),
      imageModule(le, { frames: "12", rows: 512, columns: 300, allocated: 16, stored: 12 }),
    );
    expect(header).toEqual({
      transferSyntaxUid: "1.2.840.10008.1.2.1",
      sopClassUid: "1.2.840.10008.5.1.4.1.1.7",
      sopInstanceUid: "2.25.1",
      studyInstanceUid: "2.25.2",
      seriesInstanceUid: "2.25.3",
      modality: "CT",
      studyDescription: "Chest",
      patientName: "Müller^Änne",
      softwareVersions: "v1\\v2",
      photometricInterpretation: "MONOCHROME2",
      seriesNumber: 7,
      rows: 512,
      columns: 300,
      samplesPerPixel: 1,
      bitsAllocated: 16,
      bitsStored: 12,
      pixelRepresentation: 0,
      numberOfFrames: 12,
    });
    expect(headerOf(canonical, header.transferSyntaxUid)).toEqual(header);
  });

  it("are left out when they are not what they should be", async () => {
    const { header } = await read(
      sequence(le, "00100020", [new Uint8Array(0)], true, "SQ"),
      text("00200011", "IS", "seven"),
      element(le, "00280010", "UL", new Uint8Array(4)),
    );
    expect(header).not.toHaveProperty("patientId");
    expect(header).not.toHaveProperty("seriesNumber");
    expect(header).not.toHaveProperty("rows");
  });
});

describe("times", () => {
  const base: Header = { transferSyntaxUid: "1.2.840.10008.1.2.1" };
  const at = (time: string): string => `2026-01-0${time}T00:00:00.000+01:00`;
  const all: Header = {
    ...base,
    timezoneOffset: "+0100",
    acquisitionDateTime: "20260101000000",
    acquisitionDate: "20260102",
    acquisitionTime: "000000",
    contentDate: "20260103",
    contentTime: "000000",
    seriesDate: "20260104",
    seriesTime: "000000",
    studyDate: "20260105",
    studyTime: "000000",
  };

  it("come from what is closest to the acquisition", () => {
    expect(acquiredAt(all)).toBe(at("1"));
    const { acquisitionDateTime: _, ...second } = all;
    expect(acquiredAt(second)).toBe(at("2"));
    const { acquisitionTime: __, ...third } = second;
    expect(acquiredAt(third)).toBe(at("3"));
    const { contentDate: ___, ...fourth } = third;
    expect(acquiredAt(fourth)).toBe(at("4"));
    const { seriesTime: ____, ...fifth } = fourth;
    expect(acquiredAt(fifth)).toBe(at("5"));
    expect(studyStartedAt(all)).toBe(at("5"));
    expect(acquiredAt(base)).toBeUndefined();
  });
});

describe("attributes as text", () => {
  const shown = async (tag: number, ...parts: readonly Uint8Array[]): Promise<string> => {
    const attribute = findAttribute(readCanonicalHeader((await read(...parts)).canonical), tag);
    if (attribute === undefined) throw new Error("no such attribute");
    return attributeText(attribute, ["ISO_IR 100"]);
  };

  it("are read by their VR", async () => {
    expect(await shown(0x00100010, text("00100010", "PN", "M\xfcller"))).toBe("Müller");
    expect(await shown(0x00280010, numbers(le, "00280010", "US", 512))).toBe("512");
    expect(await shown(0x00281101, numbers(le, "00281101", "US", 256, 0, 16))).toBe("256\\0\\16");
    expect(await shown(0x00189087, element(le, "00189087", "FD", new Uint8Array([0, 0, 0, 0, 0, 0, 240, 63])))).toBe(
      "1",
    );
    expect(await shown(0x00081140, sequence(le, "00081140", [new Uint8Array(0)], true))).toBe("1 item");
    expect(await shown(0x00420011, element(le, "00420011", "OB", "%PDF"))).toBe("25504446");
    expect(await shown(0x00420011, element(le, "00420011", "OB", new Uint8Array(2 ** 20 + 2)))).toBe("1048578 bytes");
    expect(await shown(0x0040a160, text("0040a160", "UT", "x".repeat(9000)))).toBe(`${"x".repeat(256)}…`);
  });

  it("are cut where a number is", async () => {
    expect(await shown(0x00280010, element(le, "00280010", "US", new Uint8Array([1])))).toBe("");
  });
});
