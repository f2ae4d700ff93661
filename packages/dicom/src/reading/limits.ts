// How much of a sender's word the reader takes: beyond these an object is refused, so that no object can exhaust a machine.

/** What an object may ask of this machine. */
export interface ReadingLimits {
  /** Sequences within sequences. PS3.3 asks for fewer than ten; structured reports go deeper. */
  readonly nestingLevels: number;
  /** Bytes of all elements together, without pixel data and without bulk values (over 1 MiB each). */
  readonly headerBytes: number;
  /** Elements and items together, at all levels. */
  readonly headerElements: number;
  /** Elements at the top: attributes, each of which gets a digest. PS3.3 asks for a few hundred. */
  readonly attributes: number;
  /** Frames and fragments of the pixel data. */
  readonly frames: number;
  /** Bytes of a deflated data set once inflated: it is held in memory. */
  readonly inflatedBytes: number;
  /** Growth of a deflated data set that is suspicious once it has grown beyond 64 MiB. Deflate itself ends at 1032. */
  readonly inflationRatio: number;
}

const mebibyte = 2 ** 20;

/** The limits when none are given: beyond all objects we know of, and within what a small server has. */
export const defaultLimits: ReadingLimits = {
  nestingLevels: 64,
  headerBytes: 64 * mebibyte,
  headerElements: 2 ** 21,
  attributes: 2 ** 16,
  frames: 2 ** 20,
  inflatedBytes: 512 * mebibyte,
  inflationRatio: 250,
};

/** A value longer than this stays where it is, and its digest stands for it in the canonical header. docs/formats/fingerprints.md § Bulk values. */
export const bulkBytes: number = mebibyte;
