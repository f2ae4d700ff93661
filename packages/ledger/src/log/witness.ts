// A witness for other organizations' logs: cosigns a checkpoint only when it extends the last one cosigned. C2SP tlog-witness.
import { DatabaseSync } from "node:sqlite";
import {
  type AddCheckpointAnswer,
  type AddCheckpointRequest,
  cosign,
  decideAddCheckpoint,
  formatAddCheckpointAnswer,
  formatNote,
  type NoteSignature,
  type NoteSigner,
  parseAddCheckpoint,
  type SignatureVerifiers,
  type VerifierKey,
  verifyNote,
  type WitnessHttpAnswer,
} from "@fiducial/core";
import { asLedgerError } from "../ledger-error.ts";

/** A log that this witness cosigns for. */
export interface WitnessedOrigin {
  readonly origin: string;
  readonly keys: readonly VerifierKey[];
}

export interface Witness {
  /** Answers an add-checkpoint request. The new head is durable before the cosignature leaves. Throws LedgerError when it cannot be kept. */
  addCheckpoint(body: string): WitnessHttpAnswer;
  /** The checkpoint last cosigned for an origin, as a note with the log's signatures and the cosignature. */
  latest(origin: string): string | undefined;
  close(): void;
}

const patienceMs = 2000;

/** Opens a witness whose memory is the SQLite file at `path`; `now` tells POSIX seconds. Throws LedgerError. */
export function openWitness(
  path: string,
  signer: NoteSigner,
  logs: readonly WitnessedOrigin[],
  verifiers: SignatureVerifiers,
  now: () => number,
): Witness {
  const { latest, replace, close } = openMemory(path);

  function judge(request: AddCheckpointRequest): AddCheckpointAnswer {
    const { checkpoint, note } = request.signed;
    const keys = logs.find(({ origin }) => origin === checkpoint.origin)?.keys;
    const decision = decideAddCheckpoint(keys && { keys, latest: latest(checkpoint.origin) }, request, verifiers);
    if (decision.outcome === "refuse" || keys === undefined)
      return { status: decision.outcome === "refuse" ? decision.status : 404 };
    if (decision.outcome === "conflict") return { status: 409, size: decision.size };
    const cosignature = cosign(request.signed, signer, now());
    // What others have signed nobody here can vouch for.
    const signatures = verifyNote(note, keys, verifiers).map(({ signature }): NoteSignature => signature);
    const kept = formatNote({ ...note, signatures: [...signatures, cosignature] });
    replace(checkpoint.origin, { ...decision.head, note: kept });
    return { status: 200, cosignatures: [cosignature] };
  }

  return {
    addCheckpoint: (body) => {
      const request = requestOf(body);
      return formatAddCheckpointAnswer(request === undefined ? { status: 400 } : judge(request));
    },
    latest: (origin) => latest(origin)?.note,
    close,
  };
}

interface Kept {
  readonly size: number;
  readonly rootHash: Uint8Array;
  readonly note: string;
}

interface Memory {
  latest(origin: string): Kept | undefined;
  /** Durable when it returns. */
  replace(origin: string, head: Kept): void;
  close(): void;
}

// One process has it: Node runs a request to its end before it takes the next, so that no other head comes between judging and keeping.
function openMemory(path: string): Memory {
  const database = guarded(() => new DatabaseSync(path, { timeout: patienceMs }));
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec(
      "CREATE TABLE IF NOT EXISTS witnessed (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, rootHash BLOB NOT NULL, note TEXT NOT NULL) STRICT",
    );
    const read = database.prepare("SELECT size, rootHash, note FROM witnessed WHERE origin = ?");
    const write = database.prepare("INSERT OR REPLACE INTO witnessed VALUES (?, ?, ?, ?)");
    return {
      latest: (origin) => guarded(() => read.get(origin) as Kept | undefined),
      replace: (origin, { size, rootHash, note }) => guarded(() => void write.run(origin, size, rootHash, note)),
      close: () => {
        if (database.isOpen) database.close();
      },
    };
  } catch (thrown) {
    database.close();
    throw asLedgerError(thrown);
  }
}

function guarded<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (thrown) {
    throw asLedgerError(thrown);
  }
}

function requestOf(body: string): AddCheckpointRequest | undefined {
  try {
    return parseAddCheckpoint(body);
  } catch {
    return undefined;
  }
}
