import fc from "fast-check";
import { expect, test } from "vitest";
import { decrypt, encrypt, keyOf, type Place } from "./cipher.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const place: fc.Arbitrary<Place> = fc
  .tuple(fc.string({ unit: "grapheme" }), fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.integer())))
  .map(([table, row]) => [table, ...row]);

test("what is encrypted for a place is decrypted there", () => {
  fc.assert(
    fc.property(bytes(32), fc.uint8Array({ maxLength: 300 }), place, (key, plain, where) => {
      expect(decrypt(keyOf(key), encrypt(keyOf(key), plain, where), where)).toEqual(plain);
    }),
  );
});

test("at another place, under another key, or with any bit changed, it does not open", () => {
  fc.assert(
    fc.property(
      fc.tuple(bytes(32), bytes(32)).filter(([a, b]) => !Buffer.from(a).equals(b)),
      fc.tuple(place, place).filter(([a, b]) => JSON.stringify(a) !== JSON.stringify(b)),
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(),
      ([key, otherKey], [where, elsewhere], plain, flip) => {
        const sealed = encrypt(keyOf(key), plain, where);
        expect(decrypt(keyOf(key), sealed, elsewhere)).toBeUndefined();
        expect(decrypt(keyOf(otherKey), sealed, where)).toBeUndefined();
        const at = flip % (sealed.length * 8);
        sealed[at >> 3] = (sealed[at >> 3] as number) ^ (1 << (at & 7));
        expect(decrypt(keyOf(key), sealed, where)).toBeUndefined();
      },
    ),
  );
});

test("shortened bytes do not open", () => {
  const key = keyOf(new Uint8Array(32).fill(7));
  const sealed = encrypt(key, Uint8Array.of(1, 2, 3), ["table"]);
  for (let length = 0; length < sealed.length; length++) {
    expect(decrypt(key, sealed.subarray(0, length), ["table"])).toBeUndefined();
  }
});

test("places that read alike when run together are different places", () => {
  const key = keyOf(new Uint8Array(32).fill(7));
  const sealed = encrypt(key, Uint8Array.of(1), ["part", "ab", 1]);
  for (const other of [
    ["part", "a", "b1"],
    ["parta", "b", 1],
    ["part", "ab", "1"],
  ] as const) {
    expect(decrypt(key, sealed, other)).toBeUndefined();
  }
});
