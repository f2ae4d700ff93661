// STOW-RS over HTTP: what is acknowledged is durable, each object gets its answer, and whoever sends badly leaves nothing behind. DICOM PS3.18 § 10.5.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { NodeError } from "../../../node-error.ts";
import { codeOf, type DicomWebHospital, dicomWebHospital as hospital } from "../../../scratch/dicom-web.ts";
import { rawConnection, statusAndCode } from "../../../scratch/raw-connection.ts";
import { settled } from "../../../scratch/scratch-inbox.ts";
import { soon } from "../../../scratch/scratch-server.ts";

const boundary = "of-this-test";
const contentType = `multipart/related; type="application/dicom"; boundary=${boundary}`;

function object(study: string, number: string): Buffer {
  const attributes = {
    PatientID: "P1",
    StudyInstanceUID: study,
    SeriesInstanceUID: `${study}.1`,
    SOPInstanceUID: `${study}.1.${number}`,
  };
  return Buffer.from(smallObject({ seed: `${study}-${number}`, attributes }));
}

function bodyOf(parts: readonly (Buffer | string)[], type = "application/dicom"): Buffer {
  const pieces = parts.flatMap((part) => [`--${boundary}\r\nContent-Type: ${type}\r\n\r\n`, part, "\r\n"]);
  return Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
}

async function send(
  { base, authorization }: DicomWebHospital,
  body: Buffer,
  path = "/studies",
  headers: Record<string, string> = {},
) {
  const answer = await fetch(base + path, {
    method: "POST",
    headers: { authorization, "content-type": contentType, ...headers },
    body: new Uint8Array(body),
  });
  return answer;
}

type Model = Record<string, { Value?: unknown[] }>;

async function answered(answer: Response) {
  const model = (await answer.json()) as Record<string, { Value?: Model[] }>;
  const uid = (item: Model) => item["00081155"]?.Value?.[0];
  const reason = (item: Model) => item["00081197"]?.Value?.[0];
  return {
    status: answer.status,
    stored: (model["00081199"]?.Value ?? []).map(uid),
    failed: (model["00081198"]?.Value ?? []).map((item) => [uid(item), reason(item)]),
    other: (model["0008119A"]?.Value ?? []).map(reason),
    address: (model["00081190"]?.Value as unknown[] | undefined)?.[0],
  };
}

/** Files in the store's incoming folder. */
const incoming = ({ scratch }: DicomWebHospital) => readdirSync(join(scratch.data, "objects", "incoming"));

test("objects are stored, acknowledged one by one, and registered when their study has settled", async () => {
  const web = await hospital();
  const objects = ["1", "2", "3"].map((number) => object("2.25.10", number));
  const answer = await send(web, bodyOf(objects));
  expect(answer.headers.get("content-type")).toBe("application/dicom+json");
  expect(await answered(answer)).toEqual({
    status: 200,
    stored: ["2.25.10.1.1", "2.25.10.1.2", "2.25.10.1.3"],
    failed: [],
    other: [],
    address: `${web.base}/studies/2.25.10`,
  });
  expect(web.node.inbox.standing()).toMatchObject({ objects: 3 });
  expect(incoming(web)).toEqual([]);
  expect(web.node.connections.list()).toEqual([expect.objectContaining({ type: "stow", state: "works", received: 3 })]);
  await settled(web);
  const got = await web.get(`${web.base}/studies/2.25.10/series/2.25.10.1/instances/2.25.10.1.2`, "application/dicom");
  expect(Buffer.from(await got.arrayBuffer())).toEqual(objects[1]);
  // The same again is known, and not doubled.
  expect(await answered(await send(web, bodyOf(objects)))).toMatchObject({ status: 200, failed: [] });
  await settled(web);
  const found = await web.get(`${web.base}/studies/2.25.10/instances`);
  expect(await found.json()).toHaveLength(3);
});

test("some are stored and some are not: each has its reason", async () => {
  const web = await hospital();
  const good = object("2.25.11", "1");
  const whole = object("2.25.11", "2");
  // Inside the SOP Instance UID of the data set; the file meta information has it too.
  const cut = whole.subarray(0, whole.lastIndexOf("2.25.11.1.2") + 3);
  const answer = await send(web, bodyOf([good, cut, "no DICOM", Buffer.alloc(0)]));
  expect(await answered(answer)).toEqual({
    status: 202,
    stored: ["2.25.11.1.1"],
    failed: [["2.25.11.1.2", 0xc000]],
    other: [0xc000, 0xc000],
    address: `${web.base}/studies/2.25.11`,
  });
  const [line] = web.node.connections.list();
  expect(line).toMatchObject({ received: 1, refused: 3 });
});

test("none is stored", async () => {
  const web = await hospital();
  expect(await answered(await send(web, bodyOf(["no DICOM"])))).toMatchObject({
    status: 409,
    stored: [],
    other: [0xc000],
  });
  expect(web.node.inbox.standing()).toMatchObject({ objects: 0 });
});

test("of a study that the address does not name, nothing is stored", async () => {
  const web = await hospital();
  const [ours, others] = [object("2.25.12", "1"), object("2.25.13", "1")];
  expect(await answered(await send(web, bodyOf([ours, others]), "/studies/2.25.12"))).toMatchObject({
    status: 202,
    stored: ["2.25.12.1.1"],
    failed: [["2.25.13.1.1", 0xa900]],
  });
  expect(await answered(await send(web, bodyOf([others]), "/studies/2.25.12"))).toMatchObject({ status: 409 });
  expect(web.node.inbox.standing()).toMatchObject({ objects: 1 });
  expect(incoming(web)).toEqual([]);
});

describe("what is refused as a whole", () => {
  test("media types, boundaries and addresses that are none", async () => {
    const web = await hospital();
    const body = bodyOf([object("2.25.14", "1")]);
    const outcome = async (headers: Record<string, string>, path?: string, sent = body) =>
      codeOf(await send(web, sent, path, headers));
    const of = (text: string) => ({ "content-type": text });
    expect(await outcome(of('multipart/related; type="application/dicom+json"; boundary=x'))).toEqual([
      415,
      "MEDIA_TYPE_UNSUPPORTED",
    ]);
    expect(await outcome(of("application/dicom"))).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
    expect(await outcome(of("application/json"))).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
    expect(await outcome(of('multipart/related; type="application/dicom"'))).toEqual([400, "MULTIPART_INVALID"]);
    expect(await outcome(of(`multipart/related; boundary=${"x".repeat(80)}`))).toEqual([400, "MULTIPART_INVALID"]);
    expect(await outcome({ accept: "application/dicom+xml" })).toEqual([406, "NOT_ACCEPTABLE"]);
    expect(await outcome({}, "/studies/..%2f..")).toEqual([400, "REQUEST_INVALID"]);
    expect(await outcome({}, undefined, Buffer.from(`--${boundary}--`))).toEqual([400, "MULTIPART_INVALID"]);
    expect(await outcome({}, undefined, bodyOf(["x"], "text/html"))).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
    expect(await outcome({}, undefined, Buffer.from("no multipart at all"))).toEqual([400, "UPLOAD_BROKEN_OFF"]);
    const long = Buffer.from(`--${boundary}\r\nX: ${"x".repeat(20_000)}\r\n\r\n\r\n--${boundary}--`);
    expect(await outcome({}, undefined, long)).toEqual([413, "REQUEST_TOO_LARGE"]);
    expect(web.node.inbox.standing()).toMatchObject({ objects: 0 });
    expect(incoming(web)).toEqual([]);
  });

  test("a body without its end: what came whole is kept, the part in the middle goes", async () => {
    const web = await hospital();
    const body = bodyOf([object("2.25.15", "1"), object("2.25.15", "2")]);
    expect(await codeOf(await send(web, body.subarray(0, body.length - 100)))).toEqual([400, "UPLOAD_BROKEN_OFF"]);
    await soon(() => expect(web.node.inbox.standing()).toMatchObject({ objects: 1 }));
    expect(incoming(web)).toEqual([]);
    expect(web.node.connections.list()[0]).toMatchObject({ state: "failed", lastError: { code: "UPLOAD_BROKEN_OFF" } });
    expect(await answered(await send(web, body))).toMatchObject({ status: 200 });
    await settled(web);
    expect(await (await web.get(`${web.base}/studies/2.25.15/instances`)).json()).toHaveLength(2);
  });

  test("a sender that goes away in the middle", async () => {
    const web = await hospital();
    const body = bodyOf([object("2.25.16", "1"), object("2.25.16", "2")]);
    const { socket, write } = sending(web, body.length);
    write(body.subarray(0, body.length - 100).toString("latin1"));
    await soon(() => expect(web.node.inbox.standing()).toMatchObject({ objects: 1 }));
    socket.destroy();
    await soon(() => expect(incoming(web)).toEqual([]));
    await soon(() => expect(web.node.connections.list()[0]).toMatchObject({ state: "failed" }));
    expect(web.node.inbox.standing()).toMatchObject({ objects: 1 });
  });

  test("a sender that says nothing for long, in a part and between parts", async () => {
    const web = await hospital({ fileIdleMs: 100 });
    for (const length of [40, 400]) {
      const { answer, write } = sending(web, 100_000);
      write(
        bodyOf([object("2.25.17", "1")])
          .subarray(0, length)
          .toString("latin1"),
      );
      expect(statusAndCode(await answer)).toEqual([408, "REQUEST_TIMED_OUT"]);
    }
    await soon(() => expect(incoming(web)).toEqual([]));
    expect(web.node.inbox.standing()).toMatchObject({ objects: 0 });
  });

  test("a sender that goes on behind the end is answered", async () => {
    const web = await hospital({ fileIdleMs: 600_000 });
    const body = bodyOf([object("2.25.20", "1")]).toString("latin1");
    const { answer, write } = sending(web, 100_000_000);
    write(body);
    await soon(() => expect(web.node.inbox.standing()).toMatchObject({ objects: 1 }));
    // Once only: whoever writes when the connection is closed already is told so before the answer is read.
    write("x".repeat(8192));
    expect(statusAndCode(await answer)).toEqual([200, undefined]);
  });

  test("a sender whose bytes come too slowly", async () => {
    const web = await hospital({ slowMs: 100, slowBytes: 100_000 });
    const { answer, socket, write } = sending(web, 100_000);
    write(bodyOf(["x"]).subarray(0, 60).toString("latin1"));
    const more = setInterval(() => socket.writable && write("x"), 10);
    onTestFinished(() => clearInterval(more));
    expect(statusAndCode(await answer)).toEqual([408, "REQUEST_TIMED_OUT"]);
    await soon(() => expect(incoming(web)).toEqual([]));
  });

  test("one sender does not take all places", async () => {
    const web = await hospital({ uploads: 4 });
    for (let time = 0; time < 2; time++) sending(web, 100_000).write(bodyOf(["x"]).subarray(0, 60).toString("latin1"));
    await soon(async () => expect(await codeOf(await send(web, bodyOf(["x"])))).toEqual([429, "TOO_MANY_UPLOADS"]));
  });

  test("parts that are too large, bodies that find no room, senders that are too many", async () => {
    const web = await hospital({ fileBytes: 100_000, waitingBytes: 150_000, uploads: 1 });
    const large = Buffer.alloc(100_001);
    expect(await codeOf(await send(web, bodyOf([large])))).toEqual([413, "REQUEST_TOO_LARGE"]);
    const first = sending(web, 100_000);
    first.write(bodyOf(["x"]).subarray(0, 60).toString("latin1"));
    await soon(async () => expect(await codeOf(await send(web, bodyOf(["x"])))).toEqual([429, "TOO_MANY_UPLOADS"]));
    first.socket.destroy();
    await soon(async () => expect((await send(web, bodyOf(["x"]))).status).toBe(409));
    const narrow = await hospital({ waitingBytes: 5000 });
    expect(await codeOf(await send(narrow, bodyOf([Buffer.alloc(6000)])))).toEqual([503, "INTAKES_FULL"]);
    expect(incoming(narrow)).toEqual([]);
  });
});

describe("when the node fails", () => {
  test("at all of them, the answer is the problem", async () => {
    const web = await hospital();
    vi.spyOn(web.node.inbox, "receive").mockRejectedValue(new NodeError("NODE_STOPPED"));
    expect((await send(web, bodyOf([object("2.25.18", "1")]))).status).toBeGreaterThanOrEqual(500);
  });

  test("at one of them, the others are acknowledged, and that one is not", async () => {
    const web = await hospital();
    vi.spyOn(web.node.inbox, "receive").mockRejectedValueOnce(Object.assign(new Error("full"), { code: "ENOSPC" }));
    const answer = await send(web, bodyOf([object("2.25.19", "1"), object("2.25.19", "2")]));
    expect(await answered(answer)).toMatchObject({
      status: 202,
      stored: ["2.25.19.1.2"],
      failed: [["2.25.19.1.1", 0xa700]],
    });
  });

  test("nothing is acknowledged before it is durable", async () => {
    const web = await hospital();
    const { receive } = web.node.inbox;
    const { promise, resolve } = Promise.withResolvers<void>();
    vi.spyOn(web.node.inbox, "receive").mockImplementation(async (file) => {
      const received = await receive(file);
      await promise;
      return received;
    });
    let isAnswered = false;
    const answer = send(web, bodyOf([object("2.25.20", "1")])).then((got) => {
      isAnswered = true;
      return got;
    });
    await soon(() => expect(web.node.inbox.standing()).toMatchObject({ objects: 1 }));
    expect(isAnswered).toBe(false);
    resolve();
    expect((await answer).status).toBe(200);
  });
});

test("many parts are under way at a time, and no more than a few", async () => {
  const web = await hospital();
  const { receive } = web.node.inbox;
  let [underWay, most] = [0, 0];
  vi.spyOn(web.node.inbox, "receive").mockImplementation(async (file) => {
    most = Math.max(most, ++underWay);
    return receive(file).finally(() => underWay--);
  });
  const objects = Array.from({ length: 40 }, (_, at) => object("2.25.21", String(at)));
  expect(await answered(await send(web, bodyOf(objects)))).toMatchObject({ status: 200, stored: { length: 40 } });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(16);
  expect([...web.node.objects.digests()]).toHaveLength(6 + 40);
});

/** Begins a request by hand. */
function sending({ base, authorization }: DicomWebHospital, length: number) {
  const { host } = new URL(base);
  const raw = rawConnection(base);
  raw.socket.write(
    `POST /dicomweb/studies HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nContent-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n`,
  );
  return { ...raw, write: (text: string) => void raw.socket.write(Buffer.from(text, "latin1")) };
}
