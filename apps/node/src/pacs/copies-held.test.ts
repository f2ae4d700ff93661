// What a PACS gives of an object decides whether the bytes here may go: only when it is what was registered, and nothing of it is lost.
import { readdirSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { behind, bytesOf } from "../scratch/node-before-pacs.ts";

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
  const [{ study = "" } = {}] = node.projection.imaging.studies({ limit: 1 }) as { study?: string }[];
  const differing = { digest: here()[0], study, code: "PACS_COPY_ALTERED" };
  expect(row()).toMatchObject({ differing: [differing], releases: { altered: 1 } });
  await pacs.store(bytesOf("1"));
  await sweep();
  expect(here()).toEqual([]);
  expect(row()).toMatchObject({ differing: [], releases: { waiting: 0, altered: 0, kept: 0 } });
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
