import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, printableJson } from "./printable.ts";

test("escape sequences and line ends are shown and do nothing", () => {
  expect(printable("a\u001b[2Jb\nc\u009b1md.dcm")).toBe("a\ufffd[2Jb\ufffdc\ufffd1md.dcm");
  expect(printable("Köhler 画像.dcm")).toBe("Köhler 画像.dcm");
});

test("what turns the direction of writing is shown, and what joins letters is left", () => {
  expect(printable("scan\u202emcd.exe\u2066\u2028")).toBe("scan\ufffdmcd.exe\ufffd\ufffd");
  expect(printable("نامه\u200cها.dcm")).toBe("نامه\u200cها.dcm");
  expect(printable("👩\u200d⚕️ क्\u200dष.dcm")).toBe("👩\u200d⚕️ क्\u200dष.dcm");
});

test.each([
  ["a joiner between Latin letters", "sc\u200dan.dcm"],
  ["a joiner at the beginning", "\u200cscan.dcm"],
  ["a space without width", "sc\u200ban.dcm"],
  ["a joiner of words", "sc\u2060an.dcm"],
  ["a byte order mark", "sc\ufeffan.dcm"],
  ["a soft hyphen", "sc\u00adan.dcm"],
  ["a filler", "sc\u3164an.dcm"],
  ["a tag", "sc\u{e0061}an.dcm"],
  ["an annotation", "sc\ufff9an.dcm"],
  ["half a character", "sc\ud800an.dcm"],
  ["a deletion", "sc\u007fan.dcm"],
])("%s, which shows nothing, is shown", (_, text) => {
  expect(printable(text)).toContain("\ufffd");
});

test("JSON keeps its meaning", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), fc.constantFrom(undefined, 2, "\t"), (text, indent) => {
      const value: unknown = JSON.parse(text);
      const shown = printableJson(JSON.stringify(value, undefined, indent));
      expect(JSON.parse(shown)).toEqual(value);
      expect(printable(shown.replaceAll(/[\n\t]/g, ""))).toBe(shown.replaceAll(/[\n\t]/g, ""));
    }),
  );
  expect(printableJson('"a\u202eb\u{e0061}"')).toBe('"a\\u202eb\\udb40\\udc61"');
});
