// The slice that a viewer shows: fetched, read, decoded; the neighbours are fetched meanwhile.
import { ApiError } from "@fiducial/api";
import { useEffect, useState } from "react";
import type { Frame } from "../../ui/picture/picture.ts";
import { type LoadedObject, loadObject, type Slice } from "./slices.ts";

/** What there is to show. While the next slice loads, the last one stays. */
export interface ShownSlice {
  readonly slice: Slice | undefined;
  readonly loaded: LoadedObject | undefined;
  readonly frame: Frame | undefined;
  readonly loading: boolean;
  readonly error: Error | undefined;
}

const nothing: ShownSlice = { slice: undefined, loaded: undefined, frame: undefined, loading: true, error: undefined };

/** Whoever keeps the object may be back by then. */
const againMs = 10_000;

/** Loads slice `at` of a study's series; again and again where it cannot be had just now. */
export function useShownSlice(study: string, slices: readonly Slice[], at: number): ShownSlice {
  const [shown, setShown] = useState<ShownSlice>(nothing);
  const [tries, setTries] = useState(0);
  const slice = slices[at];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another loading.
  useEffect(() => {
    if (slice === undefined) return;
    let current = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    setShown((before) => ({ ...before, loading: true }));
    showing(study, slice).then(
      (next) => {
        if (!current) return;
        setShown(next);
        for (const near of [at + 1, at - 1, at + 2]) {
          const neighbour = slices[near];
          if (neighbour !== undefined) loadObject(study, neighbour.object).catch(() => {});
        }
      },
      (error: Error) => {
        if (!current) return;
        setShown({ ...nothing, slice, loading: false, error });
        if (error instanceof ApiError && error.status === 503)
          again = setTimeout(() => setTries((one) => one + 1), againMs);
      },
    );
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [study, slice, slices, at, tries]);
  return shown;
}

async function showing(study: string, slice: Slice): Promise<ShownSlice> {
  const loaded = await loadObject(study, slice.object);
  const frame = await loaded.picture?.frame(slice.frame);
  return { slice, loaded, frame, loading: false, error: undefined };
}
