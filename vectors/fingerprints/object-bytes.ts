// Writes DICOM bytes for vectors and tests, right and wrong ones alike: every length, delimiter and value is what the caller says. DICOM PS3.5 § 7, PS3.10 § 7.1.
// It shares no code with the reader, which is what it is for.

/** How elements are written. */
export interface Encoding {
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
}

export const explicitLittle: Encoding = { explicitVr: true, bigEndian: false };
export const implicitLittle: Encoding = { explicitVr: false, bigEndian: false };
export const explicitBig: Encoding = { explicitVr: true, bigEndian: true };

/** Transfer syntaxes by what they are. PS3.5 § 10, § A. */
export const syntaxes = {
  implicitLittle: "1.2.840.10008.1.2",
  explicitLittle: "1.2.840.10008.1.2.1",
  deflated: "1.2.840.10008.1.2.1.99",
  explicitBig: "1.2.840.10008.1.2.2",
  jpegBaseline: "1.2.840.10008.1.2.4.50",
  mpeg4: "1.2.840.10008.1.2.4.102",
  jpegLs: "1.2.840.10008.1.2.4.80",
  rle: "1.2.840.10008.1.2.5",
} as const;

const longVrs = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);
export const undefinedLength = 0xffffffff;

/** Writes one element. `length` may lie. */
export function element(
  encoding: Encoding,
  tag: string,
  vr: string,
  value: Uint8Array | string,
  length?: number,
): Uint8Array {
  const bytes = typeof value === "string" ? latin1(value) : value;
  const stated = length ?? bytes.length;
  if (!encoding.explicitVr) return join(tagBytes(encoding, tag), uint32(encoding, stated), bytes);
  const isLong = longVrs.has(vr);
  const head = isLong
    ? [latin1(vr), new Uint8Array(2), uint32(encoding, stated)]
    : [latin1(vr), uint16(encoding, stated)];
  return join(tagBytes(encoding, tag), ...head, bytes);
}

/** Writes an element of 16-bit numbers. */
export function numbers(encoding: Encoding, tag: string, vr: string, ...values: readonly number[]): Uint8Array {
  return element(encoding, tag, vr, join(...values.map((value) => uint16(encoding, value))));
}

/** Writes a sequence with these items, each a data set, of defined or undefined length throughout. `vr` may be UN. */
export function sequence(
  encoding: Encoding,
  tag: string,
  items: readonly Uint8Array[],
  isDefined: boolean,
  vr = "SQ",
): Uint8Array {
  const inner = vr === "UN" ? implicitLittle : encoding;
  const content = items.map((item) =>
    isDefined
      ? join(tagBytes(inner, "fffee000"), uint32(inner, item.length), item)
      : join(
          tagBytes(inner, "fffee000"),
          uint32(inner, undefinedLength),
          item,
          tagBytes(inner, "fffee00d"),
          uint32(inner, 0),
        ),
  );
  if (isDefined) return element(encoding, tag, vr, join(...content));
  const end = join(tagBytes(inner, "fffee0dd"), uint32(inner, 0));
  return element(encoding, tag, vr, join(...content, end), undefinedLength);
}

/** Writes encapsulated data: an element of undefined length with an item for each fragment, the offset table first. */
export function fragments(tag: string, parts: readonly Uint8Array[]): Uint8Array {
  const items = parts.map((part) =>
    join(tagBytes(explicitLittle, "fffee000"), uint32(explicitLittle, part.length), part),
  );
  const end = join(tagBytes(explicitLittle, "fffee0dd"), uint32(explicitLittle, 0));
  return element(explicitLittle, tag, "OB", join(...items, end), undefinedLength);
}

/** Writes preamble, DICM and file meta information before a data set. */
export function file(
  transferSyntax: string | undefined,
  dataSet: Uint8Array,
  sopInstanceUid = instanceUid,
): Uint8Array {
  const meta = join(
    element(explicitLittle, "00020001", "OB", new Uint8Array([0, 1])),
    element(explicitLittle, "00020002", "UI", padded(secondaryCapture)),
    element(explicitLittle, "00020003", "UI", padded(sopInstanceUid)),
    transferSyntax === undefined
      ? new Uint8Array(0)
      : element(explicitLittle, "00020010", "UI", padded(transferSyntax)),
  );
  const length = element(explicitLittle, "00020000", "UL", uint32(explicitLittle, meta.length));
  return join(new Uint8Array(128), latin1("DICM"), length, meta, dataSet);
}

const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
const instanceUid = "2.25.1";

/** Writes the elements that make an object one: class, instance, study and series. */
export function identity(encoding: Encoding, sopClassUid = secondaryCapture): readonly [Uint8Array, Uint8Array] {
  return [
    join(
      element(encoding, "00080016", "UI", padded(sopClassUid)),
      element(encoding, "00080018", "UI", padded(instanceUid)),
    ),
    join(element(encoding, "0020000d", "UI", padded("2.25.2")), element(encoding, "0020000e", "UI", padded("2.25.3"))),
  ];
}

/** What an image says of its samples; everything has a default: one 2 × 2 frame of 16 bits. */
export interface ImageShape {
  readonly samples?: number;
  readonly photometric?: string;
  readonly planar?: number;
  readonly frames?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly allocated?: number;
  readonly stored?: number;
  readonly signed?: number;
}

/** Writes group 0028 for `shape`. */
export function imageModule(encoding: Encoding, shape: ImageShape = {}): Uint8Array {
  const { samples = 1, photometric = "MONOCHROME2", rows = 2, columns = 2, allocated = 16, signed = 0 } = shape;
  const { stored = allocated, planar, frames } = shape;
  return join(
    numbers(encoding, "00280002", "US", samples),
    element(encoding, "00280004", "CS", even(photometric)),
    planar === undefined ? new Uint8Array(0) : numbers(encoding, "00280006", "US", planar),
    frames === undefined ? new Uint8Array(0) : element(encoding, "00280008", "IS", even(frames)),
    numbers(encoding, "00280010", "US", rows),
    numbers(encoding, "00280011", "US", columns),
    numbers(encoding, "00280100", "US", allocated),
    numbers(encoding, "00280101", "US", stored),
    numbers(encoding, "00280102", "US", stored - 1),
    numbers(encoding, "00280103", "US", signed),
  );
}

/** Writes a whole image: identity, group 0028 and `pixels`, an element. */
export function image(encoding: Encoding, shape: ImageShape, pixels: Uint8Array): Uint8Array {
  const [first, second] = identity(encoding);
  return join(first, second, imageModule(encoding, shape), pixels);
}

/** Deflates by stored blocks, which need no compressor. RFC 1951 § 3.2.4. */
export function storedDeflate(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += 65535) {
    const block = bytes.subarray(start, start + 65535);
    const isLast = start + 65535 >= bytes.length;
    const head = new Uint8Array([
      isLast ? 1 : 0,
      block.length & 255,
      block.length >> 8,
      ~block.length & 255,
      (~block.length >> 8) & 255,
    ]);
    blocks.push(head, block);
  }
  return join(...blocks);
}

/** Pads text with a space. */
export function even(text: string): string {
  return text.length % 2 === 0 ? text : `${text} `;
}

/** Pads a UID with a zero byte. */
export function padded(uid: string): string {
  return uid.length % 2 === 0 ? uid : `${uid}\0`;
}

/** Lays bytes end to end. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Writes text, a byte for each character. */
export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** Writes a tag of eight hex digits. */
export function tagBytes(encoding: Encoding, tag: string): Uint8Array {
  return join(
    uint16(encoding, Number.parseInt(tag.slice(0, 4), 16)),
    uint16(encoding, Number.parseInt(tag.slice(4), 16)),
  );
}

/** Writes a 16-bit number. */
function uint16({ bigEndian }: Encoding, value: number): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, !bigEndian);
  return bytes;
}

/** Writes a 32-bit number. */
export function uint32({ bigEndian }: Encoding, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, !bigEndian);
  return bytes;
}
