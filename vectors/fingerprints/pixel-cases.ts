// Objects with pixel data: what a frame is. docs/formats/fingerprints.md § Frames.
import {
  type Encoding,
  element,
  explicitBig,
  file,
  fragments,
  type ImageShape,
  identity,
  image,
  implicitLittle,
  join,
  latin1,
  explicitLittle as le,
  numbers,
  syntaxes,
  uint32,
} from "./object-bytes.ts";
import type { ObjectCase } from "./object-case.ts";

/** Returns every case. */
export function pixelCases(): ObjectCase[] {
  return [...nativeCases(), ...oddCases(), ...bitCases(), ...colourCases(), ...encapsulatedCases()];
}

const four = [1, 2, 3, 258];

function native(shape: ImageShape, bytes: Uint8Array, vr = "OW"): Uint8Array {
  return file(syntaxes.explicitLittle, image(le, shape, element(le, "7fe00010", vr, bytes)));
}

function words(encoding: Encoding, shape: ImageShape, uid: string, ...values: readonly number[]): Uint8Array {
  return file(uid, image(encoding, shape, numbers(encoding, "7fe00010", "OW", ...values)));
}

function nativeCases(): ObjectCase[] {
  const group = "16 bits";
  const shape = [numbers(le, "00280002", "US", 1), numbers(le, "00280010", "US", 1), numbers(le, "00280011", "US", 2)];
  const float = join(...identity(le), ...shape);
  const floats = new Uint8Array([0, 0, 128, 63, 0, 0, 0, 64]);
  return [
    { title: "16 bits, explicit little-endian", group, bytes: words(le, {}, syntaxes.explicitLittle, ...four) },
    { title: "16 bits, implicit", group, bytes: words(implicitLittle, {}, syntaxes.implicitLittle, ...four) },
    { title: "16 bits, big-endian", group, bytes: words(explicitBig, {}, syntaxes.explicitBig, ...four) },
    {
      title: "the first of two frames alone",
      group: "one",
      bytes: words(le, { frames: "1" }, syntaxes.explicitLittle, 1, 2, 3, 4),
    },
    {
      title: "two frames",
      group: "two",
      bytes: words(le, { frames: "2" }, syntaxes.explicitLittle, 1, 2, 3, 4, 5, 6, 7, 8),
    },
    {
      title: "two frames, big-endian",
      group: "two",
      bytes: words(explicitBig, { frames: "2" }, syntaxes.explicitBig, 1, 2, 3, 4, 5, 6, 7, 8),
    },
    {
      title: "unused bits above the samples",
      group: "12 of 16",
      bytes: words(le, { stored: 12 }, syntaxes.explicitLittle, 1, 2, 3, 0xf004),
    },
    {
      title: "12 bits, signed",
      group: "12 signed",
      bytes: words(le, { stored: 12, signed: 1 }, syntaxes.explicitLittle, 1, 2, 0xf800, 0xffff),
    },
    {
      title: "float",
      group: "float",
      bytes: file(syntaxes.explicitLittle, join(float, element(le, "7fe00008", "OF", floats))),
    },
    {
      title: "double",
      group: "double",
      bytes: file(syntaxes.explicitLittle, join(float, element(le, "7fe00009", "OD", join(floats, floats)))),
    },
  ];
}

function oddCases(): ObjectCase[] {
  const bytes = { allocated: 8, rows: 1, columns: 3 };
  const big = (value: Uint8Array, vr: string): Uint8Array =>
    file(syntaxes.explicitBig, image(explicitBig, bytes, element(explicitBig, "7fe00010", vr, value)));
  const lacking = join(
    ...identity(le),
    numbers(le, "00280010", "US", 2),
    element(le, "7fe00010", "OW", new Uint8Array([1, 2])),
  );
  return [
    { title: "three bytes, padded", group: "three bytes", bytes: native(bytes, new Uint8Array([1, 2, 3, 0]), "OB") },
    {
      title: "three bytes, padded with something",
      group: "three bytes",
      bytes: native(bytes, new Uint8Array([1, 2, 3, 9]), "OB"),
    },
    { title: "three bytes, not padded", group: "three bytes", bytes: native(bytes, new Uint8Array([1, 2, 3]), "OB") },
    { title: "three bytes, big-endian OB", group: "three bytes", bytes: big(new Uint8Array([1, 2, 3, 0]), "OB") },
    { title: "three bytes, big-endian OW", group: "three bytes", bytes: big(new Uint8Array([2, 1, 0, 3]), "OW") },
    {
      title: "more bytes than announced",
      group: "excess",
      bytes: native(bytes, new Uint8Array([1, 2, 3, 4, 5, 6]), "OB"),
    },
    {
      title: "fewer frames than announced",
      group: "fewer",
      bytes: native({ ...bytes, frames: "3" }, new Uint8Array([1, 2, 3, 4]), "OB"),
    },
    { title: "no bytes at all", group: "none", bytes: native(bytes, new Uint8Array(0), "OB") },
    {
      title: "number of frames is no number",
      group: "no number",
      bytes: native({ ...bytes, frames: "1A" }, new Uint8Array([1, 2, 3, 0]), "OB"),
    },
    { title: "columns missing", group: "size unknown", bytes: file(syntaxes.explicitLittle, lacking) },
  ];
}

function bitCases(): ObjectCase[] {
  const shape = { allocated: 1, rows: 1, columns: 5, frames: "3" };
  // 11111 00000 10101, the first bit lowest; then 10 and 25 bits, which end in whole bytes elsewhere.
  return [
    {
      title: "single bits, three frames of five",
      group: "bits",
      bytes: native(shape, new Uint8Array([0b00011111, 0b01010100]), "OB"),
    },
    {
      title: "single bits, unused ones set",
      group: "bits",
      bytes: native(shape, new Uint8Array([0b00011111, 0b11010100]), "OB"),
    },
    {
      title: "single bits, whole bytes",
      group: "bytes of bits",
      bytes: native({ ...shape, columns: 8, frames: "2" }, new Uint8Array([255, 1]), "OB"),
    },
    {
      title: "single bits, two frames of three announced",
      group: "fewer bits",
      bytes: native({ ...shape, columns: 12 }, new Uint8Array([255, 255, 255, 129]), "OB"),
    },
  ];
}

function colourCases(): ObjectCase[] {
  const rgb = { samples: 3, photometric: "RGB", allocated: 8, rows: 1, columns: 2 };
  const halved = { ...rgb, photometric: "YBR_FULL_422", planar: 0 };
  return [
    { title: "colour by pixel", group: "by pixel", bytes: native({ ...rgb, planar: 0 }, latin1("RGBrgb"), "OB") },
    { title: "colour by plane", group: "by plane", bytes: native({ ...rgb, planar: 1 }, latin1("RrGgBb"), "OB") },
    { title: "halved chroma", group: "halved", bytes: native(halved, latin1("YyBR"), "OB") },
    { title: "full chroma under the name of halved", group: "full", bytes: native(halved, latin1("YBRyBR"), "OB") },
  ];
}

function encapsulatedCases(): ObjectCase[] {
  const start = (text: string): Uint8Array => latin1(`\xff\xd8\xff${text}`);
  const parts = [start("a"), latin1("bb"), start("c"), latin1("dd")];
  const [a, b, c, d] = parts as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const none: Uint8Array = new Uint8Array(0);
  const offsets = (...values: number[]): Uint8Array => join(...values.map((value) => uint32(le, value)));
  const jpeg = (
    frames: string,
    table: Uint8Array,
    pieces: readonly Uint8Array[],
    uid: string = syntaxes.jpegBaseline,
    extra = none,
  ): Uint8Array =>
    file(uid, image(le, { frames, allocated: 8 }, join(extra, fragments("7fe00010", [table, ...pieces]))));
  const wide = join(offsets(0, 0), offsets(22, 0));
  return [
    { title: "one frame in four fragments", group: "one frame", bytes: jpeg("1", none, parts) },
    { title: "one frame in two fragments", group: "one frame", bytes: jpeg("1", offsets(0), [join(a, b), join(c, d)]) },
    { title: "a fragment for each frame", group: "two frames", bytes: jpeg("2", none, [join(a, b), join(c, d)]) },
    { title: "by the basic offset table", group: "two frames", bytes: jpeg("2", offsets(0, 22), parts) },
    {
      title: "by the extended offset table",
      group: "two frames",
      bytes: jpeg("2", none, parts, syntaxes.jpegBaseline, element(le, "7fe00001", "OV", wide)),
    },
    { title: "by the beginnings of codestreams", group: "two frames", bytes: jpeg("2", none, parts) },
    { title: "by codestreams, the table being wrong", group: "two frames", bytes: jpeg("2", offsets(0, 23), parts) },
    { title: "no way to tell", group: "ambiguous", bytes: jpeg("3", none, parts) },
    { title: "fewer fragments than frames", group: "fewer fragments", bytes: jpeg("9", none, parts.slice(0, 2)) },
    { title: "video", group: "video", bytes: jpeg("2", none, parts, syntaxes.mpeg4) },
    { title: "no fragments", group: "no fragments", bytes: jpeg("1", none, []) },
    {
      title: "native under the name of JPEG",
      group: "16 bits",
      bytes: file(syntaxes.jpegBaseline, image(le, {}, numbers(le, "7fe00010", "OW", ...four))),
    },
  ];
}
