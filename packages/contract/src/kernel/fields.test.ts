// Fields: what they take is what core reads.
import { declaredKeyFault, fromBase64, keyIdOf, toBase64, utcTimeMs } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PublicKeyField, UtcTimeField } from "./fields.ts";

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));

describe("fields", () => {
  test("take exactly the times that core reads", () => {
    const parts = fc.tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2), digits(3));
    const near = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    );
    const pad = (value: number, width: number) => String(value).padStart(width, "0");
    const text = fc.oneof(
      parts.map(([y, mo, d, h, mi, s, ms]) => `${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`),
      near.map(([y, mo, d]) => `${pad(y, 4)}-${pad(mo, 2)}-${pad(d, 2)}T23:59:59.999Z`),
      fc.constantFrom(
        "2026-11-18T09:00:00Z",
        "2026-11-18T09:00:00.000",
        "2026-11-18T09:00:00.000+01:00",
        "2026-11-18T09:00:00.0000Z",
      ),
    );
    fc.assert(
      fc.property(text, (time) => {
        expect(UtcTimeField.safeParse(time).success).toBe(utcTimeMs(time) !== undefined);
      }),
      { numRuns: 2000 },
    );
  });

  test("order times as text", () => {
    const time = fc.date({
      min: new Date("0000-01-01T00:00:00.000Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [left, right] = [a.toISOString(), b.toISOString()];
        expect(left < right).toBe((utcTimeMs(left) as number) < (utcTimeMs(right) as number));
      }),
    );
  });

  test("take exactly the public keys that core reads: canonical base64 of 32 or 65 bytes", () => {
    const canonical = fc
      .integer({ min: 30, max: 67 })
      .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
      .map(toBase64);
    const loose = fc.stringMatching(/^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{87}=|[A-Za-z0-9+/]{44})$/);
    fc.assert(
      fc.property(fc.oneof(canonical, loose), (publicKey) => {
        const length = fromBase64(publicKey)?.length;
        const taken = PublicKeyField.safeParse({ algorithm: "Ed25519", publicKey });
        expect(taken.success).toBe(length === 32 || length === 65);
        if (!taken.success) return;
        expect(keyIdOf(taken.data)).toMatch(/^[0-9a-f]{64}$/);
        if (length === 65) expect(declaredKeyFault(taken.data)).toBe("KEY_LENGTH");
      }),
      { numRuns: 500 },
    );
  });
});
