import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthOf, placeOf, pointAt } from "./measurement.ts";

const line = { from: { column: 10, row: 20 }, to: { column: 13, row: 24 } };

test("a line is as long as its pixels are large, and says in what", () => {
  expect(lengthOf({ spacing: [1, 1], spacingAt: "patient" }, line)).toEqual({
    length: 5,
    unit: "mm",
    atDetector: false,
  });
  expect(lengthOf({ spacing: [0.5, 2], spacingAt: "detector" }, line)).toEqual({
    length: Math.hypot(6, 2),
    unit: "mm",
    atDetector: true,
  });
  expect(lengthOf({}, line)).toEqual({ length: 5, unit: "px", atDetector: false });
});

test("a place is found again wherever the picture lies, and never outside of it", () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const lie = fc.record({
    left: number(-500, 500),
    top: number(-500, 500),
    width: number(0.1, 16),
    height: number(0.1, 16),
  });
  const size = { rows: 64, columns: 48 };
  fc.assert(
    fc.property(lie, number(0, 48), number(0, 64), (lie, column, row) => {
      const found = pointAt(size, lie, ...placeOf(lie, { column, row }));
      expect(found.column).toBeCloseTo(column, 6);
      expect(found.row).toBeCloseTo(row, 6);
    }),
  );
  const lieAt = { left: 10, top: 10, width: 2, height: 2 };
  expect(pointAt(size, lieAt, 0, 0)).toEqual({ column: 0, row: 0 });
  expect(pointAt(size, lieAt, 1000, 1000)).toEqual({ column: 48, row: 64 });
});
