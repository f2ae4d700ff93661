// A measured figure, beside the peer's and the limit's.

/** What a figure counts, and which way is better. */
export const measures = {
  "statements/s": "more",
  "MB/s": "more",
  "objects/s": "more",
  "requests/s": "more",
  ms: "less",
  s: "less",
  MB: "less",
  bytes: "less",
} as const;
export type Measure = keyof typeof measures;

/** Somebody else's figure, in the same measure and of the same run. */
export interface Beside {
  readonly name: string;
  readonly value: number;
}

/** One line of the report. */
export interface Figure {
  readonly bench: string;
  readonly what: string;
  readonly measure: Measure;
  readonly ours: number;
  readonly peer?: Beside;
  readonly limit?: Beside;
  /** What we would like it to be; nothing follows from missing it. */
  readonly aim?: string;
  readonly runs: number;
  /** The machine's load average over the last minute when the figure was taken. */
  readonly load: number;
}

/** Ours over theirs where more is better, theirs over ours where less is: above 1, ours is the better. */
export function ratio({ measure, ours }: Pick<Figure, "measure" | "ours">, { value }: Beside): number {
  return measures[measure] === "more" ? ours / value : value / ours;
}
