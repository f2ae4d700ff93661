// Vitest: one project per tier of `npm test`, told apart by where a file is and how its name ends.

import { join } from "node:path";
import { defineConfig } from "vitest/config";

const long = process.env["FIDUCIAL_LONG"] === "1";

export default defineConfig({
  test: {
    // Whoever runs tests waits for them: every processor is theirs.
    maxWorkers: "100%",
    // Programs and threads that tests start need not strip types again: it costs the most of a start, and V8 has crashed in it when many threads did so at once
    // (nodejs/node#64500).
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "build", "test", "compile-cache") },
    projects: [
      project("unit", ["packages/**/*.test.{ts,tsx}", "apps/**/*.test.{ts,tsx}", "{scripts,bench}/**/*.test.ts"], 30),
      project(
        "faults",
        ["{packages,apps}/**/*.faults.ts", ...(long ? ["{packages,apps}/**/*.soak.ts"] : [])],
        long ? 3600 : 120,
      ),
      project("conformance", ["conformance/**/*.test.ts"], 180),
      project("network", ["e2e/network/**/*.test.ts"], 300),
    ],
    coverage: {
      provider: "v8",
      enabled: false,
      include: ["packages/*/src/**", "apps/*/src/**"],
      reportsDirectory: "build/coverage",
    },
  },
});

function project(name: string, include: string[], limitSeconds: number) {
  const limitMs = limitSeconds * 1000;
  const setupFiles = ["./scripts/test/seed.ts"];
  return { extends: true, test: { name, include, setupFiles, testTimeout: limitMs, hookTimeout: limitMs } } as const;
}
