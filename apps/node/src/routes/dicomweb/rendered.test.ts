// Pictures over HTTP: as large, as windowed and as encoded as they are asked for. DICOM PS3.18 § 8.3.5, § 10.4.1.1.3.
import Fastify from "fastify";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { expect, onTestFinished, test } from "vitest";
import { dicomWebHospital as hospital } from "../../scratch/dicom-web.ts";
import { soon } from "../../scratch/scratch-server.ts";
import { sendRendered } from "./rendered.ts";
import type { PictureReader, RenderingPool } from "./rendering/rendering-pool.ts";

const png = "image/png";

async function pictureOf(answer: Response) {
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get("content-type");
  const { width, height, data } = type === png ? PNG.sync.read(bytes) : jpeg.decode(bytes);
  const grey = (x: number, y: number) => data[4 * (y * width + x)] as number;
  return { type, width, height, data, grey };
}

test("a frame is drawn: as JPEG unless PNG is liked more, in the size and the window asked for", async () => {
  const { get, addresses, code } = await hospital();
  const rendered = `${addresses.instance}/rendered`;
  expect(await pictureOf(await get(rendered))).toMatchObject({ type: "image/jpeg", width: 16, height: 16 });
  expect(await pictureOf(await get(rendered, "image/jpeg;q=0.5, image/png"))).toMatchObject({ type: png });
  expect(await pictureOf(await get(`${addresses.instance}/frames/1/rendered`, png))).toMatchObject({ width: 16 });
  expect(await pictureOf(await get(`${rendered}?viewport=64,32`, png))).toMatchObject({ width: 32, height: 32 });
  expect(await pictureOf(await get(`${rendered}?viewport=10,10,4,4,8,8`, png))).toMatchObject({
    width: 10,
    height: 10,
  });
  expect(await pictureOf(await get(`${rendered}?viewport=8192,8192&quality=1`))).toMatchObject({
    width: 2048,
    height: 2048,
  });
  expect(await pictureOf(await get(`${addresses.study}/thumbnail`))).toMatchObject({ width: 128, height: 128 });
  expect(await pictureOf(await get(`${addresses.series}/thumbnail?viewport=8,8`))).toMatchObject({ width: 8 });
  const white = await pictureOf(await get(`${rendered}?window=-100000,1,linear`, png));
  const black = await pictureOf(await get(`${rendered}?window=100000,1,linear-exact`, png));
  expect([white.grey(3, 3), black.grey(3, 3)]).toEqual([255, 0]);
  for (const query of [
    "window=a,1",
    "window=1",
    "window=1,0",
    "window=1,2,cubic",
    "viewport=0,1",
    "viewport=1",
    "viewport=99999,1",
    "viewport=8,8,1,1",
    "quality=0",
    "quality=101",
    "viewport=8,8,0,0,-4,4",
  ])
    expect([query, await code(`${rendered}?${query}`)]).toEqual([query, [400, "REQUEST_INVALID"]]);
  expect(await code(`${rendered}?viewport=8,8,100,100,4,4`)).toEqual([404, "FRAME_UNKNOWN"]);
  expect(await code(`${addresses.instance}/frames/2/rendered`)).toEqual([404, "FRAME_UNKNOWN"]);
  expect(await code(`${addresses.instance}/frames/1,1/rendered`)).toEqual([406, "NOT_ACCEPTABLE"]);
  expect(await code(rendered, "image/gif")).toEqual([406, "NOT_ACCEPTABLE"]);
});

test("what has no pictures has none, and what cannot be decoded neither", async () => {
  const { code, base, node, scratch, attributes } = await hospital();
  const of = (number: string) => ({
    ...attributes,
    StudyInstanceUID: `2.25.${number}`,
    SOPInstanceUID: `2.25.${number}.1`,
  });
  const none = { "7FE00010": undefined };
  await node.ingest([
    scratch.file("none.dcm", { attributes: of("51"), elements: none }),
    scratch.file("odd.dcm", { attributes: { ...of("52"), BitsAllocated: 16, BitsStored: 40 } }),
  ]);
  await node.projector.caughtUp(node.store.head().edge.size);
  expect(await code(`${base}/studies/2.25.51/thumbnail`)).toEqual([406, "NOT_RENDERABLE"]);
  expect(await code(`${base}/studies/2.25.52/thumbnail`)).toEqual([406, "NOT_RENDERABLE"]);
});

test("a reader who goes leaves no picture to be made", async () => {
  const { node, addresses } = await hospital();
  const asked = Promise.withResolvers<PictureReader>();
  const pool: RenderingPool = {
    render: (_, reader) => {
      asked.resolve(reader);
      return new Promise((resolve) => reader.signal.addEventListener("abort", () => resolve(undefined)));
    },
    close: async () => {},
  };
  const app = Fastify();
  onTestFinished(() => app.close());
  app.get("/dicomweb/studies/:study/series/:series/instances/:instance/rendered", (request, reply) =>
    sendRendered(node, pool, request, reply),
  );
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const leaving = new AbortController();
  const { pathname } = new URL(addresses.instance);
  const answer = fetch(`${url}${pathname}/rendered`, { signal: leaving.signal });
  const { signal } = await asked.promise;
  expect(signal.aborted).toBe(false);
  leaving.abort();
  await expect(answer).rejects.toThrow();
  await soon(() => expect(signal.aborted).toBe(true));
});
