// What a log and its witness say to each other over HTTP, as text. C2SP tlog-witness § add-checkpoint, § Monitor Retrieval Mechanism.
import { sha256 } from "#sha256";
import { CoreError } from "../core-error.ts";
import { toBase64, toHex, utf8 } from "../encoding/bytes.ts";
import { formatSignedCheckpoint, parseSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { decimalOf, hashesOf } from "./lines.ts";
import { formatSignatureLines, type NoteSignature, parseSignatureLines } from "./note.ts";

/** A log's request to cosign: `proof` is the consistency proof from the tree of `oldSize` leaves to the checkpoint's, empty from 0. */
export interface AddCheckpointRequest {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  readonly signed: SignedCheckpoint;
}

/** A witness's answer by HTTP status: cosignatures; the size it last cosigned; or bad request, bad signature, unknown origin, bad proof. */
export type AddCheckpointAnswer =
  | { readonly status: 200; readonly cosignatures: readonly NoteSignature[] }
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422 };

/** An HTTP answer as far as the protocol speaks of it. */
export interface WitnessHttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

// The specification forbids more.
const mostProofLines = 63;

const conflictType = "text/x.tlog.size";

/** Writes the body of a request. Throws WITNESS_MESSAGE_MALFORMED, NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function formatAddCheckpoint({ oldSize, proof, signed }: AddCheckpointRequest): string {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || proof.length > mostProofLines)
    throw new CoreError("WITNESS_MESSAGE_MALFORMED");
  return `${[`old ${oldSize}`, ...proof.map(toBase64), ""].join("\n")}\n${formatSignedCheckpoint(signed)}`;
}

/** Reads the body of a request, and judges nothing. Throws WITNESS_MESSAGE_MALFORMED and what parseSignedCheckpoint throws: 400 all. */
export function parseAddCheckpoint(body: string): AddCheckpointRequest {
  const split = body.indexOf("\n\n");
  const [oldLine, ...proofLines] = split < 0 ? [] : body.slice(0, split).split("\n");
  const oldSize = oldLine?.startsWith("old ") ? decimalOf(oldLine.slice(4)) : undefined;
  const proof = hashesOf(proofLines);
  if (oldSize === undefined || proof === undefined || proof.length > mostProofLines)
    throw new CoreError("WITNESS_MESSAGE_MALFORMED");
  return { oldSize, proof, signed: parseSignedCheckpoint(body.slice(split + 2)) };
}

/** Writes an answer. Throws NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function formatAddCheckpointAnswer(answer: AddCheckpointAnswer): WitnessHttpAnswer {
  const { status } = answer;
  if (answer.status === 200)
    return { status, contentType: "text/plain; charset=utf-8", body: formatSignatureLines(answer.cosignatures) };
  if (answer.status === 409) return { status, contentType: conflictType, body: `${answer.size}\n` };
  return { status, contentType: "text/plain; charset=utf-8", body: "" };
}

/** Reads an answer; its cosignatures are yet to be verified. Throws WITNESS_MESSAGE_MALFORMED, also for any status the protocol lacks. */
export function parseAddCheckpointAnswer({ status, contentType, body }: WitnessHttpAnswer): AddCheckpointAnswer {
  switch (status) {
    case 200:
      return { status, cosignatures: parseSignatureLines(body) };
    case 409:
      return { status, size: conflictSize(contentType, body) };
    case 400:
    case 403:
    case 404:
    case 422:
      return { status };
    default:
      throw new CoreError("WITNESS_MESSAGE_MALFORMED");
  }
}

/** Returns the path, under a witness's monitoring prefix, of the checkpoint it last cosigned for a log. */
export function monitoringPath(origin: string): string {
  return `${toHex(sha256(utf8(origin)))}/checkpoint`;
}

function conflictSize(contentType: string, body: string): number {
  const mediaType = contentType.split(";", 1)[0]?.trim().toLowerCase();
  const size = body.endsWith("\n") ? decimalOf(body.slice(0, -1)) : undefined;
  if (mediaType !== conflictType || size === undefined) throw new CoreError("WITNESS_MESSAGE_MALFORMED");
  return size;
}
