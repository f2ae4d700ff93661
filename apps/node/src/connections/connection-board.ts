// The board of connections: what comes in from where, counted since the node was started, and what is wrong with it.
import { NodeError } from "../node-error.ts";
import { codeOf } from "../thrown-code.ts";

/** By what objects come in. */
export type ConnectionType = "dimse" | "stow" | "folder" | "orthanc" | "pacs";

/** A connection, for the board: `id` is stable and matches [a-z0-9:._-]{1,80}, `name` is for operators. */
export interface Connection {
  readonly id: string;
  readonly type: ConnectionType;
  readonly name: string;
  /** Where it is asked or called, if it is. */
  readonly place?: SystemPlace;
}

/** Where a system is, as the configuration has it. */
export interface SystemPlace {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Where this node takes objects by DICOM, as it is to be entered at whoever sends. */
export interface Listening {
  readonly aeTitle: string;
  /** The address that it listens at, perhaps all of a family. */
  readonly host: string;
  readonly port: number;
  readonly tls: "none" | "server" | "both";
  /** AE titles that may send; without, any may. */
  readonly callers?: readonly string[];
}

/** What is kept here beside a PACS: registered objects that it was not seen to hold yet, those that it gives otherwise than they were registered, and those that stay for good. */
export interface ReleaseStanding {
  readonly waiting: number;
  readonly altered: number;
  readonly kept: number;
}

/** How a connection stands. Times are POSIX milliseconds. */
export interface ConnectionStanding extends Connection {
  /** `idle` until something is known of it. */
  readonly state: "works" | "failed" | "idle";
  /** Since when it is in that state. */
  readonly sinceMs: number;
  /** What of the objects that a PACS is to keep is still kept here. */
  readonly releases?: ReleaseStanding;
  /** Objects that were taken, and those refused. */
  readonly received: number;
  readonly refused: number;
  readonly bytes: number;
  readonly lastObjectMs?: number;
  readonly lastError?: { readonly code: string; readonly atMs: number };
  /** Objects that were taken since. */
  readonly receivedSinceError?: number;
  readonly canTest: boolean;
  /** The newest test: when it ended, how long it took, and what it failed with. */
  readonly lastTest?: { readonly atMs: number; readonly tookMs: number; readonly code?: string };
}

/** An object that was refused: from where, why and when; never which. */
export interface Refusal {
  readonly connection: string;
  readonly code: string;
  readonly atMs: number;
}

export interface ConnectionBoard {
  /** Puts a connection on the board, or finds it there, under the name that it has. Throws RangeError for an id that is none. */
  line(connection: Connection): ConnectionLine;
  list(): readonly ConnectionStanding[];
  /** The newest refusals, the newest first. */
  refusals(): readonly Refusal[];
  /** Says where the node listens for DICOM, or no longer does. */
  listens(at: Listening | undefined): void;
  listening(): Listening | undefined;
  /** Counts an object that was refused after it was acknowledged, as the ledger refuses it for good. */
  refusedLater(connection: string, code: string): void;
  /** Tests a connection and resolves with how it stands then, when the test has ended or taken too long; whoever asks meanwhile gets the same. Rejects with CONNECTION_UNKNOWN, CONNECTION_NOT_TESTABLE. */
  test(id: string): Promise<ConnectionStanding>;
  /** Calls `tell` after each change, until the returned function is called. */
  onChange(tell: () => void): () => void;
}

/** What a connection says of itself. What the inbox answers to it, it counts itself: `took` or `refused`, once for each object. */
export interface ConnectionLine {
  /** One object is durable. */
  took(bytes: number): void;
  /** One object was refused, with a code of a table. */
  refused(code: string): void;
  /** The connection itself failed. */
  failed(code: string): void;
  works(): void;
  /** Says what of the objects that the PACS is to keep is still here. */
  releases(standing: ReleaseStanding): void;
  /** Says how to test it on demand; what the test throws is what it failed with. A connection with a test stays on the board. */
  testedBy(test: () => Promise<void>): void;
}

interface Row {
  standing: ConnectionStanding;
  test?: () => Promise<void>;
  testing?: Promise<ConnectionStanding> | undefined;
}

const releaseKeys = ["waiting", "altered", "kept"] as const;
const mostRefusals = 100;
/** Whoever calls may name itself as it likes: beyond these, what was longest silent leaves the board. */
const mostLines = 1000;
/** Whoever has the page open waits for a test; a disk of the network that hangs would answer never. */
const testPatienceMs = 30_000;

/** Makes an empty board, whose tests fail with CONNECTION_SILENT when they take longer than `patienceMs`. */
export function connectionBoard(nowMs: () => number, patienceMs = testPatienceMs): ConnectionBoard {
  const rows = new Map<string, Row>();
  const refusals: Refusal[] = [];
  let entrance: Listening | undefined;
  const listeners = new Set<() => void>();

  function change(id: string, changed: (row: ConnectionStanding) => Partial<ConnectionStanding>): void {
    const row = rows.get(id);
    if (row === undefined) return;
    const { state } = row.standing;
    row.standing = { ...row.standing, ...changed(row.standing) };
    if (row.standing.state !== state) row.standing = { ...row.standing, sinceMs: nowMs() };
    // Behind all others, so that the first one is the longest silent.
    rows.delete(id);
    rows.set(id, row);
    for (const tell of listeners) tell();
  }

  function refuse(id: string, code: string): void {
    refusals.unshift({ connection: id, code, atMs: nowMs() });
    refusals.length = Math.min(refusals.length, mostRefusals);
    change(id, ({ refused }) => ({ refused: refused + 1, ...erred(code, nowMs()) }));
  }

  function put(connection: Connection): void {
    const { id, type, name, place } = connection;
    if (rows.has(id)) return;
    if (rows.size >= mostLines) {
      const silent = [...rows].find(([, { test }]) => test === undefined);
      if (silent !== undefined) rows.delete(silent[0]);
    }
    const counts = { received: 0, refused: 0, bytes: 0 };
    const about = { id, type, name, ...(place !== undefined && { place }) };
    rows.set(id, { standing: { ...about, state: "idle", sinceMs: nowMs(), ...counts, canTest: false } });
  }

  const failed = (id: string, code: string) => change(id, () => ({ state: "failed", ...erred(code, nowMs()) }));

  async function testNow(id: string, row: Row, test: () => Promise<void>): Promise<ConnectionStanding> {
    const begunMs = performance.now();
    const code = await within(Promise.resolve().then(test), patienceMs).then(() => undefined, codeOf);
    const lastTest = { atMs: nowMs(), tookMs: Math.ceil(performance.now() - begunMs) };
    if (code === undefined) change(id, () => ({ state: "works", lastTest }));
    else
      change(id, () => ({
        state: "failed",
        ...erred(code, lastTest.atMs),
        lastTest: { ...lastTest, code },
      }));
    return row.standing;
  }

  function lineOf(connection: Connection): ConnectionLine {
    const { id } = connection;
    // It may have left the board, silent as it was.
    const say = (change: () => void) => {
      if (!rows.has(id)) put(connection);
      change();
    };
    return {
      took: (size) =>
        say(() =>
          change(id, ({ received, bytes, receivedSinceError }) => ({
            state: "works",
            ...(receivedSinceError !== undefined && { receivedSinceError: receivedSinceError + 1 }),
            received: received + 1,
            bytes: bytes + size,
            lastObjectMs: nowMs(),
          })),
        ),
      refused: (code) => say(() => refuse(id, code)),
      failed: (code) => say(() => failed(id, code)),
      works: () => say(() => rows.get(id)?.standing.state !== "works" && change(id, () => ({ state: "works" }))),
      releases: (standing) =>
        say(() => {
          const before = rows.get(id)?.standing.releases;
          const isSame = before !== undefined && releaseKeys.every((key) => before[key] === standing[key]);
          if (!isSame) change(id, () => ({ releases: standing }));
        }),
      testedBy: (test) =>
        say(() => {
          (rows.get(id) as Row).test = test;
          change(id, () => ({ canTest: true }));
        }),
    };
  }

  return {
    line: (connection) => {
      if (!/^[a-z0-9:._-]{1,80}$/.test(connection.id)) throw new RangeError("This is no id of a connection.");
      put(connection);
      return lineOf(connection);
    },
    list: () => [...rows.values()].map(({ standing }) => standing).sort((a, b) => (a.id < b.id ? -1 : 1)),
    refusals: () => [...refusals],
    listens: (at) => {
      entrance = at;
    },
    listening: () => entrance,
    refusedLater: refuse,

    test: async (id) => {
      const row = rows.get(id);
      if (row === undefined) throw new NodeError("CONNECTION_UNKNOWN");
      const { test } = row;
      if (test === undefined) throw new NodeError("CONNECTION_NOT_TESTABLE");
      row.testing ??= testNow(id, row, test).finally(() => {
        row.testing = undefined;
      });
      return row.testing;
    },

    onChange: (tell) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
  };
}

function erred(code: string, atMs: number): Pick<ConnectionStanding, "lastError" | "receivedSinceError"> {
  return { lastError: { code, atMs }, receivedSinceError: 0 };
}

// What goes on after that, nobody waits for.
async function within(work: Promise<void>, patienceMs: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NodeError("CONNECTION_SILENT")), patienceMs);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
