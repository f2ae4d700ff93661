// Which known name somebody who mistyped probably meant. Damerau–Levenshtein distance, adjacent letters changing places counted as one.

/** Returns the nearest of the names, or undefined when none is near: more than a third of its letters would have to change. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const found = names
    .map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return found !== undefined && found.distance <= Math.max(1, Math.floor(found.name.length / 3))
    ? found.name
    : undefined;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 16 || a.length > 128) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(step(rows, row, a, b, i, j));
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

function step(rows: readonly number[][], row: readonly number[], a: string, b: string, i: number, j: number): number {
  const above = rows[i - 1] as number[];
  const changed = a[i - 1] === b[j - 1] ? 0 : 1;
  const least = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + changed);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(least, ((rows[i - 2] as number[])[j - 2] as number) + 1) : least;
}
