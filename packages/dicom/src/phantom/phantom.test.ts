import { equalBytes, utf8 } from "@fiducial/core";
import { beforeAll, expect, test } from "vitest";
import { elementPlaces } from "./element-walk.ts";
import { phantom, phantomStudies } from "./phantom.ts";
import type { PhantomName, PhantomObject, PhantomStudy } from "./studies/phantom-study.ts";

const options = { seed: "northlake", startedAt: "2026-11-18T08:00:00+01:00", uidRoot: "2.25" } as const;

let studies: PhantomStudy[] = [];
const objects = new Map<PhantomName, readonly PhantomObject[]>();

beforeAll(() => {
  studies = phantomStudies({ ...options, patients: 3 });
  for (const study of studies) objects.set(study.name, [...study.objects]);
});

test("three patients have the five studies of the base, in the order of their visits", () => {
  expect(studies.map(({ name, modality, objectCount }) => [name, modality, objectCount])).toEqual([
    ["cr-chest", "CR", 1],
    ["ct-chest", "CT", 30],
    ["sr-chest", "SR", 1],
    ["ct-head", "CT", 28],
    ["mr-brain", "MR", 16],
  ]);
  for (const { name, objectCount } of studies) expect(objects.get(name)).toHaveLength(objectCount);
});

test("the base stays below 25 MB", () => {
  const sizes = [...objects.values()].flat().map(({ bytes }) => bytes.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(25e6);
});

test("the same arguments give the same bytes, another seed others", () => {
  const first = (seed: string) => [...phantom("sr-chest", { ...options, seed }).objects][0]?.bytes as Uint8Array;
  const slice = [...phantom("ct-head", options).objects][7]?.bytes as Uint8Array;
  expect(equalBytes(slice, objects.get("ct-head")?.[7]?.bytes as Uint8Array)).toBe(true);
  expect(equalBytes(first("northlake"), objects.get("sr-chest")?.[0]?.bytes as Uint8Array)).toBe(true);
  expect(equalBytes(first("northlake"), first("southlake"))).toBe(false);
});

test("every object has a UID of its own under the root, stated by the study as in the file", () => {
  const all = [...objects.values()].flat();
  expect(new Set(all.map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(all.length);
  for (const { sopInstanceUid, bytes } of all) {
    expect(sopInstanceUid).toMatch(/^2\.25\.\d{39}$/);
    expect(textAt(bytes, "00080018")).toBe(sopInstanceUid);
    expect(textAt(bytes, "00020003")).toBe(sopInstanceUid);
  }
});

test("file names are unique within a study", () => {
  for (const list of objects.values()) expect(new Set(list.map(({ fileName }) => fileName)).size).toBe(list.length);
});

test("a study says of itself what its objects say", () => {
  for (const study of studies) {
    for (const { bytes } of objects.get(study.name) ?? []) {
      expect(textAt(bytes, "00100020")).toBe(study.patientId);
      expect(textAt(bytes, "00080050")).toBe(study.accessionNumber);
      expect(textAt(bytes, "0020000D")).toBe(study.studyInstanceUid);
      expect(textAt(bytes, "00081010")).toBe(study.stationName);
      expect(textAt(bytes, "00080060")).toBe(study.modality);
      expect(textAt(bytes, "00080201")).toBe("+0100");
      expect(textAt(bytes, "00100010")).toMatch(/^Demo\^Patient \d{4}$/);
      expect(textAt(bytes, "00104000")).toMatch(/^Demo data/);
    }
  }
});

test("the report stands in the study of its CT and names each of its slices", () => {
  const [ct, sr] = [studies[1] as PhantomStudy, studies[2] as PhantomStudy];
  expect(sr.studyInstanceUid).toBe(ct.studyInstanceUid);
  const report = objects.get("sr-chest")?.[0]?.bytes as Uint8Array;
  for (const { sopInstanceUid } of objects.get("ct-chest") ?? []) expect(holds(report, sopInstanceUid)).toBe(true);
  expect(sr.marks).toEqual(ct.marks);
});

test.each(["ct-chest", "ct-head"] as const)(
  "the mark of %s lies on something brighter than what surrounds it",
  (name) => {
    const [mark] = studies.find((study) => study.name === name)?.marks ?? [];
    const bytes = objects.get(name)?.find(({ sopInstanceUid }) => sopInstanceUid === mark?.sopInstanceUid)?.bytes;
    if (mark === undefined || bytes === undefined) throw new Error("no mark");
    const columns = name === "ct-chest" ? 512 : 256;
    const inside = meanOnRing(bytes, columns, mark, 1);
    const outside = meanOnRing(bytes, columns, mark, mark.radius);
    expect(inside - outside).toBeGreaterThan(name === "ct-chest" ? 400 : 20);
  },
);

test("neighbouring slices differ", () => {
  for (const name of ["ct-chest", "ct-head", "mr-brain"] as const) {
    const list = objects.get(name) ?? [];
    const tails = new Set(list.map(({ bytes }) => utf8Free(bytes.subarray(-40000, -20000))));
    expect(tails.size).toBe(list.length);
  }
});

test("nothing is drawn before it is asked for, and a study can be drawn twice", () => {
  const many = phantomStudies({ ...options, patients: 3000 });
  expect(many).toHaveLength(5000);
  expect(new Set(many.map(({ accessionNumber, name }) => accessionNumber + name)).size).toBe(5000);
  const report = many[2] as PhantomStudy;
  expect([...report.objects]).toEqual([...report.objects]);
});

test("another patient has another chest", () => {
  const [here, there] = [phantom("ct-chest", options), phantom("ct-chest", { ...options, patient: 3 })];
  expect(there.patientId).not.toBe(here.patientId);
  expect(there.marks[0]?.column).not.toBe(here.marks[0]?.column);
});

test("arguments that make no DICOM are refused", () => {
  expect(() => phantomStudies({ ...options, startedAt: "yesterday", patients: 1 })).toThrow(
    expect.objectContaining({ code: "START_UNFIT" }),
  );
  expect(() => phantomStudies({ ...options, uidRoot: "x", patients: 1 })).toThrow(
    expect.objectContaining({ code: "UID_ROOT_UNFIT" }),
  );
});

function textAt(bytes: Uint8Array, tag: string): string {
  const place = elementPlaces(bytes).find((candidate) => candidate.tag === tag);
  const value = place === undefined ? new Uint8Array() : bytes.subarray(place.valueStart, place.end);
  return new TextDecoder().decode(value).replace(/[ \0]+$/, "");
}

function holds(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).includes(Buffer.from(utf8(text)));
}

function utf8Free(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function meanOnRing(bytes: Uint8Array, columns: number, mark: { column: number; row: number }, radius: number): number {
  const place = elementPlaces(bytes).find(({ tag }) => tag === "7FE00010");
  const view = new DataView(bytes.buffer, bytes.byteOffset + (place?.valueStart ?? 0));
  const values = Array.from({ length: 24 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 24;
    const column = Math.round(mark.column + radius * Math.cos(angle));
    const row = Math.round(mark.row + radius * Math.sin(angle));
    return view.getInt16(2 * (row * columns + column), true);
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
