// The board of connections: counts, states, refusals, tests.
import { expect, test, vi } from "vitest";
import { NodeError } from "../node-error.ts";
import { connectionBoard } from "./connection-board.ts";

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
  const line = board.line(ct);
  await expect(board.test(ct.id)).rejects.toMatchObject({ code: "CONNECTION_NOT_TESTABLE" });
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
  expect(await board.test(ct.id)).toMatchObject({ state: "failed", lastError: { code: "PATH_UNREADABLE" } });
  expect(await board.test(ct.id)).toMatchObject({ state: "failed", lastError: { code: "INTERNAL" } });
  const lastTest = { atMs: 0, tookMs: expect.any(Number) };
  expect(await board.test(ct.id)).toMatchObject({ state: "works", canTest: true, lastTest });
  expect(board.list()[0]?.lastTest).not.toHaveProperty("code");
});

test("a test that never ends fails, is asked once for all who wait, and can be asked anew", async () => {
  const board = connectionBoard(() => 0, { patienceMs: 20 });
  const begun = vi.fn(() => new Promise<void>(() => {}));
  board.line(ct).testedBy(begun);
  const failed = { state: "failed", lastTest: { code: "CONNECTION_SILENT" } };
  expect(await Promise.all([board.test(ct.id), board.test(ct.id)])).toMatchObject([failed, failed]);
  expect(begun).toHaveBeenCalledTimes(1);
  expect(await board.test(ct.id)).toMatchObject(failed);
  expect(begun).toHaveBeenCalledTimes(2);
});

test("what can be tested stays on the board under its name, however many others come", async () => {
  const board = connectionBoard(() => 0);
  board.line(ct).testedBy(async () => {});
  for (let at = 0; at < 2000; at++) board.line({ ...ct, id: `dimse:${at}` }).took(1);
  board.line({ ...ct, name: "another" });
  expect(board.list().find(({ id }) => id === ct.id)).toMatchObject({ name: ct.name });
  expect(await board.test(ct.id)).toMatchObject({ state: "works" });
});
