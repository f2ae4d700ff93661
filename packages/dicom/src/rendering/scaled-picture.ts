// A picture, or a part of it, in another size: averaged when it becomes smaller, interpolated when it becomes larger. DICOM PS3.18 § 8.3.5.1.3.
import type { RgbaPicture } from "./drawn-frame.ts";

/** A part of a picture, in its pixels. */
export interface PictureRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a picture is shown: it fills the size as far as its shape lets it. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** The part that is shown; all of it, unless told. */
  readonly region?: PictureRegion;
}

/** Pixels of a side up to which pictures are enlarged: more than a screen's shows nothing more, and takes as long. */
const largestEnlarged = 2048;

/** Returns the picture as the viewport shows it; undefined when the region lies outside of it. Nothing is enlarged beyond 2048 pixels a side. */
export function scaledPicture(picture: RgbaPicture, { width, height, region }: Viewport): RgbaPicture | undefined {
  const shown = within(picture, region ?? { x: 0, y: 0, width: picture.columns, height: picture.rows });
  if (shown === undefined) return undefined;
  const enlarged = Math.min(largestEnlarged / shown.width, largestEnlarged / shown.height);
  const scale = Math.min(width / shown.width, height / shown.height, Math.max(1, enlarged));
  const columns = Math.max(1, Math.round(shown.width * scale));
  const rows = Math.max(1, Math.round(shown.height * scale));
  const across = stepsOf(shown.x, shown.width, columns, picture.columns);
  const down = stepsOf(shown.y, shown.height, rows, picture.rows);
  const data = new Uint8ClampedArray(4 * rows * columns).fill(255);
  for (const [row, rowStep] of down.entries())
    for (const [column, columnStep] of across.entries())
      put(picture, rowStep, columnStep, data, 4 * (row * columns + column));
  return { columns, rows, data };
}

function within({ columns, rows }: RgbaPicture, { x, y, width, height }: PictureRegion): PictureRegion | undefined {
  const [right, bottom] = [Math.min(columns, x + width), Math.min(rows, y + height)];
  const isInside = x >= 0 && y >= 0 && right - x >= 1 && bottom - y >= 1;
  return isInside ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/** Which pixels of one direction make one of the new ones, and how much of each. */
interface Step {
  readonly first: number;
  readonly weights: readonly number[];
}

function stepsOf(from: number, length: number, count: number, most: number): Step[] {
  const ratio = length / count;
  return Array.from({ length: count }, (_, at) =>
    ratio > 1
      ? averaged(from + at * ratio, from + (at + 1) * ratio, most)
      : interpolated(from + (at + 0.5) * ratio - 0.5, most),
  );
}

function averaged(start: number, end: number, most: number): Step {
  const first = Math.min(Math.floor(start), most - 1);
  const last = Math.min(Math.ceil(end), most);
  const weights = Array.from({ length: Math.max(1, last - first) }, (_, at) => {
    const pixel = first + at;
    return Math.max(0, Math.min(end, pixel + 1) - Math.max(start, pixel));
  });
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
  return { first, weights: weights.map((weight) => weight / sum) };
}

function interpolated(place: number, most: number): Step {
  const held = Math.min(Math.max(place, 0), most - 1);
  const first = Math.min(Math.floor(held), most - 1);
  const part = held - first;
  return first + 1 < most ? { first, weights: [1 - part, part] } : { first, weights: [1] };
}

function put({ columns, data }: RgbaPicture, down: Step, across: Step, to: Uint8ClampedArray, at: number): void {
  let [red, green, blue] = [0, 0, 0];
  for (const [y, rowWeight] of down.weights.entries())
    for (const [x, columnWeight] of across.weights.entries()) {
      const from = 4 * ((down.first + y) * columns + across.first + x);
      const weight = rowWeight * columnWeight;
      red += weight * (data[from] as number);
      green += weight * (data[from + 1] as number);
      blue += weight * (data[from + 2] as number);
    }
  to[at] = red;
  to[at + 1] = green;
  to[at + 2] = blue;
}
