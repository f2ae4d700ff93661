// Log proofs: an entry's place in a log, to keep in a file and check offline. C2SP tlog-proof § Format.
import { CoreError } from "../core-error.ts";
import { fromBase64, toBase64 } from "../encoding/bytes.ts";
import type { InclusionProof } from "../merkle/inclusion-proof.ts";
import { formatSignedCheckpoint, parseSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { decimalOf, hashesOf } from "./lines.ts";

/** An inclusion proof with the checkpoint it leads to. `extra` travels along, vouched for by nobody. */
export interface LogProof extends InclusionProof {
  readonly signed: SignedCheckpoint;
  readonly extra?: Uint8Array;
}

const firstLine = "c2sp.org/tlog-proof@v1";

// A tree below 2^53 leaves has proofs of at most 53 hashes; the specification's own trees, 63.
const mostHashes = 63;

/** Writes a log proof, the content of a `.tlog-proof` file. Throws NOTE_MALFORMED, NOTE_TOO_LARGE. */
export function formatLogProof({ index, hashes, signed, extra }: LogProof): string {
  const extraLines = extra === undefined ? [] : [`extra ${toBase64(extra)}`];
  const lines = [firstLine, ...extraLines, `index ${index}`, ...hashes.map(toBase64), ""];
  return `${lines.join("\n")}\n${formatSignedCheckpoint(signed)}`;
}

/** Reads a log proof, and verifies nothing: that takes the leaf hash and keys. Throws LOG_PROOF_MALFORMED and what parseSignedCheckpoint throws. */
export function parseLogProof(text: string): LogProof {
  const split = text.indexOf("\n\n");
  const [version, ...lines] = split < 0 ? [] : text.slice(0, split).split("\n");
  const extra = lines[0]?.startsWith("extra ") ? fromBase64((lines.shift() as string).slice(6)) : null;
  const indexLine = lines.shift();
  const index = indexLine?.startsWith("index ") ? decimalOf(indexLine.slice(6)) : undefined;
  const hashes = hashesOf(lines);
  if (
    version !== firstLine ||
    extra === undefined ||
    index === undefined ||
    hashes === undefined ||
    hashes.length > mostHashes
  ) {
    throw new CoreError("LOG_PROOF_MALFORMED");
  }
  const signed = parseSignedCheckpoint(text.slice(split + 2));
  return { index, hashes, signed, ...(extra && { extra }) };
}
