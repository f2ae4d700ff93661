import fc from "fast-check";
import { expect, test } from "vitest";
import { phantomUid } from "./uid.ts";

test("every UID is a UUID of version 8 in 39 digits, so that one can be stamped over another", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (seed, path) => {
      const uid = phantomUid("2.25", seed, path);
      const hex = BigInt(uid.slice(5)).toString(16).padStart(32, "0");
      expect(uid).toHaveLength(44);
      expect(hex).toMatch(/^[89a-f][0-9a-f]{11}8[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    }),
  );
});

test("seed and path both count, and the root comes first", () => {
  const uids = [phantomUid("2.25", "a", "b"), phantomUid("2.25", "a", "c"), phantomUid("2.25", "b", "b")];
  expect(new Set(uids).size).toBe(3);
  expect(phantomUid("1.2.840.99999", "a", "b")).toBe(uids[0]?.replace("2.25", "1.2.840.99999"));
});

test.each(["", "2", "2.", "3.1", "2.25.", "2.025", "2.a", "1.2.3.4.5.6.7.8.9.10.11.12"])("%j is no root", (root) => {
  expect(() => phantomUid(root, "a", "b")).toThrow(expect.objectContaining({ code: "UID_ROOT_UNFIT" }));
});
