// A witness for other organizations' logs: cosigns a checkpoint only when it extends the last one cosigned. C2SP tlog-witness.
import { DatabaseSync } from "node:sqlite";
import {
  cosign,
  decideAddCheckpoint,
  formatAddCheckpointAnswer,
  formatNote,
  type NoteSigner,
  parseAddCheckpoint,
  type SignatureVerifiers,
  type VerifierKey,
  type WitnessHttpAnswer,
} from "@fiducial/core";

/** A log that this witness cosigns for. */
export interface WitnessedOrigin {
  readonly origin: string;
  readonly keys: readonly VerifierKey[];
}

export interface Witness {
  /** Answers an add-checkpoint request. The new head is durable before the cosignature leaves. */
  addCheckpoint(body: string): WitnessHttpAnswer;
  /** The checkpoint last cosigned for an origin, as a note. */
  latest(origin: string): string | undefined;
  close(): void;
}

/** Opens a witness whose memory is the SQLite file at `path`; `now` tells POSIX seconds. */
export function openWitness(
  path: string,
  signer: NoteSigner,
  logs: readonly WitnessedOrigin[],
  verifiers: SignatureVerifiers,
  now: () => number,
): Witness {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(
    "CREATE TABLE IF NOT EXISTS witnessed (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, rootHash BLOB NOT NULL, note TEXT NOT NULL) STRICT",
  );
  const read = database.prepare("SELECT size, rootHash, note FROM witnessed WHERE origin = ?");
  const write = database.prepare("INSERT OR REPLACE INTO witnessed VALUES (?, ?, ?, ?)");
  const latestOf = (origin: string) =>
    read.get(origin) as { size: number; rootHash: Uint8Array; note: string } | undefined;

  // Node runs this to its end before it takes the next request, and SQLite commits before it returns: check and store are one step.
  function addCheckpoint(body: string): WitnessHttpAnswer {
    const request = requestOf(body);
    if (request === undefined) return formatAddCheckpointAnswer({ status: 400 });
    const { checkpoint, note } = request.signed;
    const log = logs.find(({ origin }) => origin === checkpoint.origin);
    const decision = decideAddCheckpoint(
      log && { keys: log.keys, latest: latestOf(checkpoint.origin) },
      request,
      verifiers,
    );
    if (decision.outcome === "refuse") return formatAddCheckpointAnswer({ status: decision.status });
    if (decision.outcome === "conflict") return formatAddCheckpointAnswer({ status: 409, size: decision.size });
    const cosignature = cosign(request.signed, signer, now());
    const { size, rootHash } = decision.head;
    write.run(
      checkpoint.origin,
      size,
      rootHash,
      formatNote({ ...note, signatures: [...note.signatures, cosignature] }),
    );
    return formatAddCheckpointAnswer({ status: 200, cosignatures: [cosignature] });
  }

  return { addCheckpoint, latest: (origin) => latestOf(origin)?.note, close: () => database.close() };
}

function requestOf(body: string): ReturnType<typeof parseAddCheckpoint> | undefined {
  try {
    return parseAddCheckpoint(body);
  } catch {
    return undefined;
  }
}
