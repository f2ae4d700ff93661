// A plane of samples in millimetres, and outlines painted on it with exact area coverage, so that edges are smooth.

/** A place in a plane, in millimetres. */
export type Point = readonly [x: number, y: number];

/** Samples on a square grid: sample (column, row) is centred at (left + column · spacing, top + row · spacing), in millimetres. */
export interface Plane {
  readonly columns: number;
  readonly rows: number;
  readonly spacing: number;
  readonly left: number;
  readonly top: number;
  readonly values: Float32Array<ArrayBuffer>;
  /** Room for one function at a time: the coverage of the outline being painted, the samples before a blur. */
  readonly coverage: Float32Array<ArrayBuffer>;
}

/** Returns a plane of `value` whose middle lies at (0, `middleY`) millimetres. */
export function plane(columns: number, rows: number, spacing: number, value: number, middleY = 0): Plane {
  const values = new Float32Array(columns * rows).fill(value);
  const coverage = new Float32Array(columns * rows + rows + 1);
  return {
    columns,
    rows,
    spacing,
    left: (-(columns - 1) / 2) * spacing,
    top: middleY - ((rows - 1) / 2) * spacing,
    values,
    coverage,
  };
}

/** Fills the whole of `target` with `value`, to be painted again. */
export function clear(target: Plane, value: number): void {
  target.values.fill(value);
}

/** Paints `outline` with `value`; samples at its edge are mixed by the share of their area inside. */
export function fill(target: Plane, outline: readonly Point[], value: number): void {
  const { values, coverage, columns } = target;
  const box = cover(target, outline);
  for (let row = box.firstRow; row <= box.lastRow; row++) {
    let covered = 0;
    for (let column = box.firstColumn; column <= box.lastColumn; column++) {
      covered += coverage[row * (columns + 1) + column] as number;
      const share = Math.abs(covered);
      if (share < least) continue;
      const at = row * columns + column;
      values[at] = share >= 1 ? value : (values[at] as number) * (1 - share) + value * share;
    }
  }
}

/** Adds `weight` inside `outline`, as one more layer that a ray passes. */
export function add(target: Plane, outline: readonly Point[], weight: number): void {
  shade(target, outline, (value) => value + weight);
}

/** Paints `outline` with a value for each sample, made from what was there and the place in millimetres. */
export function shade(
  target: Plane,
  outline: readonly Point[],
  paint: (value: number, x: number, y: number) => number,
): void {
  const { values, coverage, columns, spacing, left, top } = target;
  const box = cover(target, outline);
  for (let row = box.firstRow; row <= box.lastRow; row++) {
    let covered = 0;
    const y = top + row * spacing;
    for (let column = box.firstColumn; column <= box.lastColumn; column++) {
      covered += coverage[row * (columns + 1) + column] as number;
      const share = Math.abs(covered);
      if (share < least) continue;
      const at = row * columns + column;
      const before = values[at] as number;
      values[at] = before + (paint(before, left + column * spacing, y) - before) * Math.min(share, 1);
    }
  }
}

// Rounding leaves less than this where nothing is covered.
const least = 0.002;

interface Box {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

// Each edge adds, per row and column, how far it moves the running sum of coverage; summing a row from the left gives the shares.
function cover(target: Plane, outline: readonly Point[]): Box {
  const { left, top, spacing, columns, coverage } = target;
  const box = boxAround(target, outline);
  const stride = columns + 1;
  for (let row = box.firstRow; row <= box.lastRow; row++) {
    coverage.fill(0, row * stride + box.firstColumn, row * stride + box.lastColumn + 2);
  }
  const last = outline[outline.length - 1];
  if (last === undefined) return box;
  let x0 = (last[0] - left) / spacing + 0.5;
  let y0 = (last[1] - top) / spacing + 0.5;
  for (const point of outline) {
    const x1 = (point[0] - left) / spacing + 0.5;
    const y1 = (point[1] - top) / spacing + 0.5;
    if (y0 < y1) addEdge(target, box, x0, y0, x1, y1, 1);
    else if (y1 < y0) addEdge(target, box, x1, y1, x0, y0, -1);
    x0 = x1;
    y0 = y1;
  }
  return box;
}

function boxAround({ left, top, spacing, columns, rows }: Plane, outline: readonly Point[]): Box {
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const point of outline) {
    west = Math.min(west, point[0]);
    east = Math.max(east, point[0]);
    north = Math.min(north, point[1]);
    south = Math.max(south, point[1]);
  }
  return {
    firstColumn: Math.max(0, Math.floor((west - left) / spacing + 0.5)),
    lastColumn: Math.min(columns - 1, Math.floor((east - left) / spacing + 0.5)),
    firstRow: Math.max(0, Math.floor((north - top) / spacing + 0.5)),
    lastRow: Math.min(rows - 1, Math.floor((south - top) / spacing + 0.5)),
  };
}

// From the upper to the lower end; `direction` says which way the outline goes.
function addEdge(target: Plane, box: Box, x0: number, y0: number, x1: number, y1: number, direction: 1 | -1): void {
  const slope = (x1 - x0) / (y1 - y0);
  const last = Math.min(box.lastRow, Math.floor(y1));
  for (let row = Math.max(box.firstRow, Math.floor(y0)); row <= last; row++) {
    const start = Math.max(y0, row);
    const end = Math.min(y1, row + 1);
    if (end > start)
      addPiece(target, box, row, x0 + (start - y0) * slope, x0 + (end - y0) * slope, (end - start) * direction);
  }
}

function addPiece(target: Plane, box: Box, row: number, x0: number, x1: number, height: number): void {
  const { coverage } = target;
  const base = row * (target.columns + 1);
  const west = Math.min(Math.max(Math.min(x0, x1), box.firstColumn), box.lastColumn + 1);
  const east = Math.min(Math.max(Math.max(x0, x1), box.firstColumn), box.lastColumn + 1);
  const span = east - west;
  for (let column = Math.floor(west); column <= east && column <= box.lastColumn; column++) {
    const start = Math.max(west, column);
    const end = Math.min(east, column + 1);
    const share = span < 1e-9 ? 1 : (end - start) / span;
    const inside = column + 1 - (start + end) / 2;
    coverage[base + column] = (coverage[base + column] as number) + height * share * inside;
    coverage[base + column + 1] = (coverage[base + column + 1] as number) + height * share * (1 - inside);
    if (span < 1e-9) break;
  }
}
