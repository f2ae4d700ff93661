// The board of connections: what comes in from where, and what is wrong with it. What it counts outlasts the node where a book is kept of it.
import { NodeError } from "../node-error.ts";
import { codeOf } from "../thrown-code.ts";
import type { AccountBook } from "./account-book.ts";
import {
  type Connection,
  type ConnectionStanding,
  connectionId,
  type DifferingCopy,
  type Listening,
  type Refusal,
  type ReleaseStanding,
} from "./connection-standing.ts";

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
  /** Takes away what was wrong with a connection, until it is wrong again. Throws CONNECTION_UNKNOWN. */
  seen(id: string): ConnectionStanding;
  /** Forgets a connection and what it counted, until it comes again. Throws CONNECTION_UNKNOWN, CONNECTION_CONFIGURED. */
  remove(id: string): void;
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
  /** Says what the PACS gave otherwise than registered: all of it. */
  differs(copies: readonly DifferingCopy[]): void;
  /** Says how to test it on demand; what the test throws is what it failed with. A connection with a test stays on the board. */
  testedBy(test: () => Promise<void>): void;
}

interface Row {
  standing: ConnectionStanding;
  /** On the board by the book alone, until somebody puts it there as it is called and placed now. */
  isRemembered?: boolean;
  /** How it was with one that the node asks before the node was started, until that is found out anew. */
  before?: Pick<ConnectionStanding, "state" | "sinceMs"> | undefined;
  test?: () => Promise<void>;
  testing?: Promise<ConnectionStanding> | undefined;
}

const releaseKeys = ["waiting", "altered", "kept"] as const;
const mostRefusals = 100;
/** Whoever calls may name itself as it likes: beyond these, what was longest silent leaves the board. */
const mostLines = 1000;
/** Whoever has the page open waits for a test; a disk of the network that hangs would answer never. */
const testPatienceMs = 30_000;

/** What a board may be told. */
export interface BoardOptions {
  /** How long a test may take before it has failed with CONNECTION_SILENT; 30 s, unless told. */
  readonly patienceMs?: number;
  /** What was counted before, and where it is noted from now on. */
  readonly book?: Pick<AccountBook, "named" | "of" | "note" | "forget">;
}

/** Makes a board, with what its book has. */
export function connectionBoard(
  nowMs: () => number,
  { patienceMs = testPatienceMs, book }: BoardOptions = {},
): ConnectionBoard {
  const rows = new Map<string, Row>();
  const refusals: Refusal[] = [];
  let entrance: Listening | undefined;
  const listeners = new Set<() => void>();

  function change(id: string, changed: (row: ConnectionStanding) => Partial<ConnectionStanding>): void {
    const row = rows.get(id);
    if (row === undefined) return;
    const { state } = row.standing;
    row.standing = { ...row.standing, ...changed(row.standing) };
    if (row.standing.state !== state) row.standing = { ...row.standing, sinceMs: sinceOf(row) };
    // Behind all others, so that the first one is the longest silent.
    rows.delete(id);
    rows.set(id, row);
    book?.note({ ...row.standing, ...row.before });
    for (const tell of listeners) tell();
  }

  // What failed before a restart and fails after it has not failed since the restart.
  function sinceOf(row: Row): number {
    const { before, standing } = row;
    row.before = undefined;
    return before?.state === standing.state ? before.sinceMs : nowMs();
  }

  function refuse(id: string, code: string): void {
    refusals.unshift({ connection: id, code, atMs: nowMs() });
    refusals.length = Math.min(refusals.length, mostRefusals);
    change(id, ({ refused }) => ({ refused: refused + 1, ...erred(code, nowMs()) }));
  }

  function put(connection: Connection): void {
    const { id, type, name, place, configured = isAsked(type) } = connection;
    const about = { id, type, name, ...(place !== undefined && { place }), ...(configured && { configured }) };
    const there = rows.get(id);
    if (there !== undefined && configured) there.standing = { ...there.standing, configured };
    if (there?.isRemembered === true) {
      there.standing = { ...there.standing, ...about };
      there.isRemembered = false;
    }
    if (there !== undefined) return;
    if (rows.size >= mostLines) {
      // Nobody counts on a name that was heard before the node was started and not since.
      const all = [...rows];
      const going =
        all.find(([, { isRemembered }]) => isRemembered) ??
        all.find(([, { standing }]) => standing.configured !== true);
      if (going !== undefined) rows.delete(going[0]);
    }
    const idle = { state: "idle", sinceMs: nowMs() } as const;
    const account = book?.of(id) ?? { ...idle, received: 0, refused: 0, bytes: 0 };
    // How it is with those whom the node asks itself, it finds out; of the others it knows what it heard last.
    const before =
      isAsked(type) && account.state !== "idle" ? { state: account.state, sinceMs: account.sinceMs } : undefined;
    rows.set(id, { standing: { ...about, ...account, ...(isAsked(type) && idle), canTest: false }, before });
  }

  for (const { id, type, name, account } of book?.named() ?? [])
    rows.set(id, { standing: { id, type, name, ...account, canTest: false }, isRemembered: true });

  const failed = (id: string, code: string) => change(id, () => ({ state: "failed", ...erred(code, nowMs()) }));

  async function testNow(id: string, row: Row, test: () => Promise<void>): Promise<ConnectionStanding> {
    const begunMs = performance.now();
    const code = await within(Promise.resolve().then(test), patienceMs).then(() => undefined, codeOf);
    const lastTest = {
      atMs: nowMs(),
      tookMs: Math.ceil(performance.now() - begunMs),
      ...(code !== undefined && { code }),
    };
    // Whether a DICOM system answers when it is called says nothing of whether what it sends arrives.
    if (!isAsked(row.standing.type)) change(id, () => ({ lastTest }));
    else if (code === undefined) change(id, () => ({ state: "works", lastTest }));
    else
      change(id, () => ({
        state: "failed",
        ...erred(code, lastTest.atMs),
        lastTest,
      }));
    return row.standing;
  }

  function rowOf(id: string): Row {
    const row = rows.get(id);
    if (row === undefined) throw new NodeError("CONNECTION_UNKNOWN");
    return row;
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
      differs: (copies) => say(() => change(id, () => ({ differing: copies }))),
      testedBy: (test) =>
        say(() => {
          (rows.get(id) as Row).test = test;
          change(id, () => ({ canTest: true }));
        }),
    };
  }

  return {
    line: (connection) => {
      if (!connectionId.test(connection.id)) throw new RangeError("This is no id of a connection.");
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
      const row = rowOf(id);
      const { test } = row;
      if (test === undefined) throw new NodeError("CONNECTION_NOT_TESTABLE");
      row.testing ??= testNow(id, row, test).finally(() => {
        row.testing = undefined;
      });
      return row.testing;
    },

    seen: (id) => {
      const row = rowOf(id);
      const { lastError: _, receivedSinceError: __, ...rest } = row.standing;
      row.standing = rest;
      change(id, ({ state }) => (state === "failed" ? { state: "idle" } : {}));
      return row.standing;
    },
    remove: (id) => {
      if (rowOf(id).standing.configured === true) throw new NodeError("CONNECTION_CONFIGURED");
      rows.delete(id);
      book?.forget(id);
      for (const tell of listeners) tell();
    },

    onChange: (tell) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
  };
}

function isAsked(type: Connection["type"]): boolean {
  return type === "folder" || type === "orthanc" || type === "pacs";
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
