// The board of connections: counts, states, refusals, tests.
import { expect, test, vi } from "vitest";
import { NodeError } from "../node-error.ts";
import { connectionBoard } from "./connection-board.ts";
import { failingConnections } from "./failing-connections.ts";

const folder = { id: "folder:one", type: "folder", name: "One" } as const;
const ct = { id: "dimse:ct1", type: "dimse", name: "CT 1" } as const;

test("a line counts, and the board tells how it stands", () => {
  let now = 5;
  const board = connectionBoard(() => now);
  const told = vi.fn();
  const stop = board.onChange(told);
  const line = board.line(ct);
  const counts = { received: 0, refused: 0, bytes: 0 };
  expect(board.list()).toEqual([{ ...ct, ...counts, state: "idle", sinceMs: 5, canTest: false }]);
  line.took(10);
  now = 6;
  board.line(ct).took(20);
  expect(board.list()).toMatchObject([{ received: 2, bytes: 30, state: "works", lastObjectMs: 6 }]);
  line.refused("NOT_DICOM");
  expect(board.list()).toMatchObject([{ refused: 1, state: "works", lastError: { code: "NOT_DICOM", atMs: 6 } }]);
  line.failed("PATH_UNREADABLE");
  expect(board.list()).toMatchObject([{ state: "failed", lastError: { code: "PATH_UNREADABLE" } }]);
  expect(board.list()).toMatchObject([{ receivedSinceError: 0 }]);
  line.works();
  expect(board.list()).toMatchObject([{ state: "works" }]);
  expect(told).toHaveBeenCalledTimes(5);
  line.works();
  stop();
  line.took(1);
  expect(board.list()).toMatchObject([{ lastError: { code: "PATH_UNREADABLE" }, receivedSinceError: 1 }]);
  expect(told).toHaveBeenCalledTimes(5);
});

test("since when it works or fails is told, whatever else happens meanwhile", () => {
  let now = 1;
  const board = connectionBoard(() => now);
  const line = board.line(ct);
  now = 2;
  line.works();
  now = 3;
  line.took(1);
  line.refused("NOT_DICOM");
  expect(board.list()).toMatchObject([{ state: "works", sinceMs: 2 }]);
  now = 4;
  line.failed("PATH_UNREADABLE");
  now = 5;
  line.failed("PATH_UNREADABLE");
  expect(board.list()).toMatchObject([{ state: "failed", sinceMs: 4, lastError: { atMs: 5 } }]);
});

test("what a PACS does not keep yet is told when it changes", () => {
  const board = connectionBoard(() => 0);
  const told = vi.fn();
  board.onChange(told);
  const line = board.line({ id: "pacs", type: "pacs", name: "pacs" });
  line.releases({ waiting: 2, altered: 0, kept: 0 });
  line.releases({ waiting: 2, altered: 0, kept: 0 });
  line.releases({ waiting: 2, altered: 1, kept: 0 });
  expect(told).toHaveBeenCalledTimes(2);
  expect(board.list()).toMatchObject([{ state: "idle", releases: { waiting: 2, altered: 1, kept: 0 } }]);
});

test("the newest refusals stay, and no more than a hundred", () => {
  let now = 0;
  const board = connectionBoard(() => now);
  const line = board.line(ct);
  for (now = 1; now <= 150; now++) line.refused("NOT_DICOM");
  expect(board.refusals()).toHaveLength(100);
  expect(board.refusals()[0]).toEqual({ connection: ct.id, code: "NOT_DICOM", atMs: 150 });
});

test("who calls under a thousand names does not fill the memory, and who was heard last stays", () => {
  const board = connectionBoard(() => 0);
  const line = board.line(ct);
  for (let at = 0; at < 3000; at++) {
    board.line({ ...ct, id: `dimse:${at}` }).took(1);
    line.took(1);
  }
  expect(board.list()).toHaveLength(1000);
  expect(board.list().find(({ id }) => id === ct.id)).toMatchObject({ received: 3000 });
});

test.each(["", "CT", "a b", "a/b", "x".repeat(81), "ä"])("%j is no id", (id) => {
  expect(() => connectionBoard(() => 0).line({ ...ct, id })).toThrow(RangeError);
});

test("a test on demand tells how the connection stands", async () => {
  const board = connectionBoard(() => 0);
  await expect(board.test("nobody")).rejects.toMatchObject({ code: "CONNECTION_UNKNOWN" });
  const line = board.line(folder);
  await expect(board.test(folder.id)).rejects.toMatchObject({ code: "CONNECTION_NOT_TESTABLE" });
  const outcomes: (() => Promise<void>)[] = [
    async () => {
      throw new NodeError("PATH_UNREADABLE");
    },
    async () => {
      throw new TypeError("of the program");
    },
    async () => {},
  ];
  line.testedBy(() => (outcomes.shift() as () => Promise<void>)());
  expect(await board.test(folder.id)).toMatchObject({ state: "failed", lastError: { code: "PATH_UNREADABLE" } });
  expect(await board.test(folder.id)).toMatchObject({ state: "failed", lastError: { code: "INTERNAL" } });
  const lastTest = { atMs: 0, tookMs: expect.any(Number) };
  expect(await board.test(folder.id)).toMatchObject({ state: "works", canTest: true, lastTest });
  expect(board.list()[0]?.lastTest).not.toHaveProperty("code");
});

test("a test that never ends fails, is asked once for all who wait, and can be asked anew", async () => {
  const board = connectionBoard(() => 0, { patienceMs: 20 });
  const begun = vi.fn(() => new Promise<void>(() => {}));
  board.line({ ...folder, id: ct.id }).testedBy(begun);
  const failed = { state: "failed", lastTest: { code: "CONNECTION_SILENT" } };
  expect(await Promise.all([board.test(ct.id), board.test(ct.id)])).toMatchObject([failed, failed]);
  expect(begun).toHaveBeenCalledTimes(1);
  expect(await board.test(ct.id)).toMatchObject(failed);
  expect(begun).toHaveBeenCalledTimes(2);
});

test("a DICOM system that does not answer an echo goes on storing: the test changes nothing of how it stands", async () => {
  const board = connectionBoard(() => 0);
  const line = board.line(ct);
  line.took(1);
  const outcomes = [() => Promise.reject(new NodeError("PATH_UNREADABLE")), () => Promise.resolve()];
  line.testedBy(() => (outcomes.shift() as () => Promise<void>)());
  const tested = await board.test(ct.id);
  expect(tested).toMatchObject({ state: "works", lastTest: { code: "PATH_UNREADABLE" } });
  expect(tested).not.toHaveProperty("lastError");
  line.failed("DIMSE_ADDRESS_NOT_ALLOWED");
  const again = await board.test(ct.id);
  expect(again).toMatchObject({ state: "failed", lastError: { code: "DIMSE_ADDRESS_NOT_ALLOWED" } });
  expect(again.lastTest).not.toHaveProperty("code");
});

test("an error that was seen is gone until the next one, and what is not configured can be removed until it calls again", () => {
  const board = connectionBoard(() => 7);
  const line = board.line(ct);
  line.took(5);
  line.failed("DIMSE_CALLED_AE_WRONG");
  expect(board.seen(ct.id)).toMatchObject({ state: "idle", received: 1 });
  expect(board.list()[0]).not.toHaveProperty("lastError");
  line.failed("DIMSE_CALLED_AE_WRONG");
  expect(board.list()).toMatchObject([{ state: "failed", lastError: { code: "DIMSE_CALLED_AE_WRONG", atMs: 7 } }]);
  line.works();
  board.seen(ct.id);
  expect(board.list()).toMatchObject([{ state: "works" }]);
  board.remove(ct.id);
  expect(board.list()).toEqual([]);
  line.took(3);
  expect(board.list()).toMatchObject([{ ...ct, received: 1, bytes: 3 }]);
  for (const one of [{ ...ct, id: "dimse:ct2", configured: true }, folder]) {
    board.line(one);
    expect(() => board.remove(one.id)).toThrow(expect.objectContaining({ code: "CONNECTION_CONFIGURED" }));
  }
  for (const act of [board.seen, board.remove])
    expect(() => act("dimse:nobody")).toThrow(expect.objectContaining({ code: "CONNECTION_UNKNOWN" }));
});

test("those fail that are configured; a stranger who was refused is no connection that fails", () => {
  const board = connectionBoard(() => 0);
  board.line(ct).failed("DIMSE_CALLER_UNKNOWN");
  expect(failingConnections(board)).toEqual([]);
  board.line(folder).failed("PATH_UNREADABLE");
  // It may have called before it was known to be one that is configured.
  board.line({ ...ct, configured: true });
  expect(failingConnections(board).map(({ id }) => id)).toEqual([ct.id, folder.id]);
  board.line(folder).works();
  expect(failingConnections(board).map(({ id }) => id)).toEqual([ct.id]);
});

test("what is configured stays on the board under its name, however many others come", async () => {
  const board = connectionBoard(() => 0);
  board.line({ ...ct, configured: true }).testedBy(async () => {});
  for (let at = 0; at < 2000; at++) board.line({ ...ct, id: `dimse:${at}` }).took(1);
  board.line({ ...ct, name: "another" });
  expect(board.list().find(({ id }) => id === ct.id)).toMatchObject({ name: ct.name });
  expect(await board.test(ct.id)).toMatchObject({ lastTest: { tookMs: expect.any(Number) } });
});
