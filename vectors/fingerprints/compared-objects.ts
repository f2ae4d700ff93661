// Small objects that tests compare: a picture in several encodings, and a document.
import {
  element,
  even,
  file,
  fragments,
  type ImageShape,
  identity,
  image,
  join,
  latin1,
  explicitLittle as le,
  sequence,
  syntaxes,
} from "./object-bytes.ts";

/** One frame of four samples of 8 bits. */
export const shape: ImageShape = { allocated: 8 };

/** Writes a patient's name. */
export function patient(name: string): Uint8Array {
  return element(le, "00100010", "PN", even(name));
}

/** Writes a picture of four samples, native, and other elements. */
export function native(samples: string, ...others: readonly Uint8Array[]): Uint8Array {
  const pixels = element(le, "7fe00010", "OB", latin1(samples));
  return file(syntaxes.explicitLittle, join(...others, image(le, shape, pixels)));
}

/** Writes a picture under the name of JPEG-LS or another syntax, its frame being whatever the test's decoder understands. */
export function encoded(frame: string, syntax: string = syntaxes.jpegLs, ...others: readonly Uint8Array[]): Uint8Array {
  const pixels = fragments("7fe00010", [new Uint8Array(0), latin1(frame)]);
  return file(syntax, join(...others, image(le, shape, pixels)));
}

/** Writes a report (Basic Text SR) of one text, and other elements. */
export function document(text: string, ...others: readonly Uint8Array[]): Uint8Array {
  const [first, second] = identity(le, "1.2.840.10008.5.1.4.1.1.88.11");
  const content = sequence(le, "0040a730", [element(le, "0040a160", "UT", even(text))], true);
  return file(syntaxes.explicitLittle, join(first, second, ...others, content));
}
