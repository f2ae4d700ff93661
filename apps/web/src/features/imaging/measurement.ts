// Distances on a slice. Ends are in columns and rows of the picture, so that they stay where they were put when it is zoomed or moved.
import type { Picture } from "../../ui/picture/picture.ts";

/** A place on a picture: columns from its left edge, rows from its upper one. */
export interface Point {
  readonly column: number;
  readonly row: number;
}

/** A line between two places. */
export interface Measurement {
  readonly id: number;
  readonly from: Point;
  readonly to: Point;
}

/** Where a picture lies on the stage: pixels of the screen. */
export interface Lie {
  readonly left: number;
  readonly top: number;
  /** Of a pixel of the picture. */
  readonly width: number;
  readonly height: number;
}

/** How long a line is, and in what: millimetres where the header says how large a pixel is, else pixels. Those of a projection are as large as on its detector. DICOM PS3.3 § 10.7. */
export function lengthOf(
  { spacing, spacingAt }: Pick<Picture, "spacing" | "spacingAt">,
  { from, to }: Pick<Measurement, "from" | "to">,
): { readonly length: number; readonly unit: "mm" | "px"; readonly atDetector: boolean } {
  const [height, width] = spacing ?? [1, 1];
  const length = Math.hypot((to.column - from.column) * width, (to.row - from.row) * height);
  return { length, unit: spacing === undefined ? "px" : "mm", atDetector: spacingAt === "detector" };
}

/** The place of the picture that lies under one of the stage, kept within the picture. */
export function pointAt(
  { rows, columns }: Pick<Picture, "rows" | "columns">,
  { left, top, width, height }: Lie,
  x: number,
  y: number,
): Point {
  return within({ rows, columns }, { column: (x - left) / width, row: (y - top) / height });
}

/** The place of the stage where one of the picture lies. */
export function placeOf({ left, top, width, height }: Lie, { column, row }: Point): readonly [x: number, y: number] {
  return [left + column * width, top + row * height];
}

/** Keeps a place within the picture. */
export function within({ rows, columns }: Pick<Picture, "rows" | "columns">, { column, row }: Point): Point {
  return { column: Math.min(columns, Math.max(0, column)), row: Math.min(rows, Math.max(0, row)) };
}
