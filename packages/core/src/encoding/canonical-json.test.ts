import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import { canonicalJson, type Json, parseCanonicalJson } from "./canonical-json.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("\u0000", '\b\t\n\f\r"\\/', "\u007f\u0080", "\u2028\u2029", "€", "\ufb33", "\u{1f602}", "__proto__"),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, 0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
    fc.maxSafeInteger(),
    text,
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(text, tie("json"), { maxKeys: 4 }),
  ),
}));

describe("canonical JSON", () => {
  test("is what a plain writer of RFC 8785 makes, and is read back", () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value);
        expect(written).toBe(plainly(value));
        expect(parseCanonicalJson(written)).toEqual(value);
        expect(canonicalJson(JSON.parse(written))).toBe(written);
      }),
      { numRuns: 2000 },
    );
  });

  test("orders names by UTF-16 code units, as RFC 8785 § 3.2.3 shows", () => {
    const names = {
      "\u20ac": 1,
      "\r": 2,
      "\ufb33": 3,
      "1": 4,
      "\u{1f602}": 5,
      "\u0080": 6,
      "\u00f6": 7,
      "10": 8,
      a: 9,
    };
    expect(Object.values(JSON.parse(`[${canonicalJson(names).match(/(?<=:)\d/g)}]`))).toEqual([
      2, 4, 8, 9, 6, 7, 1, 5, 3,
    ]);
  });

  test.each<[string, string]>([
    ["a space", '{"a": 1}'],
    ["a line end", "[1]\n"],
    ["names out of order", '{"b":1,"a":2}'],
    ["a name twice", '{"a":1,"a":1}'],
    ["an escape where none is needed", '"\\u0061"'],
    ["an escaped slash", '"\\/"'],
    ["capitals in an escape", '"\\u001F"'],
    ["a long escape for a short one", '"\\u000a"'],
    ["a fraction", "1.5"],
    ["a fraction of nothing", "1.0"],
    ["an exponent", "1e3"],
    ["a minus before zero", "-0"],
    ["a number that is no safe integer", "9007199254740993"],
    ["a lone surrogate", '"\\ud800"'],
    ["a byte order mark", "\ufeff1"],
    ["nothing", ""],
    ["more than 64 levels", `${"[".repeat(66)}${"]".repeat(66)}`],
  ])("with %s is refused", (_, given) => {
    expect(parseCanonicalJson(given)).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ["a fraction", 0.5, "NOT_AN_INTEGER"],
    ["a number beyond the safe integers", 2 ** 53, "NOT_AN_INTEGER"],
    ["no number", Number.NaN, "NOT_AN_INTEGER"],
    ["a lone surrogate", ["\udc00"], "LONE_SURROGATE"],
    ["a name with a lone surrogate", { "\ud800": 1 }, "LONE_SURROGATE"],
    ["undefined", [undefined], "NOT_A_VALUE"],
    ["a function", { a: () => 1 }, "NOT_A_VALUE"],
  ])("is not written for %s", (_, value, code) => {
    expect(() => canonicalJson(value as Json)).toThrow(expect.objectContaining({ code }));
  });
});

// The test data of RFC 8785's authors lie beside the repository, never in it.
const data = sharedData();
describe.skipIf(data === undefined)("the vectors of RFC 8785's authors", () => {
  const folder = join(data ?? ".", "vectors", "jcs");
  test.each(["arrays", "french", "structures", "unicode", "weird"])("%s is written to the letter", (name) => {
    const value = JSON.parse(readFileSync(join(folder, "input", `${name}.json`), "utf8")) as Json;
    const hex = readFileSync(join(folder, "outhex", `${name}.txt`), "utf8").replaceAll(/\s/g, "");
    expect(Buffer.from(canonicalJson(value)).toString("hex")).toBe(hex);
    expect(canonicalJson(value)).toBe(readFileSync(join(folder, "output", `${name}.json`), "utf8"));
  });

  test("values has fractions and exponents, which a ledger refuses", () => {
    const value = JSON.parse(readFileSync(join(folder, "input", "values.json"), "utf8")) as Json;
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: "NOT_AN_INTEGER" }));
  });
});

// RFC 8785 § 3.2 as it reads, with nothing of ours: sorted names, and JSON.stringify for what has no members.
function plainly(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(plainly).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${plainly(member)}`).join()}}`;
}
