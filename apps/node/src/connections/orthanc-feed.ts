// An Orthanc feed: what is new in an Orthanc is fetched and taken in. It goes on where it stopped, and notices an Orthanc that was begun anew.
import { mkdirSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJsonFile, replaceFile } from "../folder/durable-file.ts";
import type { Clock } from "../intake/clock.ts";
import { NodeError } from "../node-error.ts";
import { codeOf } from "../thrown-code.ts";
import { type ConnectionRooms, each, offered, type RunningConnection, repeating } from "./connection-rooms.ts";
import { type FeedServer, feedClient } from "./feed-request.ts";
import { type Change, type ChangeCursor, changesAfter, checkOrthanc } from "./orthanc-changes.ts";
import { webPlace } from "./web-place.ts";

export interface OrthancFeedOptions extends FeedServer {
  /** The id of its connection, and the name of its cursor's file. */
  readonly id: string;
  /** Milliseconds between two askings when nothing is new. */
  readonly pollMs: number;
  /** Bytes of the largest object; 4 GiB, unless told. */
  readonly mostBytes?: number;
}

const [firstDelayMs, longestDelayMs] = [1000, 300_000];
/** A page that brings no object is followed by the next one after this: nobody makes it ask without end for nothing. */
const emptyPageMs = 100;
/** An Orthanc is begun anew now and then: beyond once in this time it waits before it is read again. */
const steadyMs = 3_600_000;

/** Follows an Orthanc until it is closed. `data` is the node's data folder. Throws FEED_ADDRESS_REFUSED. */
export function followOrthanc(rooms: ConnectionRooms, data: string, options: OrthancFeedOptions): RunningConnection {
  const { id, pollMs, mostBytes = 4 * 2 ** 30 } = options;
  const client = feedClient(options);
  const line = rooms.connections.line({
    id,
    type: "orthanc",
    name: new URL(options.url).host,
    place: webPlace(options.url),
  });
  line.testedBy(() => checkOrthanc(client));
  const cursors = cursorFile(data, id);
  const restarts = restartsOf(rooms.clock);
  let failures = 0;
  let isKnown = false;
  let startsOver = false;

  async function ask(): Promise<number> {
    try {
      if (!isKnown) await checkOrthanc(client);
      isKnown = true;
      const page = await changesAfter(client, startsOver ? undefined : cursors.read());
      startsOver = page === undefined;
      if (page === undefined) return begunAnew();
      const taken = await takeAll(page.changes);
      failures = 0;
      line.works();
      // A page that is not the last and yet not full is none of an Orthanc.
      if (page.isLast || !page.isFull) return pollMs;
      return taken > 0 ? 0 : emptyPageMs;
    } catch (thrown) {
      isKnown = false;
      if (following.isClosed()) return 0;
      line.failed(codeOf(thrown));
      return delayOf(failures++);
    }
  }

  function begunAnew(): number {
    const again = restarts.count();
    if (again === 0) return 0;
    line.failed("FEED_RESTARTING");
    return delayOf(again - 1);
  }

  // The cursor moves last: what is not durable here is fetched again, and known then.
  async function takeAll(changes: readonly Change[]): Promise<number> {
    let taken = 0;
    await each(changes, async ({ instance }) => {
      if (instance !== undefined && !following.isClosed() && (await take(instance))) taken++;
    });
    const last = changes.at(-1);
    if (last !== undefined && !following.isClosed()) cursors.write({ seq: last.seq, change: last.change });
    return taken;
  }

  async function take(instance: string): Promise<boolean> {
    const path = rooms.objects.newIncoming();
    try {
      const size = await fetchInto(path, instance);
      if (size === "too large") line.refused("OBJECT_TOO_LARGE");
      return size === "fetched" && (await offered(rooms.inbox, line, { path, connection: id }));
    } finally {
      await rm(path, { force: true });
    }
  }

  async function fetchInto(path: string, instance: string): Promise<"fetched" | "gone" | "too large"> {
    const body = await client.get(`instances/${instance}/file`);
    if (body === undefined) return "gone";
    await using file = await open(path, "wx", 0o600);
    let bytes = 0;
    const chunks = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { value, done } = await chunks.next().catch((thrown: unknown) => Promise.reject(client.broken(thrown)));
        if (done === true) break;
        bytes += value.length;
        if (bytes > mostBytes) return "too large";
        await file.writeFile(value);
      }
    } finally {
      body.destroy();
    }
    if (!body.complete) throw new NodeError("FEED_UNREACHABLE");
    return "fetched";
  }

  const following = repeating(rooms.clock, () => Promise.resolve().then(ask));
  return {
    close: async () => {
      const closed = following.close();
      // Whoever sends slowly would else keep it open.
      client.close();
      await closed;
    },
  };
}

function delayOf(times: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(times, 20));
}

/** Counts how often an Orthanc was begun anew, each time within an hour of the last. */
function restartsOf({ elapsedMs }: Clock): { count(): number } {
  let times = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    count: () => {
      times = elapsedMs() - lastMs < steadyMs ? times + 1 : 0;
      lastMs = elapsedMs();
      return times;
    },
  };
}

/** Where a feed's cursor is kept; one that cannot be read is none, and everything is read again. */
function cursorFile(data: string, id: string): { read(): ChangeCursor | undefined; write(cursor: ChangeCursor): void } {
  const folder = join(data, "feeds");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Some file systems take no colon in a name.
  const path = join(folder, `${id.replaceAll(":", "~")}.json`);
  return {
    read: () => {
      try {
        const { seq, change } = (readJsonFile(path) ?? {}) as Partial<ChangeCursor>;
        return Number.isSafeInteger(seq) && typeof change === "string" ? { seq: Number(seq), change } : undefined;
      } catch (thrown) {
        if (thrown instanceof SyntaxError) return undefined;
        throw thrown;
      }
    },
    write: (cursor) => replaceFile(path, `${JSON.stringify(cursor)}\n`),
  };
}
