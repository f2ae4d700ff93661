// The base of the skull and the upper face in an axial slice: sphenoid and petrous bones, orbits.
import { band, ellipse, inflated, onSide, points, smooth, smoothLine, swell } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import { knots, paintTube, smoothTube } from "../drawing/tube.ts";
import type { HeadModel } from "./head-model.ts";
import { paintSinuses } from "./sinus-slice.ts";

/** Paints bones and hollows below the brain at height `z`, below −4. */
export function paintFace(target: Plane, z: number, model: HeadModel): void {
  if (z < -26) paintBase(target, z, model);
  for (const side of [-1, 1]) {
    if (z < -26) paintPetrous(target, z, side, model);
    if (z < -22) paintOrbit(target, z, side, model);
  }
  paintSinuses(target, z, model);
}

function paintBase(target: Plane, z: number, { values, texture }: HeadModel): void {
  const wing = Math.min(1, (-26 - z) / 10);
  const wide = 4 + 5 * wing;
  for (const side of [-1, 1]) {
    const ridge = smoothLine(
      [
        [side * 12, -30],
        [side * 34, -38],
        [side * 48, -47],
        [side * 56, -52],
      ],
      6,
    );
    fill(target, band(ridge, wide, wide * 0.8), values.bone);
    fill(target, band(ridge, wide - 3, wide * 0.8 - 3), values.diploe);
  }
  if (z > -34) return;
  const clivus = smooth(points([-15, -26, 15, -26, 18, -10, 10, -2, 0, -3.5, -10, -2, -18, -10]));
  fill(target, clivus, values.bone * 0.9);
  shade(target, inflated(clivus, -1.8), (_, x, y) => values.diploe * (0.8 + 0.25 * texture(x / 3, y / 3, z / 3)));
}

function paintPetrous(target: Plane, z: number, side: number, { values, texture }: HeadModel): void {
  const bulk = swell(z, -46, 20);
  if (bulk < 0.3) return;
  const outline = band(smoothLine(onSide(side, [15, -3, 32, 9, 50, 22, 66, 30]), 6), 7 + 6 * bulk, 12 + 16 * bulk);
  const cell = values.air * 0.92 + values.bone * 0.02;
  fill(target, outline, values.bone);
  shade(target, inflated(outline, -2.2), (value, x, y) => {
    if (Math.abs(x) > 38) return texture(x / 3.1, y / 3.1, z / 3.1) > -0.12 ? cell : values.bone * 0.75;
    return texture(x / 5, y / 5, z / 5) > 0.25 ? values.diploe : value;
  });
  if (z > -50) paintInnerEar(target, z, side, values);
  if (z < -40) fill(target, band(onSide(side, [73, 10, 52, 13]), 6, 5), values.air);
}

function paintInnerEar(target: Plane, z: number, side: number, values: HeadModel["values"]): void {
  if (z < -40) fill(target, band(onSide(side, [20, 9, 31, 11]), 4), values.fluid);
  if (z >= -38) return;
  for (const [x, y] of points([34, 13, 38, 18])) fill(target, ellipse(side * x, y, 2.4, 1.7), values.fluid);
}

const socket = points([14, -84, 30, -93, 48, -84, 51, -70, 38, -50, 19, -34, 14, -40, 12.5, -62]);

function paintOrbit(target: Plane, z: number, side: number, { values }: HeadModel): void {
  const size = swell(z, -46, 22);
  if (size < 0.25) return;
  const cone = smooth(
    socket.map(([x, y]): Point => [side * (30 + (x - 30) * size), -62 + (y + 62) * size]),
    6,
  );
  fill(target, inflated(cone, 2.4), values.bone);
  fill(target, ellipse(side * 52, -73, 5 * size, 6.5 * size, side * 0.5), values.bone);
  fill(target, cone, values.fat);
  const lid = swell(z, -34, 6);
  if (lid > 0) fill(target, ellipse(side * 28.5, -66, 5.5 * lid, 15 * lid, side * -0.2), values.muscle);
  paintEyeMuscles(target, z, side, values);
  paintGlobe(target, z, side, values);
}

function paintEyeMuscles(target: Plane, z: number, side: number, values: HeadModel["values"]): void {
  const solid = { z, half: 1 };
  for (const [front, back] of [onSide(side, [43, -74, 41, -60]), onSide(side, [17.5, -74, 16, -58])]) {
    if (front === undefined || back === undefined) continue;
    const middle = [(front[0] + back[0]) / 2, (front[1] + back[1]) / 2] as const;
    const course = knots([...front, -45, 1], [...middle, -45, 2.4], [...back, -44, 2], [side * 17, -38, -40, 1.2]);
    paintTube(target, solid, smoothTube(course), values.muscle);
  }
  const nerve = knots([side * 29, -64, -45, 2.3], [side * 24, -50, -43, 2.2], [side * 16, -36, -37, 2.4]);
  paintTube(target, solid, smoothTube(nerve), values.nerve);
}

function paintGlobe(target: Plane, z: number, side: number, values: HeadModel["values"]): void {
  const size = swell(z, -46, 12.4);
  if (size === 0) return;
  fill(target, ellipse(side * 31, -77, 12.4 * size, 12.6 * size), values.muscle);
  fill(target, ellipse(side * 31, -77, 12.4 * size - 1.1, 12.6 * size - 1.1), values.vitreous);
  const lens = swell(z, -46, 5);
  if (lens > 0) fill(target, ellipse(side * 31, -86, 4.6 * lens, 2.1 * lens), values.lens);
  if (z > -57)
    fill(
      target,
      band(
        smoothLine([
          [side * 18, -89],
          [side * 31, -91.5],
          [side * 44, -87],
        ]),
        2.6,
      ),
      values.skin,
    );
}
