// How figures are taken: by turns, so that a machine that changes its pace changes it for everybody; and medians.

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `percent` of the others lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] as number;
}

/** Runs every action `runs` times, by turns, and returns the median of each. */
export async function byTurns<Name extends string>(
  runs: number,
  actions: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(actions) as Name[];
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let run = 0; run < runs; run++) for (const name of names) values.get(name)?.push(await actions[name]());
  return Object.fromEntries(names.map((name) => [name, median(values.get(name) ?? [])])) as Record<Name, number>;
}

/** Runs `action` and returns how many seconds it took. */
export async function secondsOf(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

/** Runs `action` with each number below `count` and returns the milliseconds that each took. */
export function latencies(count: number, action: (turn: number) => unknown): number[] {
  return Array.from({ length: count }, (_, turn) => {
    const start = performance.now();
    action(turn);
    return performance.now() - start;
  });
}
