// What connections brought outlasts the node, is written together and seldom, and names no person to the disk.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { handClock } from "../scratch/hand-clock.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { openAccountBook } from "./account-book.ts";
import { connectionBoard } from "./connection-board.ts";

const ct = { id: "dimse:ct1", type: "dimse", name: "CT1" } as const;
const feed = { id: "orthanc:one", type: "orthanc", name: "Orthanc one" } as const;
const person = { id: "stow:anna-hospital.example", type: "stow", name: "STOW-RS, Anna Berg" } as const;

/** A board with a book, which can be closed and opened again. */
function scene() {
  const { folder } = scratchNode();
  const path = join(folder, "connections.db");
  const clock = handClock();
  const time = { now: 5 };
  const open = () => {
    const book = openAccountBook(path, clock, () => time.now);
    onTestFinished(book.close);
    return { close: book.close, board: connectionBoard(() => time.now, { book }) };
  };
  const looking = () => {
    const database = new DatabaseSync(path);
    onTestFinished(() => database.close());
    return database;
  };
  return { path, clock, time, open, looking };
}

test("counts, last object, last error and state are there again, and are counted on", () => {
  const { time, open } = scene();
  const first = open();
  const line = first.board.line({ ...ct, place: { host: "old.example", port: 104, tls: false } });
  line.took(10);
  time.now = 6;
  line.took(20);
  time.now = 7;
  line.refused("NOT_DICOM");
  first.board.line(feed).failed("PATH_UNREADABLE");
  first.close();
  time.now = 100;
  const second = open();
  const brought = { received: 2, refused: 1, bytes: 30, lastObjectMs: 6, state: "works", sinceMs: 5, canTest: false };
  const lastError = { code: "NOT_DICOM", atMs: 7 };
  expect(second.board.list()).toEqual([{ ...ct, ...brought, lastError, receivedSinceError: 0 }]);
  // A feed that is not configured any more stays away; one that is has what it had, and how it is shows when it is asked.
  second.board.line(feed);
  expect(second.board.list()[1]).toMatchObject({ state: "idle", sinceMs: 100, lastError: { code: "PATH_UNREADABLE" } });
  const place = { host: "new.example", port: 11112, tls: true };
  const again = second.board.line({ ...ct, name: "CT1 (ct)", place });
  expect(second.board.list()[0]).toMatchObject({ ...brought, name: "CT1 (ct)", place });
  second.board.line({ ...ct, name: "another" }).works();
  again.took(1);
  second.close();
  const known = { received: 3, bytes: 31, name: "CT1 (ct)", lastObjectMs: 100, receivedSinceError: 1 };
  expect(open().board.list()).toMatchObject([known]);
});

test("since when a PACS fails, what it gives otherwise and what stays here is known after a restart, before it was asked", () => {
  const { time, open } = scene();
  const pacs = { id: "pacs", type: "pacs", name: "pacs.example" } as const;
  const first = open();
  const line = first.board.line(pacs);
  const releases = { waiting: 3, altered: 1, kept: 2 };
  const differing = [{ digest: "d".repeat(64), study: "5".repeat(32), code: "PACS_COPY_CHANGED" }];
  line.releases(releases);
  line.differs(differing);
  line.failed("PACS_UNREACHABLE");
  first.close();
  time.now = 50;
  // Nobody asked it between these two starts.
  const second = open();
  second.board.line(pacs).testedBy(async () => {});
  expect(second.board.list()).toMatchObject([{ state: "idle", releases, differing }]);
  second.close();
  time.now = 100;
  const third = open();
  third.board.line(pacs).failed("PACS_UNREACHABLE");
  expect(third.board.list()).toMatchObject([{ state: "failed", sinceMs: 5, releases, differing }]);
  third.board.line(pacs).works();
  third.close();
  time.now = 200;
  const fourth = open();
  fourth.board.line(pacs).failed("PACS_UNREACHABLE");
  expect(fourth.board.list()).toMatchObject([{ state: "failed", sinceMs: 200 }]);
});

test("what was removed is not there again after a restart", () => {
  const { open } = scene();
  const first = open();
  first.board.line(ct).took(1);
  first.close();
  const second = open();
  second.board.remove(ct.id);
  second.close();
  expect(open().board.list()).toEqual([]);
});

test("a node that is opened again goes on counting", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  node.connections.line(ct).took(10);
  node.connections.line(person).refused("NOT_DICOM");
  await scratch.close();
  const again = await scratch.open();
  expect(again.connections.list()).toMatchObject([{ ...ct, received: 1, bytes: 10, lastObjectMs: expect.any(Number) }]);
  again.connections.line(person).took(5);
  expect(again.connections.list()[1]).toMatchObject({ ...person, received: 1, refused: 1 });
});

test("a thousand objects are one writing, a few seconds later", () => {
  const { clock, open, looking } = scene();
  const { board } = open();
  const database = looking();
  const version = () => database.prepare("PRAGMA data_version").get()?.["data_version"];
  const written = () => database.prepare("SELECT json FROM account").all().length;
  const before = version();
  const line = board.line(ct);
  for (let at = 0; at < 1000; at++) line.took(1);
  expect([version(), written(), clock.waiting()]).toEqual([before, 0, 1]);
  clock.advance(clock.nextMs());
  const after = version();
  expect(after).not.toBe(before);
  expect([written(), clock.waiting()]).toEqual([1, 0]);
  clock.advance(60_000);
  expect(version()).toBe(after);
});

test("a person who sends is counted on, and is not named to the disk", () => {
  const { path, open } = scene();
  const first = open();
  first.board.line(person).took(10);
  first.close();
  const bytes = readFileSync(path).toString("latin1");
  for (const name of [person.id, "anna", "Anna", "Berg"]) expect(bytes).not.toContain(name);
  const { board } = open();
  expect(board.list()).toEqual([]);
  board.line(person);
  expect(board.list()).toMatchObject([{ ...person, received: 1 }]);
});

test("a disk that takes nothing for a while loses no count, and keeps nobody from closing", () => {
  const { clock, open, looking } = scene();
  const first = open();
  const line = first.board.line(ct);
  const database = looking();
  database.exec("CREATE TRIGGER no BEFORE INSERT ON account BEGIN SELECT RAISE(FAIL, 'no'); END");
  line.took(1);
  clock.advance(60_000);
  expect(database.prepare("SELECT json FROM account").all()).toEqual([]);
  database.exec("DROP TRIGGER no");
  line.took(1);
  clock.advance(60_000);
  database.exec("CREATE TRIGGER no BEFORE INSERT ON account BEGIN SELECT RAISE(FAIL, 'no'); END");
  line.took(1);
  first.close();
  expect(open().board.list()).toMatchObject([{ received: 2 }]);
});

test("who calls under thousands of names fills neither board nor disk, and who was heard last is kept", () => {
  const { time, open, looking } = scene();
  const first = open();
  const line = first.board.line(ct);
  for (time.now = 10; time.now < 3000; time.now++) first.board.line({ ...ct, id: `dimse:${time.now}` }).took(1);
  line.took(1);
  first.close();
  const second = open();
  expect(looking().prepare("SELECT count(*) AS count FROM account").get()?.["count"]).toBe(1000);
  expect(second.board.list()).toHaveLength(1000);
  expect(second.board.list().find(({ id }) => id === ct.id)).toMatchObject({ received: 1 });
});

test("a damaged book is put aside, and counting begins anew", () => {
  const { path, open } = scene();
  writeFileSync(path, "damaged, and no database at all ".repeat(300));
  expect(open().board.list()).toEqual([]);
  expect(readFileSync(`${path}.damaged`, "utf8")).toContain("damaged");
});

test("an account that cannot be read is left out, and keeps nobody from starting", () => {
  const { open, looking } = scene();
  const first = open();
  first.board.line(ct).took(1);
  first.board.line({ ...ct, id: "dimse:ct2" }).took(1);
  first.close();
  const put = looking().prepare("INSERT INTO account VALUES (?, 1, ?)");
  for (const [at, json] of ["", "null", "[]", '{"named":{}}', '{"named":{"id":7}}'].entries())
    put.run(String(at), json);
  looking().exec(`UPDATE account SET json = '{"state":' WHERE json LIKE '%dimse:ct2%'`);
  const { board } = open();
  expect(board.list()).toMatchObject([{ ...ct, received: 1 }]);
  board.line({ ...ct, id: "dimse:ct2" }).took(1);
  expect(board.list()).toMatchObject([{ received: 1 }, { id: "dimse:ct2", received: 1 }]);
});

test("names that only the book remembers make room before a system that is configured", () => {
  const { time, open } = scene();
  const first = open();
  first.board.line(ct).took(1);
  for (time.now = 10; time.now < 1009; time.now++) first.board.line({ ...ct, id: `dimse:${time.now}` }).took(1);
  first.close();
  const { board } = open();
  board.line(ct);
  for (let at = 2000; at < 2010; at++) board.line({ ...ct, id: `dimse:${at}` }).took(1);
  expect(board.list()).toHaveLength(1000);
  expect(board.list().find(({ id }) => id === ct.id)).toMatchObject({ received: 1 });
});

test("who was only ever refused is not named to the disk, and takes nobody's place there", () => {
  const { time, open } = scene();
  const first = open();
  first.board.line(ct).took(1);
  first.board.line(feed).took(1);
  for (time.now = 10; time.now < 3000; time.now++)
    first.board.line({ ...ct, id: `dimse:${time.now}` }).failed("DIMSE_CALLER_UNKNOWN");
  first.close();
  const { board } = open();
  expect(board.list()).toMatchObject([{ ...ct, received: 1 }]);
  board.line(feed);
  board.line({ ...ct, id: "dimse:2999" });
  // One that is configured has what was wrong with it.
  expect(board.list()).toMatchObject([
    { id: "dimse:2999", lastError: { code: "DIMSE_CALLER_UNKNOWN", atMs: 2999 } },
    { ...ct, received: 1 },
    { ...feed, received: 1 },
  ]);
});
