import fc from "fast-check";
import { expect, test } from "vitest";
import { blur } from "./finish.ts";
import { band, ellipse, inflated, smooth, swell } from "./outline.ts";
import { add, clear, fill, type Plane, type Point, plane } from "./plane.ts";

const sum = (target: Plane) => target.values.reduce((total, value) => total + value, 0);

test("a triangle covers as much as its area says, wherever it lies between the samples", () => {
  const coordinate = fc.double({ min: -9, max: 9, noNaN: true });
  const corner = fc.tuple(coordinate, coordinate);
  fc.assert(
    fc.property(corner, corner, corner, fc.constantFrom(0.5, 1), (a, b, c, spacing) => {
      const target = plane(24 / spacing, 24 / spacing, spacing, 0);
      add(target, [a, b, c], 1);
      const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
      expect(Math.abs(sum(target) * spacing * spacing - area)).toBeLessThan(0.15);
    }),
  );
});

test("what lies outside the plane is cut off", () => {
  const target = plane(10, 10, 1, 0);
  fill(
    target,
    [
      [-50, -50],
      [50, -50],
      [50, 50],
      [-50, 50],
    ],
    7,
  );
  expect(target.values.every((value) => value === 7)).toBe(true);
  clear(target, 0);
  fill(
    target,
    [
      [-50, -50],
      [0, -50],
      [0, 50],
      [-50, 50],
    ],
    1,
  );
  expect(sum(target)).toBeCloseTo(50, 4);
  fill(
    target,
    [
      [60, 60],
      [70, 60],
      [70, 70],
    ],
    9,
  );
  expect(sum(target)).toBeCloseTo(50, 4);
});

test("an edge half way through a sample mixes it half and half", () => {
  const target = plane(3, 1, 1, 0);
  fill(
    target,
    [
      [-1.5, -1],
      [0, -1],
      [0, 1],
      [-1.5, 1],
    ],
    100,
  );
  expect([...target.values]).toEqual([100, 50, 0]);
});

test("an ellipse has its area, and grows by its rim when inflated", () => {
  const target = plane(80, 80, 0.5, 0);
  add(target, ellipse(1.3, -0.7, 9, 5, 0.4), 1);
  expect(sum(target) / 4).toBeGreaterThan(Math.PI * 45 * 0.98);
  expect(sum(target) / 4).toBeLessThan(Math.PI * 45);
  clear(target, 0);
  add(target, inflated(ellipse(0, 0, 8, 8), 2), 1);
  expect(sum(target) / 4 / (Math.PI * 100)).toBeCloseTo(1, 1);
});

test("a band is as wide as asked", () => {
  const target = plane(80, 80, 0.5, 0);
  add(
    target,
    band(
      [
        [-10, 3],
        [10, 3],
      ],
      4,
      2,
    ),
    1,
  );
  expect(sum(target) / 4).toBeCloseTo(20 * 3, 3);
});

test("a smooth outline passes through its corners", () => {
  const corners: readonly Point[] = [
    [0, 0],
    [10, 2],
    [8, 9],
    [-3, 7],
  ];
  const outline = smooth(corners, 5);
  expect(outline).toHaveLength(20);
  for (const [index, corner] of corners.entries()) expect(outline[5 * index]).toEqual(corner);
});

test("blur keeps the sum away from the edges and lowers the peak", () => {
  const target = plane(21, 21, 1, 0);
  target.values[10 * 21 + 10] = 100;
  blur(target, 0.8);
  expect(sum(target)).toBeCloseTo(100, 3);
  expect(Math.max(...target.values)).toBeLessThan(40);
});

test("a ball swells and ends", () => {
  expect([-6, -5, 0, 5].map((z) => swell(z, 0, 5))).toEqual([0, 0, 1, 0]);
});
