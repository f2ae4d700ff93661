// The clock steps back by an hour, and the issuer goes away, while objects come in: what comes is kept and registered once, people are told what is wrong, and all goes on by itself.
import { parseEntry } from "@fiducial/core";
import { expect, onTestFinished, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { startDimse } from "../connections/dimse/dimse-listener.ts";
import { health } from "../routes/health.ts";
import { browser } from "../scratch/browser.ts";
import { type CtStudy, sendStudy, sliceUid } from "../scratch/ct-study.ts";
import { timesRegistered } from "../scratch/load-evidence.ts";
import { outsideIssuer } from "../scratch/outside-issuer.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { startServer } from "../server.ts";

const hourMs = 3_600_000;
const studies = ["before", "meanwhile", "after"].map((seed): CtStudy => ({ seed, slices: 12, side: 64 }));
const [before, meanwhile, after] = studies as [CtStudy, CtStudy, CtStudy];

test("a clock that steps back by an hour in the middle of a study", { timeout: 120_000 }, async () => {
  let offsetMs = 0;
  const scratch = scratchNode();
  const nowMs = () => Date.now() + offsetMs;
  const node = await scratch.open({ nowMs, inbox: { settleMs: 100 } });
  const port = await listening(node);
  await allRegistered(node, await sendStudy({ port }, before));
  const last = times(node).at(-1) ?? "";

  const half = sendStudy({ port }, meanwhile, 0, 2);
  offsetMs = -hourMs;
  const statuses = [...(await half), ...(await sendStudy({ port }, meanwhile, 1, 2))];
  await allRegistered(node, statuses);
  await allRegistered(node, await sendStudy({ port }, after));
  expectOnce(node, studies);
  expect(troubles(node)).toEqual([]);
  // The order of the ledger is the order of its times, whatever clocks do.
  expect(times(node)).toEqual(times(node).toSorted());
  expect(times(node).at(-1)?.slice(0, 13)).toBe(last.slice(0, 13));

  const again = await scratch.open({ nowMs, inbox: { settleMs: 100 } });
  expect(await again.audit()).toMatchObject({ ok: true });
  expectOnce(again, studies);
});

test("an issuer that goes away while objects come in", { timeout: 120_000 }, async () => {
  const issuer = await outsideIssuer();
  const node = await scratchNode().open({ inbox: { settleMs: 100 } });
  const server = await startServer(node, {
    port: 0,
    host: "127.0.0.1",
    signIn: { mode: "local", issuer: issuer.options },
  });
  onTestFinished(() => server.close());
  issuer.serve(server.url);
  const port = await listening(node);
  const una = browser();
  await una.follow(`${server.url}/sign-in`);

  await issuer.stop();
  await allRegistered(node, await sendStudy({ port }, before));
  expect((await una.visit(`${server.url}/api/v1/studies`)).status).toBe(200);
  const other = browser();
  const away = await other.visit(`${server.url}/sign-in`, { headers: { accept: "application/json" } });
  const next = away.status === 302 ? await codeBehind(other, away.headers.get("location") ?? "") : codeIn(away.text);
  expect(next).toMatch(/^(ISSUER_UNREACHABLE|fetch failed)$/);

  await issuer.start();
  await allRegistered(node, await sendStudy({ port }, after));
  await other.follow(`${server.url}/sign-in`);
  expect((await other.visit(`${server.url}/api/v1/studies`)).status).toBe(200);
  expectOnce(node, [before, after]);
  expect(troubles(node)).toEqual([]);
});

async function listening(node: OpenNode): Promise<number> {
  const listener = await startDimse(node, { port: 0 });
  onTestFinished(() => listener.close());
  return listener.port;
}

async function allRegistered(node: OpenNode, statuses: readonly number[]): Promise<void> {
  expect(new Set(statuses)).toEqual(new Set([0]));
  await expect.poll(() => node.inbox.standing(), { timeout: 60_000 }).toEqual({ objects: 0, studies: 0 });
}

function expectOnce(node: OpenNode, of: readonly CtStudy[]): void {
  const uids = of.flatMap((study) => Array.from({ length: study.slices }, (_, number) => sliceUid(study, number)));
  expect(timesRegistered(node)).toEqual(new Map(uids.map((uid) => [uid, 1])));
}

/** What is wrong, but for the disk of whoever runs this. */
function troubles(node: OpenNode): string[] {
  return health(node).troubles.flatMap(({ code }) => (code === "DISK_LOW" ? [] : [code]));
}

/** When the ledger says that each entry was ordered, entries in their order. */
function times({ store }: OpenNode): string[] {
  return store.entries(0, store.head().edge.size).flatMap((bytes) => parseEntry(bytes)?.recordedAt ?? []);
}

/** What a browser finds that follows the node's redirection to an issuer which is away. */
function codeBehind(visitor: ReturnType<typeof browser>, url: string): Promise<string> {
  return visitor.visit(url).then(
    ({ text }) => codeIn(text),
    (thrown: Error) => thrown.message,
  );
}

function codeIn(text: string): string {
  return (JSON.parse(text) as { code: string }).code;
}
