// WADO-RS over HTTP: what is stored comes out byte for byte, in the forms that clients accept and no other. DICOM PS3.18 § 10.4.
import { readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, test } from "vitest";
import { dicomWebHospital as hospital, partsOf } from "../../scratch/dicom-web.ts";
import { member } from "../../scratch/scratch-node.ts";
import { soon } from "../../scratch/scratch-server.ts";

const [explicit, any] = ["1.2.840.10008.1.2.1", "*"];
const dicom = (syntax?: string) =>
  `multipart/related; type="application/dicom"${syntax === undefined ? "" : `; transfer-syntax=${syntax}`}`;

describe("objects", () => {
  test.each(["instance", "series", "study"] as const)("of a %s come out as they came in", async (level) => {
    const { get, addresses, bytes } = await hospital();
    for (const accept of [dicom(), dicom(any), dicom(explicit), "*/*", undefined]) {
      const answer = await get(addresses[level], accept);
      expect(answer.status).toBe(200);
      const parts = await partsOf(answer);
      const expected = level === "instance" ? bytes.slice(0, 1) : bytes;
      expect(parts.map(({ type }) => type)).toEqual(
        expected.map(() => `application/dicom; transfer-syntax=${explicit}`),
      );
      expect(parts.map(({ body }) => body).sort(Buffer.compare)).toEqual(expected.toSorted(Buffer.compare));
    }
  });

  test("one alone comes without parts, for whoever asks so", async () => {
    const { get, addresses, bytes } = await hospital();
    const answer = await get(addresses.instance, "application/dicom; transfer-syntax=*");
    expect(answer.headers.get("content-type")).toBe(`application/dicom; transfer-syntax=${explicit}`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes[0]);
    expect((await get(addresses.series, "application/dicom")).status).toBe(406);
  });

  test("are never encoded anew, and given only in a form that is accepted", async () => {
    const { code, addresses } = await hospital();
    const jpeg = "1.2.840.10008.1.2.4.50";
    expect(await code(addresses.study, dicom(jpeg))).toEqual([406, "NOT_ACCEPTABLE"]);
    expect(await code(addresses.instance, "image/png")).toEqual([406, "NOT_ACCEPTABLE"]);
    expect(await code(addresses.instance, "application/dicom+xml")).toEqual([406, "NOT_ACCEPTABLE"]);
    expect(await code(addresses.instance, "not a type")).toEqual([400, "REQUEST_INVALID"]);
    expect(await code(addresses.instance, `${dicom(jpeg)}, ${dicom(explicit)}; q=0.5`)).toEqual([200, undefined]);
  });

  test("that are not there are told apart from those whose bytes are gone", async () => {
    const { code, addresses, base, uids, node } = await hospital();
    const series = `${base}/studies/${uids.study}/series`;
    for (const unknown of [
      `${base}/studies/1.2.3`,
      `${series}/1.2.3`,
      `${series}/${uids.series}/instances/1.2.3`,
      `${series}/1.2.3/instances/${uids.instance}`,
      `${base}/studies/1.2.3/series/${uids.series}/instances/${uids.instance}`,
    ])
      for (const what of ["", "/metadata", "/thumbnail"])
        expect(await code(unknown + what)).toEqual([404, "INSTANCES_UNKNOWN"]);
    for (const digest of node.objects.digests()) rmSync(node.objects.pathOf(digest));
    expect(await code(addresses.study)).toEqual([404, "OBJECT_NOT_STORED"]);
    expect(await code(`${addresses.instance}/frames/1`)).toEqual([404, "OBJECT_NOT_STORED"]);
  });

  test("have names of digits and dots; whatever else stands there is refused, and not repeated", async () => {
    const { get, base, uids } = await hospital();
    const odd = [
      "..%2f..%2fetc%2fpasswd",
      "..",
      "%00",
      "1.2.3%0a",
      "1..2",
      "1.2.x",
      "a",
      `1.${"2".repeat(80)}`,
      "%2e%2e",
    ];
    for (const uid of odd)
      for (const address of [`studies/${uid}`, `studies/${uids.study}/series/${uid}`, `studies/${uid}/metadata`]) {
        const answer = await get(`${base}/${address}`);
        const text = await answer.text();
        expect([uid, answer.status >= 400 && answer.status < 500]).toEqual([uid, true]);
        expect(text).not.toContain(uid.length > 3 ? uid : "passwd");
      }
  });

  test("that were destroyed are known by their UIDs no more", async () => {
    const { code, addresses, node, scratch, study } = await hospital();
    const approvers = [
      await member(scratch, node, "dora", "data-steward"),
      await member(scratch, node, "dan", "data-steward"),
    ] as const;
    expect(await code(addresses.study)).toEqual([200, undefined]);
    await node.operations.destroy([study], "entered-in-error", approvers);
    expect(await code(addresses.study)).toEqual([404, "INSTANCES_UNKNOWN"]);
    expect(await code(addresses.instance)).toEqual([404, "INSTANCES_UNKNOWN"]);
  });
});

describe("of several versions of an object", () => {
  test("the newest is given", async () => {
    const { get, addresses, node, scratch, uids, attributes } = await hospital();
    const bytes = smallObject({
      seed: "newer",
      attributes: { ...attributes, SOPInstanceUID: uids.instance, StudyDescription: "Again" },
    });
    const path = join(scratch.folder, "newer.dcm");
    writeFileSync(path, bytes);
    await node.ingest([path]);
    await node.projector.caughtUp(node.store.head().edge.size);
    const [part, ...others] = await partsOf(await get(addresses.instance));
    expect(others).toEqual([]);
    expect(part?.body).toEqual(Buffer.from(bytes));
    expect(await partsOf(await get(addresses.study))).toHaveLength(3);
  });
});

describe("metadata", () => {
  test("name every attribute, and their addresses lead to the bytes", async () => {
    const { get, addresses, uids } = await hospital();
    for (const [level, count] of [
      ["study", 3],
      ["series", 3],
      ["instance", 1],
    ] as const) {
      const answer = await get(`${addresses[level]}/metadata`, "application/dicom+json");
      expect(answer.headers.get("content-type")).toBe("application/dicom+json");
      const models = (await answer.json()) as Record<string, { vr: string; Value?: unknown[]; BulkDataURI?: string }>[];
      expect(models).toHaveLength(count);
      const model = models.find((one) => one["00080018"]?.Value?.[0] === uids.instance);
      expect(model?.["00100010"]).toEqual({ vr: "PN", Value: [{ Alphabetic: "Bergström^Anneliese" }] });
      const uri = model?.["7FE00010"]?.BulkDataURI ?? "";
      expect(uri).toBe(`${addresses.instance}/bulkdata/7FE00010`);
      const [frame] = await partsOf(await get(uri));
      expect(frame?.body).toHaveLength(16 * 16 * 2);
    }
  });

  test("come as JSON and as nothing else", async () => {
    const { code, addresses } = await hospital();
    expect(await code(`${addresses.study}/metadata`, "application/json")).toEqual([200, undefined]);
    expect(await code(`${addresses.study}/metadata`, "application/dicom+xml")).toEqual([406, "NOT_ACCEPTABLE"]);
    expect(await code(`${addresses.study}/metadata`, 'multipart/related; type="application/dicom+xml"')).toEqual([
      406,
      "NOT_ACCEPTABLE",
    ]);
  });
});

describe("frames and values", () => {
  test("come in parts or alone", async () => {
    const { get, addresses } = await hospital();
    const [part] = await partsOf(await get(`${addresses.instance}/frames/1`));
    expect(part?.type).toBe(`application/octet-stream; transfer-syntax=${explicit}`);
    const alone = await get(`${addresses.instance}/frames/1`, "application/octet-stream");
    expect(Buffer.from(await alone.arrayBuffer())).toEqual(part?.body);
    const many = Array(60).fill("1").join();
    expect(await partsOf(await get(`${addresses.instance}/frames/${many}`))).toHaveLength(60);
    const twice = await get(`${addresses.instance}/frames/1,1`);
    expect((await partsOf(twice)).map(({ body }) => body)).toEqual([part?.body, part?.body]);
    expect((await get(`${addresses.instance}/frames/1,1`, "application/octet-stream")).status).toBe(406);
    const modality = await get(`${addresses.instance}/bulkdata/00080060`, "application/octet-stream");
    expect(await modality.text()).toBe("CT");
  });

  test("that are not there", async () => {
    const { code, addresses } = await hospital();
    expect(await code(`${addresses.instance}/frames/2`)).toEqual([404, "FRAME_UNKNOWN"]);
    for (const none of ["0", "-1", "x", "1,", "1,,2", "1e3", Array(5000).fill("1").join()])
      expect((await code(`${addresses.instance}/frames/${none}`))[0]).toBeOneOf([400, 404, 431]);
    for (const none of ["00089999", "nothing", "00100010/1/00100010", ""])
      expect((await code(`${addresses.instance}/bulkdata/${none}`))[0]).toBe(404);
  });

  test("of an object that the disk has damaged", async () => {
    const { code, addresses, node } = await hospital();
    for (const digest of node.objects.digests()) writeFileSync(node.objects.pathOf(digest), "damaged");
    expect(await code(`${addresses.instance}/frames/1`)).toEqual([500, "STORED_OBJECT_UNREADABLE"]);
  });
});

test("a caller who may not, gets nothing, whatever it asks for", async () => {
  const { addresses, strange, base } = await hospital();
  const all = ["", "/metadata", "/frames/1", "/frames/1/rendered", "/rendered", "/thumbnail", "/bulkdata/00080060"];
  for (const what of all) expect(await strange("GET", addresses.instance + what)).toEqual([401, "NOT_SIGNED_IN"]);
  for (const address of [
    `${base}/studies`,
    `${base}/series`,
    `${base}/instances?PatientID=x`,
    `${addresses.study}/series`,
  ])
    expect(await strange("GET", address)).toEqual([401, "NOT_SIGNED_IN"]);
  for (const address of [`${base}/studies`, addresses.study])
    expect(await strange("POST", address)).toEqual([401, "NOT_SIGNED_IN"]);
});

test.skipIf(process.platform !== "linux")(
  "several at once, and clients that go away in the middle, leave no object open",
  async () => {
    const { get, addresses, bytes, base, node, scratch, attributes } = await hospital();
    const all = await Promise.all(Array.from({ length: 20 }, async () => partsOf(await get(addresses.study))));
    for (const parts of all) expect(parts).toHaveLength(bytes.length);
    // Larger ones are read as they go.
    const large = {
      ...attributes,
      StudyInstanceUID: "2.25.9",
      SeriesInstanceUID: "2.25.9.1",
      SOPInstanceUID: "2.25.9.1.1",
    };
    await node.ingest([scratch.file("large.dcm", { columns: 2200, rows: 2200, attributes: large })]);
    await node.projector.caughtUp(node.store.head().edge.size);
    const address = `${base}/studies/2.25.9/series/2.25.9.1/instances/2.25.9.1.1`;
    for (const what of ["", "/frames/1", "/bulkdata/7FE00010"])
      for (let time = 0; time < 3; time++) {
        const away = new AbortController();
        expect((await get(address + what, undefined, away.signal)).status).toBe(200);
        away.abort();
      }
    await soon(() => expect(openObjects()).toEqual([]));
    expect(await partsOf(await get(`${address}/frames/1`))).toHaveLength(1);
  },
);

function openObjects(): string[] {
  return readdirSync("/proc/self/fd").flatMap((name) => {
    const path = linkOf(name);
    return path?.endsWith(".dcm") === true ? [path] : [];
  });
}

function linkOf(name: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    return undefined;
  }
}
