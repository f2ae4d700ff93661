import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { FolderIdentity } from "./data-folder.ts";
import { lookedIn, startLines } from "./whereabouts.ts";

afterEach(() => void vi.unstubAllEnvs());

const identity = { origin: "log.example/one" } as FolderIdentity;

test("a start tells its folders, and what to export only for those that are not the usual ones", () => {
  vi.stubEnv("FIDUCIAL_DATA", "/srv/usual");
  vi.stubEnv("FIDUCIAL_KEYS", undefined);
  vi.stubEnv("XDG_CONFIG_HOME", "/home/op/.config");
  const keys = join("/home/op/.config", "fiducial", "keys", "log.example-one");
  const usual = startLines({ path: "/srv/usual", keys, identity });
  expect(usual).toHaveLength(2);
  expect(usual.join()).toContain("/srv/usual");
  expect(usual.join()).toContain(keys);
  const other = startLines({ path: "/srv/it's here", keys: "/etc/keys", identity });
  expect(other[2]).toContain("export FIDUCIAL_DATA='/srv/it'\\''s here' FIDUCIAL_KEYS=/etc/keys");
});

test("where is looked are full paths, with what was said going first", () => {
  vi.stubEnv("FIDUCIAL_DATA", "/srv/usual");
  vi.stubEnv("FIDUCIAL_KEYS", "/etc/keys");
  expect(lookedIn({})).toEqual({ folder: "/srv/usual", keys: "/etc/keys" });
  expect(lookedIn({ data: "/a", keys: "/b" })).toEqual({ folder: "/a", keys: "/b" });
});
