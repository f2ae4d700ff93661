// Before each test file of an `npm test` run: property tests draw from the run's seed, so that `--seed N` repeats it.

const seed = process.env["FIDUCIAL_SEED"];

if (seed !== undefined) {
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed: Number(seed), ...(process.env["FIDUCIAL_LONG"] === "1" ? { numRuns: 2_000 } : {}) });
}
