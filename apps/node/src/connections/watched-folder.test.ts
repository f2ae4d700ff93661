// A watched folder: what lies there whole is taken in once; what is not, waits.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished, test, vi } from "vitest";
import { handClock } from "../scratch/hand-clock.ts";
import { attributesOf, openScratchInbox, registeredOf, settled, uidsOf } from "../scratch/scratch-inbox.ts";
import { soon } from "../scratch/scratch-server.ts";
import { type WatchedFolderOptions, watchFolder } from "./watched-folder.ts";

const bytesOf = (study: string, object: string) =>
  smallObject({ seed: object, attributes: attributesOf(study, object) });

async function watched(options: Partial<WatchedFolderOptions> = {}) {
  const inbox = await openScratchInbox();
  const { node, scratch } = inbox;
  const path = join(scratch.folder, "in");
  mkdirSync(path);
  const clock = handClock();
  const folder = watchFolder({ ...node, clock }, scratch.data, {
    id: "folder:in",
    path,
    afterwards: "keep",
    pollMs: 1000,
    ...options,
  });
  onTestFinished(() => folder.close());
  // Its first look found nothing.
  await soon(() => expect(clock.waiting()).toBe(1));
  /** Looks so many times. */
  const look = async (times = 1) => {
    for (let at = 0; at < times; at++) {
      await soon(() => expect(clock.waiting()).toBe(1));
      clock.advance(1000);
    }
    await soon(() => expect(clock.waiting()).toBe(1));
  };
  /** Watches it with another clock, as a node that was started again does. */
  const again = async (times: number) => {
    await folder.close();
    const later = handClock();
    const second = watchFolder({ ...node, clock: later }, scratch.data, {
      ...{ id: "folder:in", path, afterwards: "keep", pollMs: 1000 },
    });
    onTestFinished(() => second.close());
    for (let at = 0; at <= times; at++) {
      await soon(() => expect(later.waiting()).toBe(1));
      if (at < times) later.advance(1000);
    }
    await second.close();
  };
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(path, name), bytes);
  const standing = () => node.connections.list()[0];
  return { inbox, scratch, path, folder, look, again, put, standing, node };
}

test("files in all folders are taken once, when they did not change between two looks", async () => {
  const { inbox, path, look, put, standing } = await watched();
  mkdirSync(join(path, "deep", "deeper"), { recursive: true });
  put("1.dcm", bytesOf("1", "1"));
  put(join("deep", "deeper", "2.dcm"), bytesOf("1", "2"));
  const growing = bytesOf("1", "3");
  put("growing", growing.subarray(0, 700));
  await look();
  expect(standing()).toMatchObject({ received: 0 });
  appendFileSync(join(path, "growing"), growing.subarray(700));
  await look();
  expect(standing()).toMatchObject({ received: 2, refused: 0, state: "works" });
  await look(3);
  expect(standing()).toMatchObject({ received: 3, refused: 0 });
  await settled(inbox);
  expect(registeredOf(inbox, "1")).toEqual(uidsOf("1", "1", "2", "3"));
  expect(existsSync(join(path, "1.dcm"))).toBe(true);
});

test("hidden files and halves wait until they have their names", async () => {
  const { path, look, put, standing } = await watched();
  for (const name of [".1.dcm", "1.dcm.part", "1.tmp", "DICOMDIR"]) put(name, bytesOf("1", "1"));
  await look(3);
  expect(standing()).toMatchObject({ received: 0, refused: 0 });
  renameSync(join(path, "1.dcm.part"), join(path, "1.dcm"));
  await look(3);
  expect(standing()).toMatchObject({ received: 1 });
});

test("what was refused is not counted again after a restart, unless it changed; no path is kept, and a damaged list counts anew", async () => {
  const { scratch, look, again, put, standing } = await watched();
  put("Doe^Jane.txt", "no object");
  await look(3);
  expect(standing()).toMatchObject({ refused: 1 });
  const kept = join(scratch.data, "feeds", "folder~in.refused.json");
  expect(readFileSync(kept, "utf8")).not.toMatch(/Doe|Jane/);
  await again(3);
  expect(standing()).toMatchObject({ refused: 1 });
  put("Doe^Jane.txt", "no object either");
  await again(3);
  expect(standing()).toMatchObject({ refused: 2 });
  await again(3);
  expect(standing()).toMatchObject({ refused: 2 });
  writeFileSync(kept, "damaged");
  await again(3);
  expect(standing()).toMatchObject({ refused: 3 });
});

test("what is no object is refused once, and again when it has changed; the rest goes on", async () => {
  const { look, put, standing } = await watched({ afterwards: "remove" });
  put("0", "no object");
  put("1", bytesOf("1", "1"));
  await look(5);
  expect(standing()).toMatchObject({ received: 1, refused: 1, lastError: { code: "NOT_DICOM" }, state: "works" });
  put("0", "no object either");
  await look(3);
  expect(standing()).toMatchObject({ refused: 2 });
  put("0", bytesOf("1", "2"));
  await look(3);
  expect(standing()).toMatchObject({ received: 2, refused: 2 });
});

test("files are removed only after they were acknowledged, and what was refused stays", async () => {
  const { path, look, put, standing, node } = await watched({ afterwards: "remove" });
  put("1", bytesOf("1", "1"));
  put("bad", "no object");
  const full = vi.spyOn(node.objects, "flush").mockRejectedValue(Object.assign(new Error("full"), { code: "ENOSPC" }));
  await look(4);
  expect(standing()).toMatchObject({ received: 0, state: "failed", lastError: { code: "OBJECT_NO_ROOM" } });
  expect(existsSync(join(path, "1"))).toBe(true);
  full.mockRestore();
  await look(2);
  expect(standing()).toMatchObject({ received: 1, state: "works" });
  expect([existsSync(join(path, "1")), existsSync(join(path, "bad"))]).toEqual([false, true]);
});

test("links are not followed, neither to files nor to folders", async () => {
  const { inbox, path, look, put, standing } = await watched({ afterwards: "remove" });
  const outside = inbox.scratch.file("outside.dcm");
  mkdirSync(join(inbox.scratch.folder, "elsewhere"));
  writeFileSync(join(inbox.scratch.folder, "elsewhere", "x"), bytesOf("1", "9"));
  symlinkSync(outside, join(path, "link"));
  symlinkSync(join(inbox.scratch.folder, "elsewhere"), join(path, "folder"));
  put("1", bytesOf("1", "1"));
  await look(4);
  expect(standing()).toMatchObject({ received: 1, refused: 0 });
  expect(existsSync(outside)).toBe(true);
});

test("a folder that cannot be read is told, and goes on by itself when it can", async () => {
  const { path, look, put, standing, node } = await watched();
  const aside = `${path}-aside`;
  renameSync(path, aside);
  await look();
  expect(standing()).toMatchObject({ state: "failed", lastError: { code: "PATH_UNREADABLE" } });
  expect(await node.connections.test("folder:in")).toMatchObject({ state: "failed" });
  renameSync(aside, path);
  expect(await node.connections.test("folder:in")).toMatchObject({ state: "works" });
  put("1", bytesOf("1", "1"));
  await look(3);
  expect(standing()).toMatchObject({ received: 1, state: "works" });
});

test("a file that may not be read is refused until it may", async () => {
  const { path, look, put, standing } = await watched();
  // The superuser may read whatever there is.
  const refused = process.getuid?.() === 0 ? 0 : 1;
  put("1", bytesOf("1", "1"));
  chmodSync(join(path, "1"), 0);
  await look(4);
  expect(standing()).toMatchObject({ received: 1 - refused, refused });
  chmodSync(join(path, "1"), 0o600);
  await look(3);
  expect(standing()).toMatchObject({ refused });
  expect(standing()?.received).toBeGreaterThan(0);
});

test("closing waits for what is under way, and nothing is taken afterwards", async () => {
  const { folder, look, put, standing } = await watched();
  put("1", bytesOf("1", "1"));
  await look();
  await folder.close();
  expect(standing()).toMatchObject({ received: 0 });
});
