// Where texts occur in bytes, however they are spelled: as they are, in other letters, in UTF-16, as hex or base64, or hashed. Shares nothing with what it checks.
import { createHash } from "node:crypto";

/** Tells which of the texts occur in bytes, or in what base64 stands for in them. */
export type IdentifierSearch = (bytes: Uint8Array) => string[];

/** Prepares a search for texts. Those of fewer than three characters are not sought: they are everywhere. */
export function searchFor(texts: Iterable<string>): IdentifierSearch {
  const needles = new Map<string, Needle[]>();
  const filter = new Uint8Array(2 ** 24);
  for (const text of new Set(texts)) {
    if (text.length < 3) continue;
    for (const needle of needlesOf(text)) {
      const head = needle.bytes.toString("latin1", 0, headBytes);
      needles.set(head, [...(needles.get(head) ?? []), { ...needle, text }]);
      filter[(needle.bytes[0] as number) | ((needle.bytes[1] as number) << 8) | ((needle.bytes[2] as number) << 16)] =
        1;
    }
  }

  function searchIn(bytes: Buffer, found: Set<string>): void {
    for (let at = 0; at + headBytes <= bytes.length; at++) {
      const three = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
      if (filter[three] === 0) continue;
      for (const needle of needles.get(bytes.toString("latin1", at, at + headBytes)) ?? [])
        if (!found.has(needle.text) && standsAt(bytes, at, needle)) found.add(needle.text);
    }
  }

  return (given) => {
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
    const found = new Set<string>();
    searchIn(bytes, found);
    for (const decoded of base64RunsIn(bytes)) searchIn(decoded, found);
    return [...found];
  };
}

interface Spelling {
  readonly bytes: Buffer;
  /** Whether it counts only where no letter or digit stands beside it: it is short enough to come up by chance in hex or base64. */
  readonly alone: boolean;
}

interface Needle extends Spelling {
  readonly text: string;
}

const headBytes = 6;
/** So many characters of hex or base64 never come up by chance. */
const sureHex = 14;
const sureBase64 = 9;
/** Runs that six bytes or more may stand in. */
const shortestBase64 = /[A-Za-z0-9+/_-]{8,}/g;
/** Of each digest; so many never come up by chance, and a hash that was cut short is found as well. */
const hashBytes = 8;

function needlesOf(text: string): Spelling[] {
  const spellings = new Set([text, text.trim(), text.toLowerCase(), text.toUpperCase()]);
  // Half of UTF-16 is nothing in most texts, so it counts for half.
  const wide = [...spellings].filter(({ length }) => length >= headBytes).map((text) => Buffer.from(text, "utf16le"));
  const plain = [
    ...[...spellings].flatMap((text) => [Buffer.from(text, "utf8"), Buffer.from(text, "latin1")]),
    ...wide,
    ...wide.map((bytes) => Buffer.from(bytes).swap16()),
  ];
  const inText = [...spellings].flatMap((spelling) => textsFor(Buffer.from(spelling, "utf8")));
  const all: Spelling[] = [...plain.map((bytes) => ({ bytes, alone: isShort(bytes) })), ...inText];
  for (const spelling of [...spellings].flatMap(paddings)) all.push(...hashesOf(Buffer.from(spelling, "utf8")));
  return all.filter(({ bytes }) => bytes.length >= headBytes);
}

// DICOM pads values to even length with a space, UIDs with a zero; fixed widths and C strings come up too.
function paddings(text: string): string[] {
  return [text, `${text} `, `${text}\0`, `${text}\n`];
}

function isShort(bytes: Buffer): boolean {
  return bytes.length < sureHex && /^[0-9a-zA-Z+/=]*$/.test(bytes.toString("latin1"));
}

function isShortHex(bytes: Buffer): boolean {
  return bytes.length < sureHex && /^[0-9a-fA-F]*$/.test(bytes.toString("latin1"));
}

function textsFor(bytes: Buffer): Spelling[] {
  const hex = bytes.toString("hex");
  const alone = hex.length < sureHex;
  const asHex = [hex, hex.toUpperCase()].map((word) => ({ bytes: Buffer.from(word), alone }));
  // A few digits come up in the hex of digests, and so does their base64 in that of the digests: those are sought in what base64 stands for.
  const asBase64 = isShortHex(bytes) ? [] : [0, 1, 2].flatMap((shift) => base64Within(bytes, shift));
  return [
    ...asHex,
    ...asBase64.filter((word) => word.length >= sureBase64).map((word) => ({ bytes: word, alone: false })),
  ];
}

/** What of a base64 text depends on `bytes` alone when so many bytes stand before them, in both alphabets. */
function base64Within(bytes: Buffer, shift: number): Buffer[] {
  const word = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
  const begin = Math.ceil((shift * 8) / 6);
  const end = Math.floor(((shift + bytes.length) * 8) / 6);
  const inner = word.slice(begin, end);
  return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")].map((each) => Buffer.from(each));
}

function hashesOf(bytes: Buffer): Spelling[] {
  return ["sha256", "sha1", "md5", "sha512"].flatMap((name) => {
    const digest = createHash(name)
      .update(bytes)
      .digest()
      .subarray(0, hashBytes + 1);
    const hex = digest.toString("hex", 0, hashBytes);
    // Of nine bytes, base64 has twelve characters of its own.
    const base64 = digest.toString("base64");
    const words = [hex, hex.toUpperCase(), base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
    return [digest.subarray(0, hashBytes), ...words.map((word) => Buffer.from(word))].map((each) => ({
      bytes: each,
      alone: false,
    }));
  });
}

function standsAt(where: Buffer, at: number, { bytes, alone }: Needle): boolean {
  const end = at + bytes.length;
  if (where.compare(bytes, 0, bytes.length, at, Math.min(end, where.length)) !== 0) return false;
  return !alone || !(isWord(where[at - 1]) || isWord(where[end]));
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9a-zA-Z+/_-]/.test(String.fromCharCode(byte));
}

/** What runs of base64 stand for; a run may begin within a group of four, where a page of a database does. */
function base64RunsIn(bytes: Buffer): Buffer[] {
  const runs = bytes.toString("latin1").match(shortestBase64) ?? [];
  return runs.flatMap((run) => [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64")));
}
