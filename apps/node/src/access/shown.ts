// How much like reads of a minute have shown together: a record of the first says nothing of what a later one shows besides.
import type { Read } from "./read.ts";

/** What like reads of a minute have shown: counts as they are recorded, and the studies of lists, which are not. */
export interface Shown {
  readonly studies: number | undefined;
  readonly instances: number | undefined;
  readonly listed: ReadonlySet<string>;
}

/** Tells whether a read shows more than like ones before it: more studies or objects, or other studies. */
export function showsMore({ studies, instances, listed = [] }: Read, before: Shown): boolean {
  return (
    (studies ?? -1) > (before.studies ?? -1) ||
    (instances ?? -1) > (before.instances ?? -1) ||
    listed.some((study) => !before.listed.has(study))
  );
}

/** What a read and like ones before it have shown together. */
export function allShown({ studies, instances, listed = [] }: Read, before: Shown | undefined): Shown {
  const all = new Set([...(before?.listed ?? []), ...listed]);
  return {
    studies: most(studies, before?.studies, all.size === 0 ? undefined : all.size),
    instances: most(instances, before?.instances),
    listed: all,
  };
}

function most(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
