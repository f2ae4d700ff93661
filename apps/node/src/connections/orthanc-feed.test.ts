// An Orthanc feed against a server that says what a test wants: what is new is taken once, whatever breaks in between.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { falseOrthanc } from "../scratch/false-orthanc.ts";
import { bytesOf, follow } from "../scratch/followed-orthanc.ts";
import { openScratchInbox, registeredOf, settled, uidsOf } from "../scratch/scratch-inbox.ts";

test("what is new is taken in and registered once, page after page", async () => {
  const inbox = await openScratchInbox();
  const orthanc = await falseOrthanc();
  for (let at = 0; at < 1200; at++) orthanc.add(`a${at}`);
  for (const object of ["1", "2", "3", "4", "5"]) orthanc.add(`b${object}`, bytesOf("1", object));
  const { ask, standing } = follow(inbox.node, { url: orthanc.url });
  for (let pages = 0; pages < 13; pages++) await ask();
  orthanc.add("b6", bytesOf("1", "6"));
  await ask();
  expect(standing()).toMatchObject({ received: 6, refused: 0, state: "works", type: "orthanc" });
  await settled(inbox);
  expect(registeredOf(inbox, "1")).toEqual(uidsOf("1", "1", "2", "3", "4", "5", "6"));
  expect(readdirSync(join(inbox.scratch.data, "objects", "incoming"))).toEqual([]);
});

test("it goes on where it stopped, and reads an Orthanc that was begun anew from its beginning", async () => {
  const { node, scratch } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  for (const object of ["1", "2"]) orthanc.add(`b${object}`, bytesOf("1", object));
  const first = follow(node, { url: orthanc.url });
  await first.idle();
  await first.feed.close();
  const again = await openScratchInbox({ scratch });
  orthanc.asked.length = 0;
  orthanc.add("b3", bytesOf("1", "3"));
  const second = follow(again.node, { url: orthanc.url });
  await second.idle();
  expect(orthanc.asked.filter((path) => path.startsWith("/instances"))).toEqual(["/instances/b3/file"]);
  orthanc.reset();
  for (const object of ["4", "5", "6", "7"]) orthanc.add(`c${object}`, bytesOf("1", object));
  await second.ask();
  await second.ask();
  expect(second.standing()).toMatchObject({ received: 7, state: "works" });
  await settled(again);
  expect(registeredOf(again, "1")).toEqual(uidsOf("1", "1", "2", "3", "4", "5", "6", "7"));
});

test("a cursor that was damaged costs a second reading", async () => {
  const { node, scratch } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  orthanc.add("b1", bytesOf("1", "1"));
  const { feed, idle } = follow(node, { url: orthanc.url });
  await idle();
  await feed.close();
  writeFileSync(join(scratch.data, "feeds", "orthanc~main.json"), "{");
  const again = follow(node, { url: orthanc.url });
  await again.idle();
  expect(again.standing()).toMatchObject({ received: 2, state: "works" });
});

test("the cursor waits for what is not durable", async () => {
  const inbox = await openScratchInbox();
  const { node } = inbox;
  const orthanc = await falseOrthanc();
  for (const object of ["1", "2", "3"]) orthanc.add(`b${object}`, bytesOf("1", object));
  const full = vi.spyOn(node.objects, "flush").mockRejectedValue(Object.assign(new Error("full"), { code: "ENOSPC" }));
  const { ask, idle, standing } = follow(node, { url: orthanc.url });
  await idle();
  expect(standing()).toMatchObject({ received: 0, state: "failed", lastError: { code: "OBJECT_NO_ROOM" } });
  expect(readdirSync(join(inbox.scratch.data, "feeds"))).toEqual([]);
  full.mockRestore();
  await ask();
  expect(standing()).toMatchObject({ received: 3, state: "works" });
});

test("what is refused, too large or gone is passed over, and the rest goes on", async () => {
  const { node } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  orthanc.add("b1", new TextEncoder().encode("no object"));
  orthanc.add("b2", new Uint8Array(50_000));
  orthanc.add("b3", bytesOf("1", "3"));
  orthanc.remove("b3");
  orthanc.add("b4", bytesOf("1", "4"));
  const { ask, standing } = follow(node, { url: orthanc.url, mostBytes: 40_000 });
  await ask();
  expect(standing()).toMatchObject({ received: 1, refused: 2, state: "works" });
  expect(new Set(node.connections.refusals().map(({ code }) => code))).toEqual(
    new Set(["NOT_DICOM", "OBJECT_TOO_LARGE"]),
  );
});

test("a connection that breaks in the middle of an object leaves nothing, and the object is fetched again", async () => {
  const { node, scratch } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  const bytes = bytesOf("1", "1");
  orthanc.add("b1", bytes);
  orthanc.instead = ({ url = "" }, response) => {
    if (!url.startsWith("/instances")) return false;
    response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, 500), () => response.destroy());
    return true;
  };
  const { ask, idle, standing } = follow(node, { url: orthanc.url });
  await idle();
  expect(standing()).toMatchObject({
    received: 0,
    refused: 0,
    state: "failed",
    lastError: { code: "FEED_UNREACHABLE" },
  });
  expect(readdirSync(join(scratch.data, "objects", "incoming"))).toEqual([]);
  orthanc.instead = undefined;
  await ask();
  expect(standing()).toMatchObject({ received: 1, state: "works" });
});

test("user and password are sent, and failing askings come rarer and rarer", async () => {
  const { node } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  const sent = new Set<string | undefined>();
  orthanc.instead = ({ headers }, response) => {
    sent.add(headers.authorization);
    response.writeHead(401).end();
    return true;
  };
  const { clock, idle } = follow(node, { url: orthanc.url, user: "fiducial", password: "s:cret" });
  const delays: number[] = [];
  for (let at = 0; at < 10; at++) {
    await idle();
    delays.push(clock.nextMs());
    clock.advance(clock.nextMs());
  }
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1000));
  expect([...sent]).toEqual([`Basic ${Buffer.from("fiducial:s:cret").toString("base64")}`]);
});
