import { formatEntry, type Statement } from "@fiducial/core";
import type { CommitListener, DecidedEntry, Replica, Store } from "@fiducial/ledger";
import { foldedEntries, openProjection } from "@fiducial/projection";
import { beforeAll, expect, test } from "vitest";
import { draft, northlake, signedBy, signer } from "../../../vectors/receipt/sample-log.ts";
import { startProjector } from "./projector.ts";

const recordedAt = "2026-11-18T12:00:00.000Z";
let statements: Statement[];
let bytes: Uint8Array[];

beforeAll(async () => {
  const root = [signer(northlake)] as const;
  const organizations = [{ organization: northlake.actor, rootKeys: [northlake.declared] }];
  const founding = await signedBy(draft("identity.log.created", root, { organizations }), northlake);
  const roles = Array.from({ length: 1200 }, (_, number) =>
    signedBy(
      draft("identity.role.granted", root, { actor: number.toString(16).padStart(32, "0"), role: "reader" }),
      northlake,
    ),
  );
  statements = [founding, ...(await Promise.all(roles))];
  bytes = statements.map((statement) => formatEntry({ findings: [], recordedAt, statement }));
});

const decided = (from: number, to: number): DecidedEntry[] =>
  statements
    .slice(from, to)
    .map(({ id, content }, at) => ({ index: from + at, id, content, findings: [], recordedAt }));

/** A log whose entries appear when they are committed; `read` are those that were read from it. */
function growingLog() {
  const listeners = new Set<CommitListener>();
  const read: number[] = [];
  let size = 0;
  const store = {
    head: () => ({ edge: { size } }),
    entries: (from: number, to: number) => {
      const found = bytes.slice(from, Math.min(to, size));
      read.push(...found.map((_, at) => from + at));
      return found;
    },
  } as unknown as Store;
  const replica = {
    onCommit: (listener: CommitListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Replica;
  const commit = (to: number, heard = true) => {
    const entries = decided(size, to);
    size = to;
    if (heard) for (const listener of listeners) listener({} as never, entries, []);
  };
  return { store, replica, commit, read };
}

async function projected(work: (log: ReturnType<typeof growingLog>) => void, log = growingLog()): Promise<string> {
  const projection = openProjection(":memory:");
  const projector = startProjector(log.store, log.replica, projection);
  work(log);
  await projector.caughtUp(statements.length);
  projector.close();
  return projection.digest();
}

function digestOfLog(): string {
  const projection = openProjection(":memory:");
  projection.apply(foldedEntries(0, bytes));
  return projection.digest();
}

test("what was just decided is folded without reading it, and gives what reading gives", async () => {
  const log = growingLog();
  expect(
    await projected(({ commit }) => {
      for (const to of [3, 3, 700, 1201]) commit(to);
    }, log),
  ).toBe(digestOfLog());
  expect(log.read).toEqual([]);
});

test("entries that were there before, or that nobody told of, are read", async () => {
  const log = growingLog();
  log.commit(5);
  const told = ({ commit }: typeof log) => {
    commit(40);
    commit(50, false);
    commit(900);
    commit(1201);
  };
  expect(await projected(told, log)).toBe(digestOfLog());
  expect(log.read).toEqual([0, 1, 2, 3, 4, ...Array.from({ length: statements.length - 40 }, (_, at) => 40 + at)]);
});
