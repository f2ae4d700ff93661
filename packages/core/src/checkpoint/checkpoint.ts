// Checkpoints: a log's tree head as note text. C2SP tlog-checkpoint § Note text.
import { CoreError } from "../core-error.ts";
import { toBase64 } from "../encoding/bytes.ts";
import type { TreeHead } from "../merkle/tree.ts";
import { decimalOf, hasControlCharacter, hashOf } from "./lines.ts";
import { formatNote, type NoteSigner, parseNote, type SignedNote, signNote } from "./note.ts";

/** A tree head of the log `origin`. We write no extension lines, since nobody can audit them; others may. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
  readonly extensions: readonly string[];
}

/** A checkpoint with the note it came in, nothing verified. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
}

/** Writes the text of a checkpoint. Throws CHECKPOINT_MALFORMED for what nobody could read back. */
export function formatCheckpoint({ origin, size, rootHash, extensions }: Checkpoint): string {
  const text = `${[origin, String(size), toBase64(rootHash), ...extensions].join("\n")}\n`;
  const readBack = parseCheckpoint(text);
  if (readBack.origin !== origin || readBack.extensions.length !== extensions.length)
    throw new CoreError("CHECKPOINT_MALFORMED");
  return text;
}

/** Reads the text of a checkpoint. Throws CHECKPOINT_MALFORMED. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const end = lines.pop();
  const [origin, sizeLine, rootLine, ...extensions] = lines;
  const size = decimalOf(sizeLine);
  const rootHash = hashOf(rootLine);
  const isText = text.isWellFormed() && !lines.some((line) => line === "" || hasControlCharacter(line));
  if (end !== "" || !isText || origin === undefined || size === undefined || rootHash === undefined)
    throw new CoreError("CHECKPOINT_MALFORMED");
  return { origin, size, rootHash, extensions };
}

/** Signs a tree head as the log `origin`, with keys of type ed25519. Throws CHECKPOINT_MALFORMED, SIGNATURE_TYPE_UNSUITED. */
export function signCheckpoint(
  origin: string,
  { size, rootHash }: TreeHead,
  signers: readonly NoteSigner[],
): SignedCheckpoint {
  const checkpoint = { origin, size, rootHash, extensions: [] };
  return { checkpoint, note: signNote(formatCheckpoint(checkpoint), signers) };
}

/** Writes a signed checkpoint: what a log serves under `checkpoint`. Throws NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function formatSignedCheckpoint({ note }: SignedCheckpoint): string {
  return formatNote(note);
}

/** Reads a signed checkpoint, and verifies nothing. Throws NOTE_MALFORMED, NOTE_TOO_LARGE, CHECKPOINT_MALFORMED. */
export function parseSignedCheckpoint(text: string): SignedCheckpoint {
  const note = parseNote(text);
  return { checkpoint: parseCheckpoint(note.text), note };
}
