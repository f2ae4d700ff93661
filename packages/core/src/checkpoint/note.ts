// Signed notes: text, and who signed it. C2SP signed-note § Format, § Signatures.
import { CoreError } from "../core-error.ts";
import { concat, fromBase64, fromHex, toBase64, toHex, utf8 } from "../encoding/bytes.ts";
import { hasControlCharacter } from "./lines.ts";
import { isKeyName, type VerifierKey } from "./verifier-key.ts";

/** One signature line. `name` and `keyId` say which key made it, `signature` is what follows the key id. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A note taken apart, nothing verified. `text` ends with a newline. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Signs under a verifier key; where the private key is kept, nobody here knows. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The most signatures a note may carry here. The specification asks for 16; a hundred organizations may cosign one checkpoint. */
export const mostSignatures = 100;

/** The longest note read here, in UTF-16 code units: room for the most signatures, each of ML-DSA-44's 3,300 characters. */
export const longestNote = 524_288;

const linePrefix = "— ";

/** Reads a note, and verifies nothing. Throws NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function parseNote(note: string): SignedNote {
  if (note.length > longestNote) throw new CoreError("NOTE_TOO_LARGE");
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new CoreError("NOTE_MALFORMED");
  const text = note.slice(0, split + 1);
  if (!isNoteText(text)) throw new CoreError("NOTE_MALFORMED");
  return { text, signatures: parseSignatureLines(note.slice(split + 2)) };
}

/** Writes a note. Throws NOTE_MALFORMED, NOTE_TOO_LARGE for what nobody could read back. */
export function formatNote({ text, signatures }: SignedNote): string {
  if (!isNoteText(text) || signatures.length === 0) throw new CoreError("NOTE_MALFORMED");
  const note = `${text}\n${formatSignatureLines(signatures)}`;
  if (note.length > longestNote) throw new CoreError("NOTE_TOO_LARGE");
  return note;
}

/** Signs text with log keys. Throws NOTE_MALFORMED, and SIGNATURE_TYPE_UNSUITED for cosigners, which sign checkpoints and a time. */
export function signNote(text: string, signers: readonly NoteSigner[]): SignedNote {
  if (!isNoteText(text)) throw new CoreError("NOTE_MALFORMED");
  const message = utf8(text);
  const signatures = signers.map(({ key, sign }) => {
    if (key.type !== "ed25519") throw new CoreError("SIGNATURE_TYPE_UNSUITED");
    return { name: key.name, keyId: key.keyId, signature: sign(message) };
  });
  return { text, signatures };
}

/** Adds signatures to a note, in the place of older ones by the same keys. */
export function withSignatures(note: SignedNote, added: readonly NoteSignature[]): SignedNote {
  const signatures = new Map(
    [...note.signatures, ...added].map((signature) => [`${signature.name}+${signature.keyId}`, signature]),
  );
  return { text: note.text, signatures: [...signatures.values()] };
}

/** Writes signature lines, each ending with a newline. Throws NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function formatSignatureLines(signatures: readonly NoteSignature[]): string {
  if (signatures.length > mostSignatures) throw new CoreError("NOTE_TOO_LARGE");
  return signatures
    .map(({ name, keyId, signature }) => {
      const id = fromHex(keyId);
      if (!isKeyName(name) || id?.length !== 4 || signature.length === 0) throw new CoreError("NOTE_MALFORMED");
      return `${linePrefix}${name} ${toBase64(concat(id, signature))}\n`;
    })
    .join("");
}

/** Reads one or more signature lines. Throws NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function parseSignatureLines(text: string): NoteSignature[] {
  const lines = text.split("\n");
  if (lines.length < 2 || lines.pop() !== "") throw new CoreError("NOTE_MALFORMED");
  if (lines.length > mostSignatures) throw new CoreError("NOTE_TOO_LARGE");
  return lines.map(parseSignatureLine);
}

function parseSignatureLine(line: string): NoteSignature {
  const [name, encoded, ...rest] = line.startsWith(linePrefix) ? line.slice(linePrefix.length).split(" ") : [];
  const bytes = encoded === undefined || rest.length > 0 ? undefined : fromBase64(encoded);
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5)
    throw new CoreError("NOTE_MALFORMED");
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

function isNoteText(text: string): boolean {
  return text.endsWith("\n") && text.isWellFormed() && !hasControlCharacter(text.replaceAll("\n", " "));
}
