// An Orthanc feed against a server that says what a test wants: what is new is taken once, and nothing else makes it go anywhere.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished, test, vi } from "vitest";
import type { OpenNode } from "../compose.ts";
import { type FalseOrthanc, falseOrthanc } from "../scratch/false-orthanc.ts";
import { handClock } from "../scratch/hand-clock.ts";
import { attributesOf, openScratchInbox, registeredOf, settled, uidsOf } from "../scratch/scratch-inbox.ts";
import { soon } from "../scratch/scratch-server.ts";
import { followOrthanc, type OrthancFeedOptions } from "./orthanc-feed.ts";

const bytesOf = (study: string, object: string) =>
  smallObject({ seed: object, attributes: attributesOf(study, object) });
const id = "orthanc:main";

function follow(node: OpenNode, options: Partial<OrthancFeedOptions> & { readonly url: string }) {
  const clock = handClock();
  const feed = followOrthanc({ ...node, clock }, node.folder.path, { id, pollMs: 1000, ...options });
  onTestFinished(() => feed.close());
  const idle = () => soon(() => expect(clock.waiting()).toBe(1));
  /** Lets it ask once more, however long it would wait. */
  const ask = async () => {
    await idle();
    clock.advance(clock.nextMs());
    await idle();
  };
  return { feed, clock, ask, idle, standing: () => node.connections.list()[0] };
}

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

const html = "<html>a page</html>";
test.each<readonly [string, string, string, number, string]>([
  ["a wrong password", "FEED_DENIED", "/", 401, ""],
  ["something else than an Orthanc", "FEED_FOREIGN", "/system", 200, html],
  ["a page in the place of changes", "FEED_FOREIGN", "/changes", 200, html],
  ["changes of another shape", "FEED_FOREIGN", "/changes", 200, '{"Changes":[{"Seq":"1"}],"Done":true}'],
  [
    "a path in the place of an id",
    "FEED_FOREIGN",
    "/changes",
    200,
    '{"Changes":[{"Seq":1,"ID":"../../x","ChangeType":"NewInstance"}],"Done":true}',
  ],
  [
    "an address elsewhere in the place of an id",
    "FEED_FOREIGN",
    "/changes",
    200,
    '{"Changes":[{"Seq":1,"ID":"http://169.254.169.254/x","ChangeType":"NewInstance"}],"Done":true}',
  ],
  [
    "changes that go round in a circle",
    "FEED_FOREIGN",
    "/changes",
    200,
    '{"Changes":[{"Seq":2,"ID":"a"},{"Seq":1,"ID":"a"}],"Done":false}',
  ],
  ["no changes and no end", "FEED_FOREIGN", "/changes", 200, '{"Changes":[],"Done":false}'],
  ["a redirection", "FEED_FOREIGN", "/", 302, ""],
  ["a server that fails", "FEED_FAILED", "/", 503, ""],
])("%s is told as %s, and it goes on by itself afterwards", async (_title, code, prefix, status, body) => {
  const { node } = await openScratchInbox();
  const [orthanc, elsewhere] = [await falseOrthanc(), await falseOrthanc()];
  orthanc.add("b1", bytesOf("1", "1"));
  orthanc.instead = ({ url = "" }, response) => {
    if (!url.startsWith(prefix)) return false;
    response.writeHead(status, { location: `${elsewhere.url}${url}` }).end(body);
    return true;
  };
  const { ask, idle, standing } = follow(node, { url: orthanc.url });
  await idle();
  expect(standing()).toMatchObject({ received: 0, state: "failed", lastError: { code } });
  if (prefix !== "/changes") expect(await node.connections.test(id)).toMatchObject({ lastError: { code } });
  orthanc.instead = undefined;
  await ask();
  expect(standing()).toMatchObject({ received: 1, state: "works" });
  expect(await node.connections.test(id)).toMatchObject({ state: "works" });
  expect(elsewhere.asked).toEqual([]);
});

const deep = "[".repeat(20_000) + "]".repeat(20_000);
const junk = `"x":[${"{},".repeat(90_000)}{}]`;
test.each<readonly [string, string]>([
  ["a time that is no word", `{"Changes":[{"Seq":1,"ID":"a","Date":${deep}}],"Done":true}`],
  ["a type that is no word", `{"Changes":[{"Seq":1,"ID":"a","ChangeType":${deep}}],"Done":true}`],
  [
    "more bytes than a page can need",
    `{"Changes":[{"Seq":1,"ID":"a","ChangeType":"x","Date":"d"}],"Done":true,${junk}}`,
  ],
  [
    "more changes than were asked for",
    JSON.stringify({ Changes: Array.from({ length: 101 }, (_, at) => ({ Seq: at + 1, ID: "a" })), Done: true }),
  ],
])("changes with %s are those of no Orthanc", async (_title, body) => {
  const { node } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  orthanc.instead = ({ url = "" }, response) => {
    if (!url.startsWith("/changes")) return false;
    response.writeHead(200).end(body);
    return true;
  };
  const { idle, standing } = follow(node, { url: orthanc.url });
  await idle();
  expect(standing()).toMatchObject({ state: "failed", lastError: { code: "FEED_FOREIGN" } });
});

/** Answers askings for changes with so many of them, none of which is the last. */
function endless(orthanc: FalseOrthanc, changesAfter: (since: number) => readonly object[]): void {
  orthanc.instead = ({ url = "" }, response) => {
    if (!url.startsWith("/changes")) return false;
    const since = Number(new URL(url, "http://localhost").searchParams.get("since"));
    response.writeHead(200).end(JSON.stringify({ Changes: changesAfter(since), Done: false }));
    return true;
  };
}

test.each<readonly [string, number, string, number]>([
  ["of one change", 2, "StableSeries", 1000],
  ["of changes without objects", 100, "StableSeries", 100],
  ["of objects that are not there", 100, "NewInstance", 100],
])("pages %s, without end, are asked for no faster than they are worth", async (_title, count, type, waitMs) => {
  const { node } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  endless(orthanc, (since) =>
    Array.from({ length: count }, (_, at) => since + 1 + at).map((seq) => ({
      Seq: seq,
      ID: `a${seq}`,
      ChangeType: type,
    })),
  );
  const { ask, clock, idle } = follow(node, { url: orthanc.url });
  for (let pages = 0; pages < 5; pages++) {
    await idle();
    expect(clock.nextMs()).toBe(waitMs);
    await ask();
  }
});

test("an Orthanc that is begun anew again and again is told as such, and read rarer and rarer", async () => {
  const { node } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  let life = 0;
  endless(orthanc, (since) => {
    life++;
    return [{ Seq: since + 1, ID: "a", ChangeType: "StableSeries", Date: String(life) }];
  });
  const { clock, idle, standing } = follow(node, { url: orthanc.url });
  const delays: number[] = [];
  for (let at = 0; at < 22; at++) {
    await idle();
    // What follows a page waits for the next one; what is between tells how it stands.
    if (at % 2 === 1) delays.push(clock.nextMs());
    else expect(clock.nextMs()).toBe(1000);
    if (at > 1 && at % 2 === 1)
      expect(standing()).toMatchObject({ state: "failed", lastError: { code: "FEED_RESTARTING" } });
    clock.advance(clock.nextMs());
  }
  expect(delays).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1000));
  orthanc.instead = undefined;
  orthanc.add("b1", bytesOf("1", "1"));
  await idle();
  clock.advance(clock.nextMs());
  await idle();
  expect(standing()).toMatchObject({ received: 1, state: "works" });
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

test.each([
  "http://169.254.169.254/latest",
  "http://[fe80::1]/",
  "http://[::ffff:169.254.169.254]/",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "ftp://orthanc/",
  "file:///etc/passwd",
  "http://user:secret@orthanc/",
  "orthanc:8042",
  "",
])("%j is no address of a feed", async (url) => {
  const { node } = await openScratchInbox();
  expect(() => follow(node, { url })).toThrow(expect.objectContaining({ code: "FEED_ADDRESS_REFUSED" }));
});
