// The inbox: everything that others send comes in here. What it acknowledged is durable, and registered whatever happens.
import { rm } from "node:fs/promises";
import type { ConnectionBoard } from "../connections/connection-board.ts";
import { NodeError } from "../node-error.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import { isFull } from "../thrown-code.ts";
import type { Clock } from "./clock.ts";
import type { RefusedFile, SaltedObject } from "./fingerprint-work.ts";
import { groupCommit } from "./group-commit.ts";
import type { InboxMarks, Mark } from "./inbox-marks.ts";
import { type IntakeRooms, openIntake } from "./intake.ts";
import { markedObjects } from "./marked-objects.ts";
import { type SettlingTimes, settlingStudies } from "./settling-studies.ts";

export interface Inbox {
  /**
   * Takes a file that lies in the store's incoming folder (`objects.newIncoming()`) and is written; it need not be flushed. Resolves when its bytes, its name and its place in
   * the inbox are durable and it is fingerprinted: from then on it is registered whatever happens. Or resolves with why it was refused (a full disk is OBJECT_NO_ROOM). Rejects with
   * NODE_STOPPED after `close`, and when the disk or a worker fails. Refused or rejected, the file is gone and nothing of it stays.
   */
  receive(file: { readonly path: string; readonly connection: string }): Promise<Received>;
  /** What waits, for people. */
  standing(): InboxStanding;
  /** Calls `tell` when something came in or was registered, or registering failed, until the returned function is called. */
  onChange(tell: () => void): () => void;
  /** Resolves when what is under way has ended. Nothing is registered early, and nothing is lost: what waits goes on when the node is opened again. */
  close(): Promise<void>;
}

/** What came in, and whether its very bytes had come before; or why it did not. */
export type Received =
  | { readonly object: ReceivedObject; readonly sizeBytes: number; readonly known: boolean }
  | { readonly refused: RefusedFile };

/** UIDs as the object has them; empty where it has none. */
export interface ReceivedObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid?: string;
  readonly transferSyntaxUid: string;
}

/** What was acknowledged and is not registered yet. */
export interface InboxStanding {
  readonly objects: number;
  /** Studies among those of them that are in memory. */
  readonly studies: number;
  /** When the oldest came in, POSIX milliseconds. */
  readonly sinceMs?: number;
  /** The code on which registering fails; absent while it does not. */
  readonly problem?: string;
}

/** What may be told of an inbox. */
export interface InboxOptions extends SettlingTimes {
  /** Objects that are gathered in memory at most; beyond, they wait on disk. */
  readonly mostGathered: number;
  /** Bytes of the disk that objects leave to ledger and vault: with less than that free, objects are refused with OBJECT_NO_ROOM, so that what was acknowledged can be registered. */
  readonly reservedBytes: number;
}

export const inboxDefaults: InboxOptions = {
  settleMs: 30_000,
  longestMs: 600_000,
  mostGathered: 20_000,
  reservedBytes: 256 * 2 ** 20,
};

/** What an inbox works with. */
export interface InboxRooms {
  readonly intake: IntakeRooms;
  readonly objects: Pick<ObjectStore, "flush" | "pathOf" | "has">;
  readonly marks: InboxMarks;
  readonly board: Pick<ConnectionBoard, "refusedLater">;
  readonly clock: Clock;
  isRegistered(digest: string): boolean;
  /** The code on which the ledger has stopped. */
  stopped(): string | undefined;
  /** Free bytes of the disk; undefined where the system does not tell. */
  freeBytes(): number | undefined;
  nowMs(): number;
}

type Taken = { readonly received: Received } | { readonly failure: unknown; readonly unmarked: readonly string[] };

/** Opens an inbox; what a stopped process left in its marks goes on. */
export function openInbox(rooms: InboxRooms, options: InboxOptions): Inbox {
  const { intake, objects, marks, clock } = rooms;
  const listeners = new Set<() => void>();
  const receiving = new Set<Promise<unknown>>();
  let isClosed = false;

  const settling = settlingStudies({
    clock,
    times: options,
    openIntake: () => openIntake(intake),
    stopped: rooms.stopped,
    read,
    done,
    freed: () => {
      tell();
      marked.gatherMore();
    },
  });
  const marked = markedObjects({
    marks,
    settling,
    mostGathered: options.mostGathered,
    atOnce: intake.pool.threads * 3,
    read,
    gone: (mark) => done([mark], "OBJECT_MISSING"),
  });

  function tell(): void {
    for (const listener of listeners) listener();
  }

  // The name before the mark: a mark without its object would be a promise that nothing keeps.
  const commit = groupCommit(async (group: readonly { digest: string; connection: string }[]) => {
    await objects.flush(group.map(({ digest }) => digest));
    const seen = new Set<string>();
    const known = group.map(({ digest }) => {
      const before = seen.has(digest) || marks.has(digest) || rooms.isRegistered(digest);
      seen.add(digest);
      return before;
    });
    const receivedMs = rooms.nowMs();
    const made = marks.add(group.map((one) => ({ ...one, receivedMs })));
    return made.map((mark, at) => ({ mark, known: known[at] === true }));
  });

  async function take({ path, connection }: Parameters<Inbox["receive"]>[0]): Promise<Taken> {
    let digest: string | undefined;
    try {
      const result = await intake.pool.run(path, { folder: intake.objectFolder, received: true });
      if ("refused" in result) return { received: result };
      const { object } = result;
      digest = object.fingerprint.file;
      const { mark, known } = await commit({ digest, connection });
      marked.gather(object, mark);
      return { received: { object: namesOf(object), sizeBytes: object.fingerprint.sizeBytes, known } };
    } catch (failure) {
      return { failure, unmarked: digest === undefined ? [] : [digest] };
    }
  }

  async function receive(file: Parameters<Inbox["receive"]>[0]): Promise<Received> {
    try {
      if (isClosed) throw new NodeError("NODE_STOPPED");
      if ((rooms.freeBytes() ?? options.reservedBytes) < options.reservedBytes) return noRoom();
      const taken = await intake.kept.whileKeeping(() => take(file));
      tell();
      if ("received" in taken) return taken.received;
      await intake.kept.release(taken.unmarked);
      if (!isFull(taken.failure)) throw taken.failure;
      return noRoom();
    } finally {
      await rm(file.path, { force: true });
    }
  }

  async function read({ digest }: Mark): Promise<SaltedObject | undefined> {
    if (!objects.has(digest)) return undefined;
    const result = await intake.pool.run(objects.pathOf(digest));
    if ("object" in result) return result.object;
    throw new NodeError("PATH_UNREADABLE");
  }

  // The marks go last: whatever happens before, they bring everything up again.
  async function done(settled: readonly Mark[], code?: string): Promise<void> {
    marks.remove(settled);
    if (code === undefined) return;
    await intake.kept.release(settled.map(({ digest }) => digest));
    for (const { connection } of settled) rooms.board.refusedLater(connection, code);
  }

  marked.gatherMore();
  return {
    receive: (file) => {
      const received = receive(file).finally(() => receiving.delete(received));
      receiving.add(received);
      return received;
    },
    standing: () => {
      const [sinceMs, problem] = [marks.oldestMs(), settling.problem()];
      return {
        objects: marks.count(),
        studies: settling.studies(),
        ...(sinceMs === undefined ? {} : { sinceMs }),
        ...(problem === undefined ? {} : { problem }),
      };
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled(receiving);
      await marked.close();
      await settling.close();
      marks.close();
    },
  };
}

function noRoom(): Received {
  const { code, message } = new NodeError("OBJECT_NO_ROOM");
  return { refused: { code, message } };
}

function namesOf({ header, fingerprint }: SaltedObject): ReceivedObject {
  const { sopClassUid = "", sopInstanceUid = "", studyInstanceUid } = header;
  const { transferSyntaxUid } = fingerprint;
  return { sopClassUid, sopInstanceUid, transferSyntaxUid, ...(studyInstanceUid && { studyInstanceUid }) };
}
