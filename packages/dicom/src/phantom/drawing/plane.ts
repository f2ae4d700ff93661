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
  /** Coverage of the outline being painted; belongs to the painting functions between two calls. */
  readonly coverage: Float32Array<ArrayBuffer>;
}

/** Returns a plane of `value` whose middle lies at (0, `middleY`) millimetres. */
export function plane(columns: number, rows: number, spacing: number, value: number, middleY = 0): Plane {
  const values = new Float32Array(columns * rows).fill(value);
  const coverage = new Float32Array(columns * rows + rows + 1);
  return { columns, rows, spacing, left: (-(columns - 1) / 2) * spacing, top: middleY - ((rows - 1) / 2) * spacing, values, coverage };
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
export function shade(target: Plane, outline: readonly Point[], paint: (value: number, x: number, y: number) => number): void {
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
  const grid = outline.map(([x, y]) => [(x - target.left) / target.spacing + 0.5, (y - target.top) / target.spacing + 0.5] as const);
  const box = boxAround(target, grid);
  const stride = target.columns + 1;
  for (let row = box.firstRow; row <= box.lastRow; row++) {
    target.coverage.fill(0, row * stride + box.firstColumn, row * stride + box.lastColumn + 2);
  }
  let from = grid.at(-1);
  for (const to of grid) {
    if (from !== undefined) addEdge(target, box, from, to);
    from = to;
  }
  return box;
}

function boxAround(target: Plane, grid: readonly Point[]): Box {
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of grid) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  return {
    firstColumn: Math.max(0, Math.floor(west)),
    lastColumn: Math.min(target.columns - 1, Math.floor(east)),
    firstRow: Math.max(0, Math.floor(north)),
    lastRow: Math.min(target.rows - 1, Math.floor(south)),
  };
}

function addEdge(target: Plane, box: Box, from: Point, to: Point): void {
  const downwards = from[1] < to[1];
  const [upper, lower] = downwards ? [from, to] : [to, from];
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
  const last = Math.min(box.lastRow, Math.floor(lower[1]));
  for (let row = Math.max(box.firstRow, Math.floor(upper[1])); row <= last; row++) {
    const start = Math.max(upper[1], row);
    const end = Math.min(lower[1], row + 1);
    if (end <= start) continue;
    const height = downwards ? end - start : start - end;
    addPiece(target, box, row, upper[0] + (start - upper[1]) * slope, upper[0] + (end - upper[1]) * slope, height);
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
