// The lines that somebody drew, slice by slice, as long as the viewer is open. They are kept nowhere.
import { useMemo, useRef, useState } from "react";
import type { Picture } from "../../ui/picture/picture.ts";
import type { Measurement, Point } from "./measurement.ts";
import type { Slice } from "./slices.ts";

/** The lines on the slice that is shown. */
export interface Measurements {
  readonly all: readonly Measurement[];
  /** Begins a line at a place, and returns it. */
  begin(point: Point): Measurement;
  /** Puts a line across the middle, for whoever draws without a pointer. */
  add(picture: Pick<Picture, "rows" | "columns">): void;
  change(measurement: Measurement): void;
  remove(id: number): void;
  /** Takes the last line away. */
  undo(): void;
  clear(): void;
}

/** Keeps lines by slice. */
export function useMeasurements(slice: Slice | undefined): Measurements {
  const [lines, setLines] = useState<Readonly<Record<string, readonly Measurement[]>>>({});
  const last = useRef(0);
  const key = slice === undefined ? "" : `${slice.object.statementId}/${slice.object.item}/${slice.frame}`;
  const all = lines[key] ?? none;
  return useMemo(() => {
    const set = (change: (before: readonly Measurement[]) => readonly Measurement[]) =>
      setLines((before) => ({ ...before, [key]: change(before[key] ?? none) }));
    const put = (from: Point, to: Point): Measurement => {
      const measurement = { id: ++last.current, from, to };
      set((before) => [...before, measurement]);
      return measurement;
    };
    return {
      all,
      begin: (point) => put(point, point),
      add: ({ rows, columns }) =>
        void put({ column: columns * 0.375, row: rows / 2 }, { column: columns * 0.625, row: rows / 2 }),
      change: (measurement) => set((before) => before.map((one) => (one.id === measurement.id ? measurement : one))),
      remove: (id) => set((before) => before.filter((one) => one.id !== id)),
      undo: () => set((before) => before.slice(0, -1)),
      clear: () => set(() => none),
    };
  }, [all, key]);
}

const none: readonly Measurement[] = [];
