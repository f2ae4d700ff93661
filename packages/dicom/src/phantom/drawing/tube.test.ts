import { expect, test } from "vitest";
import { type Plane, plane } from "./plane.ts";
import { knots, paintTube, smoothTube } from "./tube.ts";

const upright = knots([0, 0, -50, 5], [0, 0, 50, 5]);
const lying = knots([-10, 0, 3, 2], [10, 0, 3, 2]);

function areaOf(paint: (target: Plane) => void): number {
  const target = plane(100, 100, 0.5, 0);
  paint(target);
  return target.values.reduce((sum, value) => sum + value, 0) / 4;
}

test("a tube cut across shows its section", () => {
  const area = areaOf((target) => paintTube(target, { z: 7, half: 1 }, upright, 1));
  expect(area / (Math.PI * 25)).toBeGreaterThan(0.97);
  expect(area / (Math.PI * 25)).toBeLessThan(1.05);
});

test("a tube along the slice shows its length, narrower where it leaves the slab", () => {
  const whole = areaOf((target) => paintTube(target, { z: 3, half: 1 }, lying, 1));
  const leaving = areaOf((target) => paintTube(target, { z: 5.5, half: 1 }, lying, 1));
  expect(whole).toBeCloseTo(20 * 4 + Math.PI * 4, 0);
  expect(leaving).toBeGreaterThan(20);
  expect(leaving).toBeLessThan(whole);
});

test("a tube beyond the slab is not seen", () => {
  expect(areaOf((target) => paintTube(target, { z: 6.1, half: 1 }, lying, 1))).toBe(0);
  expect(areaOf((target) => paintTube(target, { z: 60, half: 1 }, upright, 1))).toBe(0);
});

test("a smooth tube keeps its ends", () => {
  const tube = smoothTube(knots([0, 0, 0, 1], [5, 5, 5, 2], [10, 0, 10, 1]), 4);
  expect(tube).toHaveLength(9);
  expect([tube[0], tube[4], tube[8]]).toEqual(knots([0, 0, 0, 1], [5, 5, 5, 2], [10, 0, 10, 1]));
});
