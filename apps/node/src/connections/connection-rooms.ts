// What connections that fetch objects by themselves work with, and how they take one.
import type { Clock } from "../intake/clock.ts";
import type { Inbox, Received } from "../intake/inbox.ts";
import { NodeError } from "../node-error.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { ConnectionBoard, ConnectionLine } from "./connection-board.ts";

export interface ConnectionRooms {
  readonly inbox: Pick<Inbox, "receive">;
  readonly connections: Pick<ConnectionBoard, "line">;
  readonly objects: Pick<ObjectStore, "newIncoming">;
  readonly clock: Clock;
}

/** A connection that works by itself until it is closed. */
export interface RunningConnection {
  /** Resolves when what is under way has ended. */
  close(): Promise<void>;
}

/** Files that are on their way at a time. */
const filesAtOnce = 4;

/**
 * Offers a file in the incoming folder to the inbox, and says on the line what came of it. Resolves with false when it was refused for good. Rejects with OBJECT_NO_ROOM, and with
 * what the inbox rejects with: then it has to be offered again.
 */
export async function offered(
  inbox: Pick<Inbox, "receive">,
  line: ConnectionLine,
  file: { readonly path: string; readonly connection: string },
): Promise<boolean> {
  const received: Received = await inbox.receive(file);
  if ("object" in received) {
    line.took(received.sizeBytes);
    return true;
  }
  if (received.refused.code === "OBJECT_NO_ROOM") throw new NodeError("OBJECT_NO_ROOM");
  line.refused(received.refused.code);
  return false;
}

/** Works through a list, so many at a time. When one rejects, no further one is begun, and it rejects with that when the others have ended. */
export async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  let failure: { readonly thrown: unknown } | undefined;
  const hand = async () => {
    while (next < items.length && failure === undefined)
      await work(items[next++] as Item).catch((thrown: unknown) => {
        failure ??= { thrown };
      });
  };
  await Promise.all(Array.from({ length: filesAtOnce }, hand));
  if (failure !== undefined) throw failure.thrown;
}

/** Calls `work` again and again, `waitMs` after it has ended, until it is closed: 0 is at once. */
export function repeating(clock: Clock, work: () => Promise<number>): RunningConnection & { isClosed(): boolean } {
  let isClosed = false;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    const waitMs = await work();
    if (!isClosed) cancel = clock.after(waitMs, begin);
  };
  const begin = () => {
    running = run();
  };
  begin();
  return {
    isClosed: () => isClosed,
    close: async () => {
      isClosed = true;
      cancel();
      await running;
    },
  };
}
