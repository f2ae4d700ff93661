// Objects without pixel data: what the canonical header keeps, drops and makes equal. docs/formats/fingerprints.md § Canonical header.
import {
  type Encoding,
  element,
  explicitBig,
  explicitLittle as le,
  file,
  fragments,
  identity,
  implicitLittle,
  join,
  latin1,
  numbers,
  sequence,
  storedDeflate,
  syntaxes,
  uint32,
} from "./object-bytes.ts";

/** Bytes by title. Objects of one group have equal data set digests; objects of different groups do not. */
export interface ObjectCase {
  readonly title: string;
  readonly group: string;
  readonly bytes: Uint8Array;
}

const { implicitLittle: implicitUid, explicitLittle: explicitUid, explicitBig: bigUid, deflated: deflatedUid } = syntaxes;

/** Returns every case. */
export function headerCases(): ObjectCase[] {
  return [
    { title: "explicit little-endian", group: "encodings", bytes: file(explicitUid, everyKind(le)) },
    { title: "implicit little-endian", group: "encodings", bytes: file(implicitUid, everyKind(implicitLittle)) },
    { title: "explicit big-endian", group: "encodings", bytes: file(bigUid, everyKind(explicitBig)) },
    { title: "deflated", group: "encodings", bytes: file(deflatedUid, storedDeflate(everyKind(le))) },
    { title: "bare, without file meta information", group: "encodings", bytes: everyKind(implicitLittle) },
    { title: "transfer syntax missing", group: "encodings", bytes: file(undefined, everyKind(explicitBig)) },
    { title: "transfer syntax wrong", group: "encodings", bytes: file(implicitUid, everyKind(le)) },
    ...textCases(),
    ...privateCases(),
    ...unknownCases(),
    ...nestingCases(),
    ...orderCases(),
    ...bulkCases(),
  ];
}

/** Writes an explicit object with these elements between those that make it one. */
export function objectWith(...parts: readonly Uint8Array[]): Uint8Array {
  const [first, second] = identity(le);
  return file(explicitUid, join(first, ...parts, second));
}

// Text, 16-, 32- and 64-bit numbers, tags, bytes, an empty value, an empty sequence, an empty item, a nested sequence.
function everyKind(encoding: Encoding): Uint8Array {
  const [first, second] = identity(encoding);
  const code = join(element(encoding, "00080100", "SH", "T-1 "), element(encoding, "00080102", "SH", "99"));
  const nested = sequence(encoding, "0040a043", [code], encoding.bigEndian);
  return join(
    element(encoding, "00080005", "CS", "ISO_IR 192"),
    first,
    sequence(encoding, "00081140", [element(encoding, "00081155", "UI", "2.25.444"), new Uint8Array(0)], !encoding.bigEndian),
    sequence(encoding, "00082112", [], true),
    element(encoding, "00100010", "PN", latin1("M\xc3\xbcller^\xc3\x84")),
    element(encoding, "00100040", "CS", ""),
    element(encoding, "00182042", "UL", ordered(encoding, 4, [1, 2, 3, 4, 5, 6, 7, 8])),
    element(encoding, "00189087", "FD", ordered(encoding, 8, [0, 0, 0, 0, 0, 0, 240, 63])),
    second,
    element(encoding, "00280009", "AT", ordered(encoding, 2, [0x18, 0, 0x63, 0x10])),
    element(encoding, "00281201", "OW", ordered(encoding, 2, [0, 1, 2, 3])),
    sequence(encoding, "0040a730", [nested], encoding.explicitVr),
    element(encoding, "00420011", "OB", new Uint8Array([37, 80, 68, 70])),
    element(encoding, "00660016", "OF", ordered(encoding, 4, [0, 0, 128, 63, 0, 0, 0, 64])),
  );
}

function textCases(): ObjectCase[] {
  const name = (value: string): Uint8Array => element(le, "00100010", "PN", value);
  const signatures = join(
    sequence(le, "4ffe0001", [numbers(le, "04000005", "US", 1)], true),
    element(le, "fffafffa", "SQ", ""),
    element(le, "fffcfffc", "OB", new Uint8Array(6)),
  );
  const [first, second] = identity(le);
  const lengths = join(
    element(le, "00080000", "UL", uint32(le, 1)),
    element(le, "00080001", "UL", uint32(le, 2)),
    first,
    element(le, "00100000", "UL", uint32(le, 3)),
    name("Test^Text "),
    second,
    signatures,
  );
  return [
    { title: "text padded with a space", group: "text", bytes: objectWith(name("Test^Text ")) },
    { title: "text of odd length", group: "text", bytes: objectWith(name("Test^Text")) },
    { title: "text padded with spaces and zero bytes", group: "text", bytes: objectWith(name("Test^Text \0 \0\0")) },
    { title: "group lengths, trailing padding and signatures", group: "text", bytes: file(explicitUid, lengths) },
    { title: "text with a space in front", group: "text with a space in front", bytes: objectWith(name(" Test^Text")) },
    { title: "no text", group: "no text", bytes: objectWith(name("")) },
    { title: "nothing but padding", group: "no text", bytes: objectWith(name("  \0 ")) },
  ];
}

function privateCases(): ObjectCase[] {
  const block = (number: string, creator: string, value: string): Uint8Array =>
    join(element(le, `002900${number}`, "LO", creator), element(le, `0029${number}08`, "CS", value));
  return [
    { title: "private block 10", group: "private", bytes: objectWith(block("10", "FIDUCIAL TEST ", "RAW ")) },
    { title: "private block 20", group: "private", bytes: objectWith(block("20", "FIDUCIAL TEST", "RAW ")) },
    {
      title: "private block 10, sent as UN",
      group: "private",
      bytes: objectWith(element(le, "00290010", "UN", "FIDUCIAL TEST "), element(le, "00291008", "UN", "RAW ")),
    },
    {
      title: "a second block declared and not used",
      group: "private",
      bytes: objectWith(element(le, "00290010", "LO", "FIDUCIAL TEST "), element(le, "00290011", "LO", "IDLE"), element(le, "00291008", "CS", "RAW ")),
    },
    { title: "private padding counts", group: "private padding", bytes: objectWith(block("10", "FIDUCIAL TEST ", "RAW   ")) },
    { title: "another creator", group: "another creator", bytes: objectWith(block("10", "FIDUCIAL OTHER", "RAW ")) },
    { title: "no creator", group: "no creator", bytes: objectWith(element(le, "00291008", "CS", "RAW ")) },
    {
      title: "a blank creator",
      group: "a blank creator",
      bytes: objectWith(element(le, "00290010", "LO", "  "), element(le, "00291008", "CS", "RAW ")),
    },
    {
      title: "two blocks, in any order",
      group: "two blocks",
      bytes: objectWith(block("10", "B SIDE", "1 "), block("11", "A SIDE", "2 ")),
    },
    {
      title: "two blocks, the other way round",
      group: "two blocks",
      bytes: objectWith(block("10", "A SIDE", "2 "), block("11", "B SIDE", "1 ")),
    },
  ];
}
