// Text in the character sets of DICOM, read as far as it can be: bytes that stand for nothing become U+FFFD. DICOM PS3.3 § C.12.1.1.2, PS3.5 § 6.1.

/** Reads text by the values of Specific Character Set (0008,0005), of which the first is the one to begin with. Never throws. */
export function decodeText(bytes: Uint8Array, characterSets: readonly string[]): string {
  const [first = "", ...others] = characterSets.map(termOf);
  if (bytes.every((byte) => byte < 0x80 && byte !== escapeByte)) return ascii(bytes);
  if (first === "" && others.length === 0) return undeclared(bytes);
  const initial = labelOfTerm.get(first) ?? "latin1";
  return bytes.includes(escapeByte) ? decodeSwitched(bytes, initial) : decode(initial, bytes);
}

const escapeByte = 0x1b;

// "ISO 2022 IR 100" begins with the same set as "ISO_IR 100", and may switch to others.
function termOf(value: string): string {
  return value
    .trim()
    .toUpperCase()
    .replace(/^ISO[ _-]2022[ _-]IR[ _-]/, "ISO_IR ")
    .replace(/^ISO[ _-]IR[ _-]?/, "ISO_IR ");
}

/** Encodings of the WHATWG Encoding Standard, which every browser and Node read, by defined term. PS3.3 Tables C.12-2 to C.12-5. */
const labelOfTerm: ReadonlyMap<string, string> = new Map([
  ["", "latin1"],
  ["ISO_IR 6", "latin1"],
  ["ISO_IR 100", "latin1"],
  ["ISO_IR 101", "iso-8859-2"],
  ["ISO_IR 109", "iso-8859-3"],
  ["ISO_IR 110", "iso-8859-4"],
  ["ISO_IR 144", "iso-8859-5"],
  ["ISO_IR 127", "iso-8859-6"],
  ["ISO_IR 126", "iso-8859-7"],
  ["ISO_IR 138", "iso-8859-8"],
  ["ISO_IR 148", "windows-1254"],
  ["ISO_IR 203", "iso-8859-15"],
  ["ISO_IR 13", "shift_jis"],
  ["ISO_IR 166", "windows-874"],
  ["ISO_IR 192", "utf-8"],
  ["ISO_IR 87", "latin1"],
  ["ISO_IR 159", "latin1"],
  ["ISO_IR 149", "euc-kr"],
  ["ISO_IR 58", "gb18030"],
  ["GB18030", "gb18030"],
  ["GBK", "gbk"],
]);

interface CodeElement {
  readonly label: string;
  /** A two-byte set among the 7-bit codes, to be read with the high bits set, and after a prefix. */
  readonly twoByte?: boolean;
  readonly prefix?: number;
}

/** What comes after ESC, and the code that it switches to. PS3.3 Tables C.12-3 and C.12-4. */
const codeOfSequence: ReadonlyMap<string, CodeElement | undefined> = new Map<string, CodeElement | undefined>([
  ["(B", undefined],
  ["(J", { label: "shift_jis" }],
  [")I", { label: "shift_jis" }],
  ["-A", { label: "latin1" }],
  ["-B", { label: "iso-8859-2" }],
  ["-C", { label: "iso-8859-3" }],
  ["-D", { label: "iso-8859-4" }],
  ["-L", { label: "iso-8859-5" }],
  ["-G", { label: "iso-8859-6" }],
  ["-F", { label: "iso-8859-7" }],
  ["-H", { label: "iso-8859-8" }],
  ["-M", { label: "windows-1254" }],
  ["-b", { label: "iso-8859-15" }],
  ["-T", { label: "windows-874" }],
  ["$B", { label: "euc-jp", twoByte: true }],
  ["$@", { label: "euc-jp", twoByte: true }],
  ["$(D", { label: "euc-jp", twoByte: true, prefix: 0x8f }],
  ["$)C", { label: "euc-kr" }],
  ["$)A", { label: "gb18030" }],
]);

// Code extension: the text in front of each escapeByte sequence is in the code that the one before it chose. PS3.5 § 6.1.2.5.
function decodeSwitched(bytes: Uint8Array, initial: string): string {
  let code: CodeElement = { label: initial };
  let text = "";
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== escapeByte) continue;
    text += decodeRun(bytes.subarray(start, at), code, initial);
    const sequence = sequenceAt(bytes, at + 1);
    code = codeOfSequence.get(sequence) ?? { label: initial };
    start = at + 1 + sequence.length;
    at = start - 1;
  }
  return text + decodeRun(bytes.subarray(start), code, initial);
}

// An unknown sequence is passed over by itself: ESC alone.
function sequenceAt(bytes: Uint8Array, at: number): string {
  const three = ascii(bytes.subarray(at, at + 3));
  return [three, three.slice(0, 2)].find((sequence) => codeOfSequence.has(sequence)) ?? "";
}

function decodeRun(bytes: Uint8Array, { label, twoByte, prefix }: CodeElement, initial: string): string {
  if (twoByte === true) return decode(label, highBits(bytes, prefix));
  // A delimiter ends the switch: what follows is in the first set again.
  const delimiter = label === initial ? -1 : bytes.findIndex(isDelimiter);
  if (delimiter === -1) return decode(label, bytes);
  return decode(label, bytes.subarray(0, delimiter)) + decode(initial, bytes.subarray(delimiter));
}

function highBits(bytes: Uint8Array, prefix: number | undefined): Uint8Array {
  const codes = Array.from(bytes, (byte) => byte | 0x80);
  if (prefix === undefined) return Uint8Array.from(codes);
  return Uint8Array.from(codes.flatMap((code, index) => (index % 2 === 0 ? [prefix, code] : [code])));
}

// TAB, LF, FF, CR, backslash, ^ and =. PS3.5 § 6.1.2.5.3.
function isDelimiter(byte: number): boolean {
  return [0x09, 0x0a, 0x0c, 0x0d, 0x5c, 0x5e, 0x3d].includes(byte);
}

// Other than ASCII without a declaration is against the standard, and in practice UTF-8 or Latin-1.
function undeclared(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return decode("latin1", bytes);
  }
}

function decode(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
}

function ascii(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
