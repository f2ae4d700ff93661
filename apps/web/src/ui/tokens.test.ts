import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const source = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

function tokensIn(selector: string): ReadonlyMap<string, string> {
  const start = source.indexOf(`${selector} {`);
  const block = source.slice(start, source.indexOf("\n}", start));
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );
}

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ["light", ":root"],
  ["dark", '[data-theme="dark"]'],
  ["reading room", '[data-theme="reading-room"]'],
])("%s", (_, selector) => {
  const tokens = tokensIn(selector);
  const ratio = (one: string, other: string) => contrast(tokens.get(one) ?? "", tokens.get(other) ?? "");

  test.each(["text", "text-second", "text-third"])("%s can be read on every ground (4.5)", (text) => {
    for (const ground of ["page", "surface", "sunken"]) expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["accent", "holds", "differs", "fails", "ai", "person", "neutral"])(
    "%s can be read on its own fill and beside it (4.5)",
    (tone) => {
      for (const ground of [`${tone}-soft`, "surface"]) expect(ratio(tone, ground)).toBeGreaterThanOrEqual(4.5);
      expect(ratio("text-second", `${tone}-soft`)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("controls have an outline that can be seen (3), and words on them can be read (4.5)", () => {
    expect(ratio("control", "surface")).toBeGreaterThanOrEqual(3);
    expect(ratio("on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
  });

  test("nothing is left out", () => {
    expect([...tokens.keys()].sort()).toEqual([...tokensIn(":root").keys()].sort());
  });
});
