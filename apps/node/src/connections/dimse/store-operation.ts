// One C-STORE on the receiving side: the data set becomes a file as it comes, byte for byte, and is answered when it is durable. DICOM PS3.4 § B.2.2, PS3.10 § 7.1.
import { constants, inflateRawSync } from "node:zlib";
import { dataSetIdentity, fileHead, type ReceivedObject, statuses } from "@fiducial/dicom/dimse";
import type { Received } from "../../intake/inbox.ts";
import { incomingFile } from "../../objects/incoming-file.ts";
import { codeOf } from "../../thrown-code.ts";

/** What is answered: a status, and the code that stands in the Error Comment when it is no success. */
export interface StoreAnswer {
  readonly status: number;
  readonly code?: string;
}

/** An object that comes in. */
export interface StoreOperation {
  /** Takes a piece of the data set. Returns something to wait for when the disk is behind. */
  write(piece: Uint8Array): Promise<void> | undefined;
  /** The data set is whole: resolves with the answer when it is durable, or refused and gone. */
  end(): Promise<StoreAnswer>;
  /** The sender has broken off: resolves when nothing of the object is left. */
  drop(): Promise<void>;
}

/** Where it goes. */
export interface StoreRooms {
  newPath(): string;
  readonly objectBytes: number;
  receive(path: string): Promise<Received>;
  /** Told with the size of an object that is durable, with the code of one that was refused, and with that of a failure of our own. */
  readonly line: { took(bytes: number): void; refused(code: string): void; failed(code: string): void };
}

const deflated: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2.1.99",
  "1.2.840.10008.1.2.4.95",
  "1.2.840.10008.1.2.4.205",
]);
/** UIDs stand at the very beginning. */
const headBytes = 8192;

/** Begins one. */
export function storeOperation(object: ReceivedObject, rooms: StoreRooms): StoreOperation {
  const file = incomingFile(rooms.newPath());
  const head: Uint8Array[] = [];
  let size = 0;
  let isTooLarge = false;
  void file.write(fileHead(object));

  async function judged(): Promise<StoreAnswer> {
    if (isTooLarge) return refusedBecause("OBJECT_TOO_LARGE");
    if (!isAnnounced(object, identityOf(Buffer.concat(head), object.transferSyntaxUid)))
      return refusedBecause("OBJECT_MISMATCHED");
    await file.end();
    const received = await rooms.receive(file.path);
    if ("refused" in received) return refusedBecause(received.refused.code);
    rooms.line.took(received.sizeBytes);
    // It is kept, and registered as what it says that it is.
    return isAnnounced(object, received.object)
      ? { status: statuses.success }
      : { status: statuses.storedMismatch, code: "OBJECT_MISMATCHED" };
  }

  function refusedBecause(code: string): StoreAnswer {
    rooms.line.refused(code);
    return { status: statusOf(code), code };
  }

  return {
    write: (piece) => {
      if (size < headBytes) head.push(piece.slice(0, headBytes - size));
      size += piece.length;
      if (size > rooms.objectBytes && !isTooLarge) {
        isTooLarge = true;
        return file.drop();
      }
      return isTooLarge ? undefined : file.write(piece);
    },
    end: async () => {
      try {
        const answer = await judged();
        if (answer.code !== undefined) await file.drop();
        return answer;
      } catch (thrown) {
        const code = codeOf(thrown);
        rooms.line.failed(code);
        await file.drop().catch(() => {});
        return { status: statuses.outOfResources, code };
      }
    },
    drop: () => file.drop(),
  };
}

// What a data set does not say of itself, or says where its beginning does not tell, contradicts nothing.
function isAnnounced(
  { sopClassUid, sopInstanceUid }: ReceivedObject,
  found: ReturnType<typeof dataSetIdentity>,
): boolean {
  return (
    (found.sopClassUid || sopClassUid) === sopClassUid && (found.sopInstanceUid || sopInstanceUid) === sopInstanceUid
  );
}

function identityOf(head: Buffer, transferSyntaxUid: string): ReturnType<typeof dataSetIdentity> {
  if (!deflated.has(transferSyntaxUid)) return dataSetIdentity(head, transferSyntaxUid);
  try {
    // As much as the beginning gives.
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 24 };
    return dataSetIdentity(inflateRawSync(head, options), transferSyntaxUid);
  } catch {
    return {};
  }
}

/** Which status says what a code says: room may be found, an object may be sent again as what it is, all else cannot be understood. PS3.4 § B.2.3. */
function statusOf(code: string): number {
  if (code === "OBJECT_MISMATCHED") return statuses.dataSetMismatch;
  return outOfRoom.has(code) ? statuses.outOfResources : statuses.cannotUnderstand;
}

const outOfRoom: ReadonlySet<string> = new Set([
  "OBJECT_NO_ROOM",
  "OBJECT_TOO_LARGE",
  "DISK_FULL",
  "VAULT_FULL",
  "NODE_STOPPED",
]);
