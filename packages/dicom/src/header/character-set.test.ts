// Text in every character set of DICOM. The examples are those of PS3.5 annexes H to K, and names made for this test.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "./character-set.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

describe("one character set", () => {
  it.each([
    ["ISO_IR 100", "Buc^J\xe9r\xf4me", "Buc^Jérôme"],
    ["ISO_IR 101", "Wa\xb3\xeasa^\xa3ucja", "Wałęsa^Łucja"],
    ["ISO_IR 109", "\xa1a\xf8", "Ħaĝ"],
    ["ISO_IR 110", "\xc0\xe0", "Āā"],
    ["ISO_IR 144", "\xbb\xee\xda", "Люк"],
    ["ISO_IR 127", "\xe2\xc8\xc7\xe6\xea", "قباني"],
    ["ISO_IR 126", "\xc4\xe9\xef", "Διο"],
    ["ISO_IR 138", "\xf9\xf8\xe5\xef", "שרון"],
    ["ISO_IR 148", "\xde\xfe", "Şş"],
    ["ISO_IR 203", "\xa4", "€"],
    ["ISO_IR 13", "\xd4\xcf\xc0\xde^\xc0\xdb\xb3", "ﾔﾏﾀﾞ^ﾀﾛｳ"],
    ["ISO_IR 166", "\xa1\xb3", "กณ"],
    ["ISO_IR 192", "Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1", "Wang^XiaoDong=王^小東"],
    ["GB18030", "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab", "Wang^XiaoDong=王^小东"],
    ["GBK", "\xcd\xf5^\xd0\xa1\xb6\xab", "王^小东"],
    ["iso_ir 100 ", "J\xe9r", "Jér"],
  ])("%s", (term, text, expected) => {
    expect(decodeText(bytes(text), [term])).toBe(expected);
  });
});

describe("code extensions", () => {
  it.each([
    [
      ["", "ISO 2022 IR 87"],
      "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
      "Yamada^Tarou=山田^太郎=やまだ^たろう",
    ],
    [
      ["ISO 2022 IR 13", "ISO 2022 IR 87"],
      "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J",
      "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎",
    ],
    [
      ["", "ISO 2022 IR 149"],
      "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
      "Hong^Gildong=洪^吉洞=홍^길동",
    ],
    [["", "ISO 2022 IR 58"], "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=", "Zhang^XiaoDong=张^小东="],
    [["", "ISO 2022 IR 159"], "\x1b$(D\x22\x2f\x1b(B", "˘"],
    [["ISO 2022 IR 6", "ISO 2022 IR 100"], "Buc^J\x1b-A\xe9r\xf4me", "Buc^Jérôme"],
    [["ISO 2022 IR 100", "ISO 2022 IR 144"], "J\xe9r^\x1b-L\xbb\xee\xda", "Jér^Люк"],
    [["ISO 2022 IR 100", "ISO 2022 IR 144"], "\x1b-L\xbb\\J\xe9r", "Л\\Jér"],
  ])("%j", (terms, text, expected) => {
    expect(decodeText(bytes(text), terms)).toBe(expected);
  });
});

describe("no character set", () => {
  it.each([
    ["Plain^ASCII", "Plain^ASCII"],
    ["M\xc3\xbcller", "Müller"],
    ["M\xfcller", "Müller"],
  ])("%j", (text, expected) => {
    expect(decodeText(bytes(text), [])).toBe(expected);
    expect(decodeText(bytes(text), [""])).toBe(expected);
  });

  it("keeps a byte-order mark, which is a character like others", () => {
    expect(decodeText(bytes("\xef\xbb\xbfA"), ["ISO_IR 192"])).toBe("\ufeffA");
  });
});

it("reads any bytes under any term without complaint", () => {
  const terms = fc.array(
    fc.oneof(fc.constantFrom("ISO 2022 IR 87", "ISO_IR 13", "GB18030", "ISO_IR 192", "ISO 2022 IR 149"), fc.string()),
    { maxLength: 3 },
  );
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom("\x1b", "\x1b$", "\x1b$B", "\x1b$)C", "\x1b(J", "\x1b-L").map(bytes),
    ),
  );
  fc.assert(
    fc.property(pieces, terms, (parts, given) => {
      const text = decodeText(new Uint8Array(Buffer.concat(parts)), given);
      expect(text.isWellFormed()).toBe(true);
    }),
    { numRuns: 500 },
  );
});
