// Objects without pixel data: what the canonical header keeps, drops and makes equal. docs/formats/fingerprints.md § Canonical header.
import {
  type Encoding,
  element,
  explicitBig,
  file,
  identity,
  implicitLittle,
  join,
  latin1,
  explicitLittle as le,
  numbers,
  sequence,
  storedDeflate,
  syntaxes,
  uint32,
} from "./object-bytes.ts";
import { type ObjectCase, objectBefore, objectWith } from "./object-case.ts";

const {
  implicitLittle: implicitUid,
  explicitLittle: explicitUid,
  explicitBig: bigUid,
  deflated: deflatedUid,
} = syntaxes;

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
    ...orderCases(),
    ...bulkCases(),
  ];
}

// Text, 16-, 32- and 64-bit numbers, tags, bytes, an empty value, an empty sequence, an empty item, a nested sequence.
function everyKind(encoding: Encoding): Uint8Array {
  const [first, second] = identity(encoding);
  const code = join(element(encoding, "00080100", "SH", "T-1 "), element(encoding, "00080102", "SH", "99"));
  const nested = sequence(encoding, "0040a043", [code], encoding.bigEndian);
  const reference = element(encoding, "00081155", "UI", "2.25.444");
  return join(
    element(encoding, "00080005", "CS", "ISO_IR 192"),
    first,
    sequence(encoding, "00081140", [reference, new Uint8Array(0)], !encoding.bigEndian),
    sequence(encoding, "00082112", [], true),
    element(encoding, "00100010", "PN", latin1("M\xc3\xbcller^\xc3\x84")),
    element(encoding, "00100040", "CS", ""),
    element(encoding, "00186018", "UL", ordered(encoding, 4, [1, 2, 3, 4, 5, 6, 7, 8])),
    element(encoding, "00189087", "FD", ordered(encoding, 8, [0, 0, 0, 0, 0, 0, 240, 63])),
    second,
    element(encoding, "00280009", "AT", ordered(encoding, 2, [0x18, 0, 0x63, 0x10])),
    element(encoding, "00281201", "OW", ordered(encoding, 2, [0, 1, 2, 3])),
    sequence(encoding, "0040a730", [nested], encoding.explicitVr),
    element(encoding, "00420011", "OB", new Uint8Array([37, 80, 68, 70])),
    element(encoding, "00660016", "OF", ordered(encoding, 4, [0, 0, 128, 63, 0, 0, 0, 64])),
  );
}

// Little-endian numbers of `width` bytes, in the order of the encoding.
function ordered({ bigEndian }: Encoding, width: number, bytes: readonly number[]): Uint8Array {
  if (!bigEndian) return new Uint8Array(bytes);
  return Uint8Array.from(bytes, (_, at) => bytes[at - (at % width) + width - 1 - (at % width)] as number);
}

function textCases(): ObjectCase[] {
  const name = (value: string): Uint8Array => element(le, "00100010", "PN", value);
  const [first, second] = identity(le);
  const everyLength = join(
    element(le, "00080000", "UL", uint32(le, 1)),
    element(le, "00080001", "UL", uint32(le, 2)),
    first,
    element(le, "00100000", "UL", uint32(le, 3)),
    name("Test^Text "),
    second,
    sequence(le, "4ffe0001", [numbers(le, "04000005", "US", 1)], true),
    sequence(le, "fffafffa", [numbers(le, "04000005", "US", 1)], false),
    element(le, "fffcfffc", "OB", new Uint8Array(6)),
  );
  return [
    { title: "text padded with a space", group: "text", bytes: objectWith(name("Test^Text ")) },
    { title: "text of odd length", group: "text", bytes: objectWith(name("Test^Text")) },
    { title: "text padded with spaces and zero bytes", group: "text", bytes: objectWith(name("Test^Text \0 \0\0")) },
    { title: "text sent as UN", group: "text", bytes: objectWith(element(le, "00100010", "UN", "Test^Text ")) },
    { title: "group lengths, trailing padding and signatures", group: "text", bytes: file(explicitUid, everyLength) },
    { title: "text with a space in front", group: "text with a space in front", bytes: objectWith(name(" Test^Text")) },
    { title: "no text", group: "no text", bytes: objectWith(name("")) },
    { title: "nothing but padding", group: "no text", bytes: objectWith(name("  \0 ")) },
  ];
}

function privateCases(): ObjectCase[] {
  const block = (number: string, creator: string, value: string): Uint8Array =>
    join(element(le, `002900${number}`, "LO", creator), element(le, `0029${number}08`, "CS", value));
  const unused = element(le, "00290011", "LO", "IDLE");
  const objectOf = (...parts: Uint8Array[]): Uint8Array => objectBefore(...parts);
  return [
    { title: "private block 10", group: "private", bytes: objectOf(block("10", "FIDUCIAL TEST ", "RAW ")) },
    { title: "private block 20", group: "private", bytes: objectOf(block("20", "FIDUCIAL TEST", "RAW ")) },
    {
      title: "private block 10, sent as UN",
      group: "private",
      bytes: objectOf(element(le, "00290010", "UN", "FIDUCIAL TEST "), element(le, "00291008", "UN", "RAW ")),
    },
    {
      title: "a second block declared and not used",
      group: "private",
      bytes: objectOf(element(le, "00290010", "LO", "FIDUCIAL TEST "), unused, element(le, "00291008", "CS", "RAW ")),
    },
    {
      title: "private padding counts",
      group: "private padding",
      bytes: objectOf(block("10", "FIDUCIAL TEST ", "RAW   ")),
    },
    { title: "another creator", group: "another creator", bytes: objectOf(block("10", "FIDUCIAL OTHER", "RAW ")) },
    { title: "no creator", group: "no creator", bytes: objectOf(element(le, "00291008", "CS", "RAW ")) },
    { title: "a blank creator", group: "a blank creator", bytes: objectOf(block("10", "  ", "RAW ")) },
    {
      title: "two blocks",
      group: "two blocks",
      bytes: objectOf(block("10", "B SIDE", "1 "), block("11", "A SIDE", "2 ")),
    },
    {
      title: "two blocks, the other way round",
      group: "two blocks",
      bytes: objectOf(block("10", "A SIDE", "2 "), block("11", "B SIDE", "1 ")),
    },
    {
      title: "two blocks, declared first",
      group: "two blocks",
      bytes: objectOf(
        element(le, "00290010", "LO", "A SIDE"),
        element(le, "00290011", "LO", "B SIDE"),
        element(le, "00291008", "CS", "2 "),
        element(le, "00291108", "CS", "1 "),
      ),
    },
  ];
}

function orderCases(): ObjectCase[] {
  const [first, second] = identity(le);
  const sex = element(le, "00100040", "CS", "O ");
  const age = element(le, "00101010", "AS", "042Y");
  const id = (value: string): Uint8Array => element(le, "00100020", "LO", value);
  const behind = join(objectWith(sex, age), new Uint8Array(600));
  return [
    { title: "ascending tags", group: "order", bytes: objectWith(sex, age) },
    { title: "tags in no order", group: "order", bytes: file(explicitUid, join(second, age, first, sex)) },
    { title: "zeros behind the data set", group: "order", bytes: behind },
    { title: "a few bytes behind the data set", group: "order", bytes: join(objectWith(sex, age), latin1("junk")) },
    {
      title: "an element of the file meta information inside",
      group: "order",
      bytes: objectWith(sex, age, element(le, "00020016", "AE", "ELSEWHERE ")),
    },
    { title: "an element twice", group: "twice", bytes: objectWith(id("A "), id("B ")) },
    {
      title: "an element twice, apart",
      group: "twice",
      bytes: file(explicitUid, join(id("A "), first, second, id("B "))),
    },
    {
      title: "an element twice, the other way round",
      group: "twice, the other way round",
      bytes: objectWith(id("B "), id("A ")),
    },
  ];
}

function bulkCases(): ObjectCase[] {
  const mebibyte = 2 ** 20;
  const document = (size: number): Uint8Array =>
    objectBefore(element(le, "00420011", "OB", new Uint8Array(size).fill(7)));
  const report = (size: number, padding: number): Uint8Array =>
    objectBefore(element(le, "0040a160", "UT", `${"x".repeat(size)}${" ".repeat(padding)}`));
  const table = (encoding: Encoding, uid: string): Uint8Array => {
    const values = Uint8Array.from({ length: mebibyte + 2 }, (_, at) =>
      at % 2 === (encoding.bigEndian ? 0 : 1) ? 1 : 2,
    );
    return file(uid, join(...identity(encoding), element(encoding, "00281201", "OW", values)));
  };
  return [
    { title: "1 MiB is no bulk value", group: "1 MiB", bytes: document(mebibyte) },
    { title: "two bytes more are one", group: "2 bytes more", bytes: document(mebibyte + 2) },
    { title: "1 MiB of text", group: "1 MiB of text", bytes: report(mebibyte, 0) },
    { title: "1 MiB of text and padding", group: "1 MiB of text", bytes: report(mebibyte, 4) },
    { title: "more than 1 MiB of text", group: "more text", bytes: report(mebibyte + 1, 1) },
    {
      title: "more than 1 MiB of text and more padding",
      group: "more text",
      bytes: report(mebibyte + 1, mebibyte + 1),
    },
    { title: "bulk numbers, little-endian", group: "bulk numbers", bytes: table(le, explicitUid) },
    { title: "bulk numbers, big-endian", group: "bulk numbers", bytes: table(explicitBig, bigUid) },
  ];
}
