import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeLock, type Lock, missingEntries, platformOf, registryAddresses } from "./platform-entries.ts";

const own = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package-lock.json"), "utf8")) as Lock;

const lock = (packages: Lock["packages"]): Lock => ({ lockfileVersion: 3, packages: { "": {}, ...packages } });
const optional = (dependencies: Record<string, string>, more = {}) => ({
  version: "1.0.0",
  optionalDependencies: dependencies,
  ...more,
});

test("names tell the platforms that the registry itself gives, where it gives any", () => {
  const published = Object.entries(own.packages).filter(
    ([, { integrity, os, cpu }]) => integrity !== undefined && (os ?? cpu) !== undefined,
  );
  expect(published.length).toBeGreaterThan(40);
  for (const [place, { os, cpu }] of published) {
    const read = platformOf(place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length));
    expect({ place, os: [read.os].flat(2), cpu: [read.cpu].flat(2) }).toEqual({
      place,
      os: [os].flat(),
      cpu: [cpu].flat(),
    });
  }
});

test.each([
  ["@oxc-parser/binding-linux-x64-gnu", { os: ["linux"], cpu: ["x64"], libc: ["glibc"] }],
  ["@oxc-parser/binding-linux-riscv64-musl", { os: ["linux"], cpu: ["riscv64"], libc: ["musl"] }],
  ["@oxc-parser/binding-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
  ["@rolldown/binding-wasm32-wasi", { cpu: ["wasm32"] }],
  ["fsevents", { os: ["darwin"] }],
])("reads the platform of %s", (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});

test("a name without a platform is an error, not a guess", () => {
  expect(() => platformOf("left-pad")).toThrow();
});

test("adds what is missing beside its dependent, with the dependent's dev mark", () => {
  const before = lock({ "node_modules/tool": optional({ "@tool/darwin-arm64": "1.0.0" }, { dev: true }) });
  const entry = { version: "1.0.0", os: ["darwin"], cpu: ["arm64"], dev: true, optional: true };
  expect(missingEntries(before)).toEqual([{ place: "node_modules/@tool/darwin-arm64", entry }]);
});

test("a nested dependent gets its entry where npm would hoist it, a workspace at the top", () => {
  const before = lock({
    "node_modules/a/node_modules/tool": optional({ "tool-linux-x64": "1.0.0" }),
    "packages/core": optional({ "core-linux-x64": "1.0.0" }),
  });
  expect(missingEntries(before).map(({ place }) => place)).toEqual([
    "node_modules/a/node_modules/tool-linux-x64",
    "node_modules/core-linux-x64",
  ]);
});

test("another version at the top does not serve an exact range", () => {
  const before = lock({
    "node_modules/tool": optional({ "tool-linux-x64": "1.0.0" }),
    "node_modules/tool-linux-x64": { version: "2.0.0" },
  });
  expect(missingEntries(before).map(({ place }) => place)).toEqual(["node_modules/tool/node_modules/tool-linux-x64"]);
});

test("an entry found further up serves", () => {
  const before = lock({
    "node_modules/a/node_modules/tool": optional({ "tool-linux-x64": "1.0.0" }),
    "node_modules/tool-linux-x64": { version: "1.0.0" },
  });
  expect(missingEntries(before)).toEqual([]);
});

test("a range is completed by its lowest version; one without is an error", () => {
  expect(
    missingEntries(lock({ "node_modules/tool": optional({ "tool-linux-x64": "^1.2.3" }) }))[0]?.entry.version,
  ).toBe("1.2.3");
  expect(() => missingEntries(lock({ "node_modules/tool": optional({ "tool-linux-x64": "*" }) }))).toThrow();
});

test("completing is idempotent, keeps npm's order and removes addresses but not links", () => {
  const before = lock({
    "node_modules/tool": optional({ "a-linux-x64": "1.0.0" }, { resolved: "https://registry.example.test/tool.tgz" }),
    "node_modules/core": { resolved: "packages/core", link: true },
  });
  const after = completeLock(before);
  expect(Object.keys(after.packages)).toEqual([
    "",
    "node_modules/a-linux-x64",
    "node_modules/core",
    "node_modules/tool",
  ]);
  expect([registryAddresses(before), registryAddresses(after)]).toEqual([["node_modules/tool"], []]);
  expect(after.packages["node_modules/core"]).toEqual({ resolved: "packages/core", link: true });
  expect(completeLock(after)).toEqual(after);
});
