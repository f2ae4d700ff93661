import fc from "fast-check";
import { expect, test } from "vitest";
import { packBytes, packJson, unpackBytes, unpackJson } from "./chunk-codec.ts";

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value, wholeNumbers)));
const wholeNumbers = (_name: string, value: unknown) => (typeof value === "number" ? Math.trunc(value) || 0 : value);

test("JSON comes back as it went in", () => {
  fc.assert(
    fc.property(fc.array(json.filter(isCanonical), { maxLength: 20 }), (items) => {
      expect(unpackJson(packJson(items))).toEqual(items);
    }),
  );
});

test("byte strings come back as they went in", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 20 }), (items) => {
      expect(unpackBytes(packBytes(items))).toEqual(items);
    }),
  );
});

test("headers that are nearly alike take little room, however far apart the likeness is", () => {
  const header = crypto.getRandomValues(new Uint8Array(60_000));
  const headers = Array.from({ length: 100 }, (_, place) => {
    const copy = header.slice();
    copy[place] = place;
    return copy;
  });
  expect(packBytes(headers).length).toBeLessThan(2 * header.length);
});

test("bytes that are no chunk are told apart", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(unpackJson(bytes)).toBeUndefined();
      expect(unpackBytes(bytes)).toBeUndefined();
    }),
  );
  expect(unpackJson(packBytes([Uint8Array.of(0xff)]))).toBeUndefined();
  expect(unpackBytes(packJson(["a list of texts"]))).toBeUndefined();
});

function isCanonical(value: unknown): boolean {
  try {
    packJson([value as never]);
    return true;
  } catch {
    return false;
  }
}
