import { equalBytes } from "@fiducial/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { elementPlaces } from "./element-walk.ts";
import { clone, cloner, smallDataSet, smallObject } from "./small-object.ts";
import { phantomUid } from "./uid.ts";

test("a small object is small, and the same for the same options", () => {
  expect(smallObject().length).toBeLessThan(3000);
  expect(equalBytes(smallObject({ seed: "a" }), smallObject({ seed: "a" }))).toBe(true);
  expect(equalBytes(smallObject({ seed: "a" }), smallObject({ seed: "b" }))).toBe(false);
});

test("attributes and elements are changed, added and left out", () => {
  const elements = { "00091001": { vr: "LO", value: "private" }, "00080050": undefined } as const;
  const made = smallDataSet({ attributes: { PatientName: "Demo^Other", Sensitivity: 400 }, elements });
  expect(made["00100010"]).toEqual({ vr: "PN", value: "Demo^Other" });
  expect(made["00186000"]).toEqual({ vr: "DS", value: 400 });
  expect(made["00091001"]).toEqual({ vr: "LO", value: "private" });
  expect(made["00080050"]).toBeUndefined();
});

test("pixels decide bits and sign", () => {
  const made = smallDataSet({ pixels: new Int16Array(4), columns: 2, rows: 2 });
  expect([made["00280100"]?.value, made["00280103"]?.value]).toEqual([16, 1]);
  expect(smallDataSet({ kind: "SC" })["00280100"]?.value).toBe(8);
});

test("a clone differs from its origin in the stamped UIDs alone", () => {
  const origin = smallObject();
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (seed, whole) => {
      const uid = (path: string) => phantomUid("2.25", `clone ${seed}`, path);
      const more = whole ? { seriesInstanceUid: uid("series"), studyInstanceUid: uid("study") } : {};
      const copy = clone(origin, { sopInstanceUid: uid("instance"), ...more });
      expect(copy.length).toBe(origin.length);
      const attributes = {
        SOPInstanceUID: uid("instance"),
        ...(whole && { SeriesInstanceUID: uid("series"), StudyInstanceUID: uid("study") }),
      };
      expect(equalBytes(copy, smallObject({ attributes }))).toBe(true);
    }),
  );
});

test("a UID one shorter fits an even field with a zero byte, any other length is refused", () => {
  const origin = smallObject();
  const shorter = phantomUid("2.25", "a", "b").slice(0, -1);
  const place = elementPlaces(origin).find(({ tag }) => tag === "00080018");
  expect(clone(origin, { sopInstanceUid: shorter })[(place?.end ?? 0) - 1]).toBe(0);
  for (const uid of ["1.2.3", `${shorter}123`]) {
    expect(() => clone(origin, { sopInstanceUid: uid })).toThrow(
      expect.objectContaining({ code: "UID_LENGTH_DIFFERS" }),
    );
  }
});

test("a cloner leaves its origin alone", () => {
  const origin = smallObject();
  const before = origin.slice();
  const stamp = cloner(origin);
  const copies = [0, 1, 2].map((index) => stamp({ sopInstanceUid: phantomUid("2.25", "many", String(index)) }));
  expect(equalBytes(origin, before)).toBe(true);
  expect(new Set(copies.map((copy) => Buffer.from(copy).toString("hex"))).size).toBe(3);
});
