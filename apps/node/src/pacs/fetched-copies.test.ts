// Copies of what the PACS keeps: shared, bounded, gone when nobody reads them any more.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { StoredVersion } from "../objects/stored-version.ts";
import { handClock } from "../scratch/hand-clock.ts";
import { type FetchingRooms, fetchedCopies } from "./fetched-copies.ts";

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");
const version = (text: string) =>
  ({ statement: "", place: 0, record: { file: digestOf(text), sizeBytes: text.length } }) as unknown as StoredVersion;

function fetching(options: Partial<FetchingRooms> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "copies-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = handClock();
  const held = new Map<string, string>();
  const asked: string[] = [];
  let fetched = 0;
  const rooms = {
    vault: { header: () => undefined },
    clock,
    folder,
    mostBytes: 25,
    reservedBytes: 0,
    pathOf: (digest: string) => join(folder, digest),
    asked: (_: string, code = "came") => void asked.push(code),
    client: {
      retrieve: async (_: unknown, path: string, grow: (bytes: number) => void) => {
        fetched++;
        await new Promise(setImmediate);
        const text = held.get(path) ?? "";
        for (const letter of text) grow(letter.length);
        writeFileSync(path, text, { flag: "wx" });
        return { digest: digestOf(text), sizeBytes: text.length };
      },
    },
    ...options,
  } as unknown as FetchingRooms;
  const copies = fetchedCopies(rooms);
  const open = (text: string) => {
    held.set(join(folder, digestOf(text)), text);
    return copies.open(version(text));
  };
  return { copies, clock, open, asked, fetched: () => fetched, files: () => readdirSync(folder).length };
}

const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const [first, second, third] = ["first-----", "second----", "third-----"] as const;

test("those who read the same at a time share one copy, which goes a minute after the last", async () => {
  const { copies, clock, open, asked, fetched, files } = fetching();
  const readers = await Promise.all([open(first), open(first), open(first)]);
  await settled();
  expect([fetched(), files(), asked]).toEqual([1, 1, ["came"]]);
  for (const { letGo } of readers.slice(1)) letGo();
  clock.advance(120_000);
  expect(files()).toBe(1);
  readers[0]?.letGo();
  readers[0]?.letGo();
  clock.advance(50_000);
  (await open(first)).letGo();
  clock.advance(50_000);
  expect([fetched(), files()]).toEqual([1, 1]);
  clock.advance(20_000);
  expect([files(), copies.bytes()]).toEqual([0, 0]);
});

test("the longest unread makes way for the next, and who would need one that is read is told to wait", async () => {
  const { copies, open, files, fetched } = fetching();
  const one = await open(first);
  (await open(second)).letGo();
  await settled();
  await open(third);
  expect([copies.bytes(), files(), existsSync(one.path)]).toEqual([20, 2, true]);
  await expect(open(second)).rejects.toMatchObject({ code: "BUSY" });
  expect([copies.bytes(), files()]).toEqual([20, 2]);
  one.letGo();
  await settled();
  await open(second);
  // One of them in vain.
  expect([copies.bytes(), fetched()]).toEqual([20, 5]);
});

test("a copy that is too much, or not what was registered, leaves nothing", async () => {
  const { copies, files, open, asked } = fetching({ mostBytes: 5 });
  await expect(open(first)).rejects.toMatchObject({ code: "PACS_FOREIGN" });
  expect([copies.bytes(), files(), asked]).toEqual([0, 0, ["PACS_FOREIGN"]]);
  const other = fetching({ fingerprints: { run: async () => ({ refused: { code: "NOT_DICOM", message: "" } }) } });
  await expect(other.copies.open(version("other"))).rejects.toMatchObject({ code: "PACS_FOREIGN" });
  expect([other.copies.bytes(), other.files()]).toEqual([0, 0]);
});

test("nothing is fetched into the room that the disk needs for everything else", async () => {
  const { open, fetched } = fetching({ reservedBytes: 2 ** 60 });
  await expect(open(first)).rejects.toMatchObject({ code: "DISK_FULL" });
  expect(fetched()).toBe(0);
});

test("more than so many at a time are told to come again", async () => {
  const { open, copies } = fetching({ mostBytes: 10_000 });
  const all = await Promise.allSettled(Array.from({ length: 70 }, (_, at) => open(`object ${at}`)));
  const refused = all.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => reason.code)).toEqual(Array(6).fill("BUSY"));
  await settled();
  copies.close();
  expect(copies.bytes()).toBe(0);
});
