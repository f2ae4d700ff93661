// Contract versions that logs run on: their digests change no more, since old entries replay under them for ever.

/** A row of vectors/released-contracts.json. */
export interface ReleasedContract {
  readonly version: number;
  /** As `contract()` computes it, lower-case hex. */
  readonly digest: string;
}

/** The versions that are released. */
export function releasedVersions(released: readonly ReleasedContract[]): ReadonlySet<number> {
  return new Set(released.map(({ version }) => version));
}

/** Returns a sentence for each released version that is gone or has another digest now. */
export function releaseFaults(released: readonly ReleasedContract[], contracts: readonly ReleasedContract[]): string[] {
  return released.flatMap(({ version, digest }) => {
    const now = contracts.find((contract) => contract.version === version);
    if (now === undefined) return [`contract version ${version} is released and no longer there`];
    return now.digest === digest ? [] : [`contract version ${version} is released, and its vectors have changed`];
  });
}
