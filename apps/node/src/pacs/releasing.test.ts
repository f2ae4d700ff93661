// Objects go from here only when the PACS was seen to hold them as they were registered; whatever else it answers, they stay.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished, test, vi } from "vitest";
import { type OpenNode, openNode } from "../compose.ts";
import { restore } from "../operations/restore.ts";
import { type FalsePacs, falsePacs } from "../scratch/false-pacs.ts";
import { type HandClock, handClock } from "../scratch/hand-clock.ts";
import { attributesOf } from "../scratch/scratch-inbox.ts";
import { member, type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";
import { soon } from "../scratch/scratch-server.ts";
import { registeredUnder } from "../verification/verify-files.ts";
import type { PacsOptions } from "./pacs-options.ts";

const bytesOf = (object: string, attributes: object = {}, pixels?: Uint16Array) =>
  smallObject({
    seed: object,
    attributes: { ...attributesOf("1", object), ...attributes },
    ...(pixels === undefined ? {} : { pixels }),
  });

interface Behind {
  readonly scratch: ScratchNode;
  readonly pacs: FalsePacs;
  readonly node: OpenNode;
  readonly clock: HandClock;
  /** Lets it look once more. */
  sweep(): Promise<void>;
  /** Takes objects in, and returns their digests, sorted. */
  take(...objects: readonly Uint8Array[]): Promise<string[]>;
  here(): string[];
  row(): ReturnType<OpenNode["connections"]["list"]>[number] | undefined;
}

async function behind(options: Partial<PacsOptions> = {}, scratch = scratchNode()): Promise<Behind> {
  const pacs = await falsePacs();
  const node = await scratch.open({ pacs: { qidoUrl: pacs.url, wadoUrl: pacs.url, idleMs: 300, ...options } });
  const clock = handClock();
  let releasing: ReturnType<OpenNode["startReleasing"]>;
  onTestFinished(() => releasing?.close());
  let taken = 0;
  const idle = () => soon(() => expect(clock.waiting()).toBe(1));
  return {
    ...{ scratch, pacs, node, clock },
    sweep: async () => {
      if (releasing === undefined) releasing = node.startReleasing(clock);
      else clock.advance(3_600_000);
      await idle();
    },
    take: async (...objects) => {
      const before = new Set(node.objects.digests());
      const paths = objects.map((bytes) => {
        const path = join(scratch.folder, `${taken++}.dcm`);
        writeFileSync(path, bytes);
        return path;
      });
      const { refused } = await node.ingest(paths);
      expect(refused).toEqual([]);
      return [...node.objects.digests()].filter((digest) => !before.has(digest));
    },
    here: () => [...node.objects.digests()],
    row: () => node.connections.list().find(({ type }) => type === "pacs"),
  };
}

test("what the PACS holds goes from here, and is not lost", async () => {
  const { pacs, node, take, sweep, here, row } = await behind();
  const objects = ["1", "2", "3"].map((object) => bytesOf(object));
  const digests = await take(...objects);
  for (const bytes of objects) await pacs.store(bytes);
  await sweep();
  expect(here()).toEqual([]);
  expect(digests.map(node.objects.isReleased)).toEqual([true, true, true]);
  expect(row()).toMatchObject({ state: "works", releases: { waiting: 0, altered: 0, kept: 0 }, refused: 0 });
  expect(pacs.lastHeaders().accept).toBe('multipart/related; type="application/dicom"; transfer-syntax=*');
  expect(await node.audit()).toMatchObject({ ok: true });
  expect(readdirSync(join(node.objects.folder, "incoming"))).toEqual([]);
  const [study = ""] = node.vault.findStudies({ patientId: "P1" }).map((found) => found.study);
  expect(node.vault.holders(study)).toMatchObject([{ kind: "pacs", where: new URL(pacs.url).host }]);
});

const lostInDetail = { PatientName: "Another^Name" };
const otherPixels = Uint16Array.from({ length: 256 }, (_, at) => 4095 - at);
test.each<readonly [string, Uint8Array | undefined, boolean, object]>([
  ["a harmless coercion", bytesOf("1", { RetrieveAETitle: "ARCHIVE" }), true, { waiting: 0, altered: 0 }],
  ["other pixels", bytesOf("1", {}, otherPixels), false, { waiting: 0, altered: 1 }],
  ["another patient's name", bytesOf("1", lostInDetail), false, { waiting: 0, altered: 1 }],
  ["nothing", undefined, false, { waiting: 1, altered: 0 }],
])("of an object of which the PACS holds %s, the bytes go only when they are safe", async (_, held, goes, counts) => {
  const { pacs, take, sweep, here, row } = await behind();
  const digests = await take(bytesOf("1"));
  if (held !== undefined) await pacs.store(held);
  await sweep();
  await sweep();
  expect(here()).toEqual(goes ? [] : digests);
  expect(row()).toMatchObject({ state: "works", releases: counts });
});

const script = "MZ <html><script>";
const withPreamble = (bytes: Uint8Array) => Buffer.concat([Buffer.from(script.padEnd(128, "\0")), bytes.subarray(128)]);
/** File meta information with an element more, behind the others. */
function withMeta(bytes: Uint8Array, element: number, vr: string, value: string): Uint8Array {
  const [length, end] = [Buffer.from(bytes).readUInt32LE(140), 144 + Buffer.from(bytes).readUInt32LE(140)];
  const more = Buffer.alloc(8 + value.length, 0);
  more.writeUInt16LE(2, 0);
  more.writeUInt16LE(element, 2);
  more.write(vr, 4, "latin1");
  more.writeUInt16LE(value.length, 6);
  more.write(value, 8, "latin1");
  const changed = Buffer.concat([bytes.subarray(0, end), more, bytes.subarray(end)]);
  changed.writeUInt32LE(length + more.length, 140);
  return changed;
}

test.each<readonly [string, Uint8Array, Uint8Array, boolean]>([
  ["a preamble of its own", bytesOf("1"), withPreamble(bytesOf("1")), false],
  ["no preamble where one was registered", withPreamble(bytesOf("1")), bytesOf("1"), false],
  ["the preamble that was registered", withPreamble(bytesOf("1")), withPreamble(bytesOf("1")), true],
  ["private file meta information", bytesOf("1"), withMeta(bytesOf("1"), 0x100, "UI", "2.25.9\0\0"), false],
  ["another element twice", bytesOf("1"), withMeta(bytesOf("1"), 0x13, "SH", "OTHER\0"), false],
  ["a title as long as a text", bytesOf("1"), withMeta(bytesOf("1"), 0x18, "AE", script.padEnd(80)), false],
  ["the AE title of who sent it there", bytesOf("1"), withMeta(bytesOf("1"), 0x16, "AE", "ARCHIVE "), true],
])(
  "of an object to which the PACS gives, beside the same data set, %s, the bytes go only when nothing is lost",
  async (_, registered, held, goes) => {
    const { pacs, take, sweep, here, row } = await behind();
    const digests = await take(registered);
    await pacs.store(held);
    await sweep();
    expect(here()).toEqual(goes ? [] : digests);
    if (!goes) expect(row()).toMatchObject({ lastError: { code: "PACS_COPY_CHANGED" }, releases: { altered: 1 } });
  },
);

test("what is altered is told once, by a code, and asked for again: it goes when it was put right", async () => {
  const { pacs, node, take, sweep, here, row } = await behind();
  await take(bytesOf("1"));
  await pacs.store(bytesOf("1", {}, otherPixels));
  await sweep();
  await sweep();
  expect(row()).toMatchObject({ refused: 1, lastError: { code: "PACS_COPY_ALTERED" } });
  expect(node.connections.refusals().map(({ code }) => code)).toEqual(["PACS_COPY_ALTERED"]);
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(here()).toEqual([]);
  expect(row()).toMatchObject({ releases: { waiting: 0, altered: 0, kept: 0 } });
});

test("an earlier version stays where the PACS holds the later one", async () => {
  const { pacs, take, sweep, here, row } = await behind();
  const [first = ""] = await take(bytesOf("1"));
  await take(bytesOf("1", { InstitutionName: "Elsewhere" }));
  await pacs.store(bytesOf("1", { InstitutionName: "Elsewhere" }));
  await sweep();
  expect(here()).toEqual([first]);
  expect(row()).toMatchObject({ releases: { waiting: 0, altered: 0, kept: 1 }, refused: 0 });
});

test("what is too large to be fetched again stays", async () => {
  const { pacs, take, sweep, here, row } = await behind({ spoolBytes: 1000 });
  await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(here()).toHaveLength(1);
  expect(row()).toMatchObject({ releases: { kept: 1 } });
});

test("while the PACS is down all stays, which is told; when it is back, it goes on by itself", async () => {
  const { pacs, take, sweep, here, row } = await behind();
  await take(bytesOf("1"), bytesOf("2"));
  for (const object of ["1", "2"]) await pacs.store(bytesOf(object));
  await pacs.stop();
  await sweep();
  expect(here()).toHaveLength(2);
  expect(row()).toMatchObject({
    state: "failed",
    lastError: { code: "PACS_UNREACHABLE" },
    releases: { waiting: 2, altered: 0, kept: 0 },
  });
  await pacs.start();
  await sweep();
  expect(here()).toEqual([]);
  expect(row()).toMatchObject({ state: "works", releases: { waiting: 0 } });
});

test("what comes again after it was released is held against the PACS again, and never gone unseen", async () => {
  const { pacs, node, take, sweep, here } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  await sweep();
  pacs.clear();
  expect(await take(bytesOf("1"))).toEqual([digest]);
  expect(node.objects.isReleased(digest)).toBe(false);
  await sweep();
  expect(here()).toEqual([digest]);
  await pacs.store(bytesOf("1"));
  await sweep();
  expect([here(), node.objects.isReleased(digest)]).toEqual([[], true]);
});

test("a mark from before says nothing of bytes that are here: they are asked for before they go", async () => {
  const scratch = scratchNode();
  const first = await behind({}, scratch);
  const [digest = ""] = await first.take(bytesOf("1"));
  // Killed after the mark, before the bytes went.
  const bytes = readFileSync(first.node.objects.pathOf(digest));
  first.node.objects.release([digest]);
  writeFileSync(first.node.objects.pathOf(digest), bytes);
  const second = await behind({}, scratch);
  await second.sweep();
  expect(second.here()).toEqual([digest]);
  expect(second.pacs.asked.some((path) => path.includes("/instances/"))).toBe(true);
  await second.pacs.store(bytesOf("1"));
  await second.sweep();
  expect([second.here(), second.node.objects.isReleased(digest)]).toEqual([[], true]);
});

test("what is not registered stays, whatever the PACS has", async () => {
  const { scratch, pacs, node, sweep, here } = await behind();
  const path = join(scratch.folder, "waiting.dcm");
  writeFileSync(path, bytesOf("1"));
  const intake = node.openIntake();
  await intake.take({ path });
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(here()).toHaveLength(1);
  expect(pacs.asked.filter((asked) => asked.includes("/instances/"))).toEqual([]);
  await intake.settle();
  await sweep();
  expect(here()).toEqual([]);
});

test("what went is no loss to a backup, which knows that it went", async () => {
  const { scratch, pacs, node, take, sweep } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await take(bytesOf("2"));
  const where = join(scratch.folder, "backup");
  expect(await node.operations.backUp(where)).toMatchObject({ objects: 2, damaged: [] });
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(await node.operations.backUp(where)).toMatchObject({ objects: 1, damaged: [] });
  await scratch.close();
  const data = join(scratch.folder, "restored");
  expect(await restore(where, { data, keys: scratch.keys })).toMatchObject({ keys: "whole", damaged: [] });
  const restored = await openNode({ data, keys: scratch.keys, threads: 1 });
  onTestFinished(() => restored.close());
  expect(restored.objects.isReleased(digest)).toBe(true);
  expect(await restored.audit()).toMatchObject({ ok: true });
});

test("nothing goes while a backup is under way", async () => {
  const { scratch, pacs, node, clock, take, here } = await behind();
  await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  const copied = Promise.withResolvers<void>();
  const backUpReleased = vi.spyOn(node.objects, "backUpReleased").mockReturnValue(copied.promise);
  const backup = node.operations.backUp(join(scratch.folder, "backup"));
  await soon(() => expect(backUpReleased).toHaveBeenCalled());
  const releasing = node.startReleasing(clock);
  onTestFinished(() => releasing?.close());
  await soon(() => expect(pacs.asked.some((path) => path.includes("/instances/"))).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(here()).toHaveLength(1);
  copied.resolve();
  expect(await backup).toMatchObject({ objects: 1, damaged: [] });
  await soon(() => expect(here()).toEqual([]));
});

test("nothing goes while somebody reads it", async () => {
  const { pacs, node, take, sweep, here } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  const version = await registeredUnder(node.vault, node.logs, digest);
  const file = await node.objectReader.open(version as NonNullable<typeof version>);
  await sweep();
  expect(here()).toEqual([digest]);
  file.letGo();
  await sweep();
  expect(here()).toEqual([]);
});

test("who destroys what went is told that the PACS has it, and nothing of it stays here", async () => {
  const { scratch, pacs, node, take, sweep } = await behind();
  const [digest = ""] = await take(bytesOf("1"));
  await pacs.store(bytesOf("1"));
  await sweep();
  const approvers = [
    await member(scratch, node, "dora", "data-steward"),
    await member(scratch, node, "dan", "data-steward"),
  ];
  const [study = ""] = node.vault.findStudies({ patientId: "P1" }).map((found) => found.study);
  const { survivors } = await node.operations.planDestruction([study]);
  expect(survivors).toContainEqual(expect.objectContaining({ kind: "pacs", where: new URL(pacs.url).host }));
  await node.operations.destroy([study], "entered-in-error", approvers);
  expect([node.objects.isReleased(digest), await node.audit()]).toMatchObject([false, { ok: true }]);
});

test.each<readonly [string, (response: ServerResponse) => void]>([
  ["gives no DICOM", (response) => response.writeHead(200, { "content-type": "application/dicom" }).end("no object")],
  ["fails", (response) => response.writeHead(500).end("trace")],
  ["leads elsewhere", (response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end()],
])("for one object at which the PACS %s the others go on", async (_, answer) => {
  const { pacs, node, take, sweep, here, row } = await behind();
  const [first = ""] = await take(bytesOf("1"));
  await take(bytesOf("2"));
  for (const object of ["1", "2"]) await pacs.store(bytesOf(object));
  pacs.instead = (request, response) => {
    if (request.url?.endsWith(".1.1") === true) answer(response);
    return response.headersSent;
  };
  await sweep();
  expect(here()).toEqual([first]);
  expect(row()).toMatchObject({ state: "works", releases: { waiting: 1, altered: 0 } });
  expect(readdirSync(join(node.objects.folder, "incoming"))).toEqual([]);
});

test("a PACS that says nothing more is told as one that does not answer, and nothing goes", async () => {
  const { pacs, take, sweep, here, row } = await behind();
  await take(bytesOf("1"));
  pacs.instead = (request) => request.url?.includes("/instances/") === true;
  await sweep();
  expect(here()).toHaveLength(1);
  expect(row()).toMatchObject({ state: "failed", lastError: { code: "PACS_UNREACHABLE" } });
});
