// The outbox: what was added is there after a crash, nothing of it is readable on the disk, and a damaged file stops nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNodeKey, fileProtector } from "@fiducial/vault";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { openOutbox, type WaitingReads } from "./outbox.ts";
import { noted } from "./read.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outbox-"));
  path = join(folder, "access-outbox");
  createNodeKey(join(folder, "node.key"));
});

async function open(): Promise<WaitingReads> {
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return openOutbox(path, fileProtector(join(folder, "node.key")));
}

const read = (series: string) =>
  noted({ caller: { type: "operator" }, what: "images", action: "view", study: "a".repeat(32), series }, 0);
const seriesIn = (outbox: WaitingReads) => [...outbox.waiting()].map(({ read: { series } }) => series);

test("gives back what was added and not done, in order, whoever opened it", async () => {
  let outbox = await open();
  for (const series of ["1.2.3", "1.2.4", "1.2.5"]) outbox.add({ read: read(series), statement: series });
  outbox.done([...outbox.waiting()][1]?.position ?? 0);
  expect(seriesIn(outbox)).toEqual(["1.2.3", "1.2.5"]);
  // Not closed: the process died.
  outbox = await open();
  expect(outbox.wasDamaged).toBe(false);
  expect([...outbox.waiting()]).toMatchObject([{ statement: "1.2.3" }, { statement: "1.2.5" }]);
  for (const { position } of [...outbox.waiting()]) outbox.done(position);
  outbox = await open();
  expect(outbox.count()).toBe(0);
});

test("holds nothing that can be read without the key, is its owner's only, and takes what it reserved without growing", async () => {
  const outbox = await open();
  const { size, mode } = statSync(path);
  expect(mode & 0o777).toBe(0o600);
  for (let at = 0; at < 150; at++) outbox.add({ read: read("1.2.840.99999") });
  expect(statSync(path).size).toBe(size);
  const text = readFileSync(path, "latin1");
  for (const clear of ["1.2.840.99999", "a".repeat(32), "operator"]) expect(text).not.toContain(clear);
});

test("forgets a line that a crash left half-written, and goes on behind the last whole one", async () => {
  let outbox = await open();
  outbox.add({ read: read("1.2.3") });
  const whole = readFileSync(path).indexOf(0);
  outbox.add({ read: read("1.2.4") });
  const torn = readFileSync(path);
  truncateSync(path, whole + 20);
  outbox = await open();
  expect(seriesIn(outbox)).toEqual(["1.2.3"]);
  outbox.add({ read: read("1.2.5") });
  outbox = await open();
  expect(seriesIn(outbox)).toEqual(["1.2.3", "1.2.5"]);

  // The disk may have written the end of a line and not its begin.
  writeFileSync(path, torn.fill(0, whole, whole + 400));
  outbox = await open();
  outbox.add({ read: read("1") });
  outbox = await open();
  expect(outbox.wasDamaged).toBe(false);
  expect(seriesIn(outbox)).toEqual(["1.2.3", "1"]);
});

test("is begun anew, and says so, when its file is damaged or another key's; the file is put aside", async () => {
  const outbox = await open();
  outbox.add({ read: read("1.2.3") });
  const bytes = readFileSync(path);
  const inside = bytes.indexOf(0) - 20;
  bytes[inside] = (bytes[inside] as number) ^ 1;
  writeFileSync(path, bytes);
  expect(await open()).toMatchObject({ wasDamaged: true });
  rmSync(join(folder, "node.key"));
  createNodeKey(join(folder, "node.key"));
  const again = await open();
  expect(again).toMatchObject({ wasDamaged: true });
  expect(again.count()).toBe(0);
  expect(readdirSync(folder).filter((name) => name.endsWith(".damaged"))).toHaveLength(2);
});
