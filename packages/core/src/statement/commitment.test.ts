import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../encoding/bytes.ts";
import { commitment, opens, saltOf } from "./commitment.ts";

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("is what the format page says, computed by another library", () => {
  fc.assert(
    fc.property(seed, fc.string(), fc.integer(), (bytes, path, value) => {
      fc.pre(path.isWellFormed());
      const salt = createHmac("sha256", bytes).update(path).digest();
      expect(toHex(saltOf(bytes, path))).toBe(salt.toString("hex"));
      const expected = createHash("sha256")
        .update("fiducial-commitment-v1\0")
        .update(salt)
        .update(String(value))
        .digest("hex");
      expect(commitment(saltOf(bytes, path), value)).toBe(expected);
    }),
  );
});

test("opens with its own salt and value only", () => {
  fc.assert(
    fc.property(seed, fc.string(), fc.string(), (bytes, value, other) => {
      fc.pre(value.isWellFormed() && other.isWellFormed() && value !== other);
      const salt = saltOf(bytes, "patient");
      const committed = commitment(salt, value);
      expect(opens({ salt: toHex(salt), value }, committed)).toBe(true);
      expect(opens({ salt: toHex(salt), value: other }, committed)).toBe(false);
      expect(opens({ salt: toHex(saltOf(bytes, "study")), value }, committed)).toBe(false);
    }),
  );
});

test("two paths under one seed never share a salt", () => {
  fc.assert(
    fc.property(seed, fc.string(), fc.string(), (bytes, a, b) => {
      fc.pre(a !== b && a.isWellFormed() && b.isWellFormed());
      expect(toHex(saltOf(bytes, a))).not.toBe(toHex(saltOf(bytes, b)));
    }),
  );
});

test("a short salt opens nothing", () => {
  expect(opens({ salt: "00", value: 1 }, commitment(Uint8Array.of(0), 1))).toBe(false);
});
