// Whoever reads what the PACS keeps gets it from there, checked first; what has changed there is not shown, and what cannot be had is told.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { StudyDetail } from "@fiducial/api";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, onTestFinished, test } from "vitest";
import { codeOf, type DicomWebHospital, dicomWebHospital, partsOf } from "../scratch/dicom-web.ts";
import { type FalsePacs, falsePacs } from "../scratch/false-pacs.ts";
import { handClock } from "../scratch/hand-clock.ts";
import { coe } from "../scratch/scratch-hospital.ts";
import { soon } from "../scratch/scratch-server.ts";
import type { PacsOptions } from "./pacs-options.ts";

const all = 'multipart/related; type="application/dicom"; transfer-syntax=*';

interface Behind extends DicomWebHospital {
  readonly pacs: FalsePacs;
  /** Asks for the first object as the page does. */
  object(): Promise<Response>;
  /** A copy of the first object that differs so. */
  otherwise(attributes: object, pixels?: Uint16Array): Uint8Array;
}

/** A hospital whose first patient's study was released to its PACS. */
async function behind(options: Partial<PacsOptions> = {}): Promise<Behind> {
  const pacs = await falsePacs();
  const hospital = await dicomWebHospital(
    {},
    { pacs: { qidoUrl: pacs.url, wadoUrl: pacs.url, idleMs: 300, ...options } },
  );
  const { node, bytes, study, base, get, attributes, uids } = hospital;
  for (const object of bytes) await pacs.store(object);
  const clock = handClock();
  const releasing = node.startReleasing(clock);
  await soon(() => expect(clock.waiting()).toBe(1));
  await releasing?.close();
  expect([...node.objects.digests()]).toHaveLength(coe.objects);
  pacs.asked.length = 0;
  const api = base.replace("/dicomweb", "/api/v1");
  const { seriesList } = (await (await get(`${api}/studies/${study}`)).json()) as StudyDetail;
  const place = seriesList[0]?.objects.find((_, at) => at === 0);
  return {
    ...hospital,
    pacs,
    object: () => get(`${api}/studies/${study}/objects/${place?.statementId}/${place?.item}`),
    otherwise: (changed, pixels) =>
      smallObject({
        seed: `${uids.study}-0.dcm`,
        attributes: { ...attributes, SOPInstanceUID: uids.instance, ...changed },
        ...(pixels === undefined ? {} : { pixels }),
      }),
  };
}

const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

test("every reader is given what the PACS keeps, byte for byte", async () => {
  const { get, addresses, bytes, object } = await behind();
  const page = await object();
  expect([page.status, page.headers.get("fiducial-verdict")]).toEqual([200, "identical"]);
  expect(bytes).toContainEqual(await bodyOf(page));
  const parts = await partsOf(await get(addresses.study, all));
  expect(parts.map(({ body }) => body).sort(Buffer.compare)).toEqual(bytes.toSorted(Buffer.compare));
  expect(await bodyOf(await get(addresses.instance, "application/dicom; transfer-syntax=*"))).toEqual(bytes[0]);
  expect(await (await get(`${addresses.series}/metadata`)).json()).toHaveLength(bytes.length);
  const frame = await bodyOf(await get(`${addresses.instance}/frames/1`, "application/octet-stream"));
  expect(bytes[0]?.subarray(-512)).toEqual(frame);
  expect((await get(`${addresses.instance}/rendered`)).status).toBe(200);
  expect((await get(`${addresses.study}/thumbnail`)).status).toBe(200);
  const pixels = await get(`${addresses.instance}/bulkdata/7FE00010`, "application/octet-stream");
  expect(await bodyOf(pixels)).toEqual(frame);
});

test("what is read again soon is fetched once", async () => {
  const { get, addresses, pacs, node, bytes } = await behind();
  const folder = join(node.objects.folder, "incoming");
  const answers = await Promise.all([1, 2, 3].map(() => get(`${addresses.instance}/frames/1`)));
  for (const answer of answers) await answer.arrayBuffer();
  expect(pacs.asked.filter((path) => path.includes("/instances/"))).toHaveLength(1);
  expect(readdirSync(folder)).toHaveLength(1);
  await (await get(addresses.study, all)).arrayBuffer();
  expect(readdirSync(folder)).toHaveLength(bytes.length);
});

test("copies take no more room than they are given: the longest unread make way", async () => {
  const { get, addresses, node, bytes } = await behind({ spoolBytes: 2.5 * 3000 });
  const size = bytes[0]?.length ?? 0;
  expect([size > 1250, size < 3000]).toEqual([true, true]);
  const answer = await get(addresses.study, all);
  expect(await partsOf(answer)).toHaveLength(bytes.length);
  expect(readdirSync(join(node.objects.folder, "incoming")).length).toBeLessThan(bytes.length + 1);
});

test("a harmless coercion passes, and is said", async () => {
  const { get, addresses, pacs, object, otherwise } = await behind();
  const coerced = otherwise({ RetrieveAETitle: "ARCHIVE" });
  await pacs.store(coerced);
  const answer = await get(addresses.instance, "application/dicom; transfer-syntax=*");
  expect([answer.status, answer.headers.get("fiducial-verdict")]).toEqual([200, "header-changed"]);
  expect(answer.headers.get("content-length")).toBe(String(coerced.length));
  expect(await bodyOf(answer)).toEqual(Buffer.from(coerced));
  const verdicts = await Promise.all([
    object(),
    get(`${addresses.instance}/frames/1`),
    get(`${addresses.instance}/rendered`),
  ]);
  expect(verdicts.map(({ headers }) => headers.get("fiducial-verdict"))).toContain("header-changed");
});

const otherPixels = Uint16Array.from({ length: 256 }, (_, at) => 4095 - at);
describe("what the PACS has changed is not shown", () => {
  test("nor what stands before the data set, which no fingerprint covers", async () => {
    const { code: codeAt, addresses, pacs, bytes } = await behind();
    const [first = Buffer.alloc(0)] = bytes;
    await pacs.store(Buffer.concat([Buffer.from("MZ <html><script>".padEnd(128, "\0")), first.subarray(128)]));
    expect(await codeAt(addresses.instance, all)).toEqual([502, "PACS_COPY_CHANGED"]);
  });

  test.each([
    ["PACS_COPY_ALTERED", {}, otherPixels],
    ["PACS_COPY_CHANGED", { PatientName: "Another^Name" }, undefined],
  ] as const)("%s", async (code, changed, pixels) => {
    const { get, code: codeAt, addresses, pacs, node, otherwise } = await behind();
    await pacs.store(otherwise(changed, pixels));
    for (const what of ["", "/frames/1", "/rendered", "/metadata"])
      expect(await codeAt(`${addresses.instance}${what}`)).toEqual([502, code]);
    expect(node.connections.list().find(({ type }) => type === "pacs")).toMatchObject({
      refused: 1,
      lastError: { code },
    });
    // In the middle of an answer it cuts that off.
    const whole = await get(addresses.study, all)
      .then(partsOf)
      .catch(() => "broken off");
    expect(whole === "broken off" || (Array.isArray(whole) && whole.length === 0)).toBe(true);
    expect(readdirSync(join(node.objects.folder, "incoming")).length).toBeLessThan(3);
  });

  test("another object under its UIDs, or nothing, is not it either", async () => {
    const { code, addresses, pacs, bytes } = await behind();
    pacs.instead = (request, response) => {
      if (request.url?.includes("/instances/") !== true) return false;
      response.writeHead(200, { "content-type": "application/dicom" }).end(bytes[1]);
      return true;
    };
    expect(await code(addresses.instance)).toEqual([502, "PACS_COPY_ALTERED"]);
    pacs.instead = undefined;
    pacs.clear();
    expect(await code(addresses.instance)).toEqual([502, "PACS_COPY_MISSING"]);
  });
});

test("a PACS that is down is told, everything else goes on, and it is back by itself", async () => {
  const { code, get, addresses, base, study, pacs, node, object } = await behind();
  await pacs.stop();
  for (const what of ["", "/frames/1", "/rendered", "/metadata"])
    expect(await code(`${addresses.instance}${what}`)).toEqual([503, "PACS_UNREACHABLE"]);
  const answer = await object();
  expect(answer.headers.get("retry-after")).toBe("30");
  expect(await codeOf(answer)).toEqual([503, "PACS_UNREACHABLE"]);
  expect(node.connections.list()).toContainEqual(expect.objectContaining({ type: "pacs", state: "failed" }));
  expect((await get(`${base.replace("/dicomweb", "/api/v1")}/studies/${study}`)).status).toBe(200);
  expect((await get(`${base}/studies`)).status).toBe(200);
  expect((await get(`${base}/studies/${coe.studyUid}`, all)).status).toBe(200);
  await pacs.start();
  expect(await code(addresses.instance)).toEqual([200, undefined]);
  expect(node.connections.list()).toContainEqual(expect.objectContaining({ type: "pacs", state: "works" }));
});

test("a search is answered from here; the PACS tells which objects can be had", async () => {
  const { get, addresses, base, pacs } = await behind();
  const availability = async (address: string) => {
    const rows = (await (await get(address)).json()) as Record<string, { Value?: string[] }>[];
    return [...new Set(rows.map((row) => row["00080056"]?.Value?.[0]))].sort();
  };
  const instances = `${addresses.study}/instances?includefield=InstanceAvailability`;
  expect(await availability(instances)).toEqual(["ONLINE"]);
  expect(pacs.asked).toEqual([expect.stringMatching(/\/studies\/[\d.]+\/instances$/)]);
  pacs.clear();
  expect(await availability(instances)).toEqual(["UNAVAILABLE"]);
  await pacs.stop();
  expect(await availability(instances)).toEqual(["OFFLINE"]);
  pacs.asked.length = 0;
  await (await get(`${addresses.study}/instances`)).json();
  expect(await availability(`${base}/instances?PatientID=${coe.patientId}&includefield=InstanceAvailability`)).toEqual([
    "ONLINE",
  ]);
  expect(pacs.asked).toEqual([]);
});

test("what only the PACS has is neither found nor given", async () => {
  const { code, get, base, pacs } = await behind();
  const uid = "2.25.4242";
  await pacs.store(smallObject({ attributes: { StudyInstanceUID: uid } }));
  expect(await (await get(`${base}/studies?StudyInstanceUID=${uid}`)).json()).toEqual([]);
  expect(await code(`${base}/studies/${uid}`)).toEqual([404, "INSTANCES_UNKNOWN"]);
  expect(pacs.asked).toEqual([]);
});

test("what is shown of it is recorded as any other read", async () => {
  const { get, addresses, node, study } = await behind();
  const size = node.store.head().edge.size;
  await (await get(addresses.instance, all)).arrayBuffer();
  await node.projector.caughtUp(node.store.head().edge.size);
  expect(node.store.head().edge.size).toBeGreaterThan(size);
  expect(node.projection.access.reads({ study, limit: 10 })).toContainEqual(expect.objectContaining({ study }));
});

test("without its PACS a node says that the bytes are not kept here", async () => {
  const { scratch, node, uids } = await behind();
  const [digest = ""] = node.vault
    .findStudies({ label: "studyUid", value: uids.study })
    .flatMap(({ study }) =>
      node.vault
        .statementsOf(study)
        .flatMap((id) => [...node.vault.manifest(id)].map(({ value }) => (value as { file: string }).file)),
    );
  const again = await scratch.open();
  onTestFinished(() => scratch.close());
  expect([again.objects.isReleased(digest), again.objectReader.mayHave(digest)]).toEqual([true, false]);
});
