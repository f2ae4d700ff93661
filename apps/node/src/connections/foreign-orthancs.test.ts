// A feed of something that is no Orthanc, or one that behaves as none does: told by its code, followed nowhere, and asked no faster than it is worth.
import { expect, test } from "vitest";
import { type FalseOrthanc, falseOrthanc } from "../scratch/false-orthanc.ts";
import { bytesOf, feedId, follow } from "../scratch/followed-orthanc.ts";
import { openScratchInbox } from "../scratch/scratch-inbox.ts";

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
  if (prefix !== "/changes") expect(await node.connections.test(feedId)).toMatchObject({ lastError: { code } });
  orthanc.instead = undefined;
  await ask();
  expect(standing()).toMatchObject({ received: 1, state: "works" });
  expect(await node.connections.test(feedId)).toMatchObject({ state: "works" });
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
