// Who signed out, told to the audit trail: by themselves, by an administrator, by coming in anew, and by going away without a word.
import { expect, onTestFinished, test, vi } from "vitest";
import type { AuditTrail } from "../audit-trail/audit-trail.ts";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf, soon } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";
import { defaultSessionTerms } from "./sessions.ts";

async function watched() {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const node = await scratchNode().open();
  const clock = { now: Date.now() };
  const told: [string, string | undefined][] = [];
  const tell: AuditTrail["tell"] = (event, { actor } = {}) => void told.push([event, actor?.handle]);
  const server = await startServer(node, { port: 0, host: "127.0.0.1", nowMs: () => clock.now, trail: { tell } });
  onTestFinished(() => server.close());
  return { server, clock, told };
}

test("each session that ends is told once, with whose it was", async () => {
  const { server, told } = await watched();
  const { url } = server;
  const visitor = browser();
  await signInAs(url, "auditor", visitor);
  const [, auditor] = told[0] ?? [];
  await signInAs(url, "auditor", visitor);
  await signInAs(url, "auditor", browser());
  const { client } = operatorOf(server);
  const { people } = await client.signedInPeople();
  expect(server.signedIn()).toBe(2);
  await client.endSessionsOf(people[0]?.subject ?? "");
  const [signedIn, signedOut] = [
    ["SIGNED_IN", auditor],
    ["SIGNED_OUT", auditor],
  ];
  await soon(() => expect(told).toHaveLength(6));
  expect(told.filter(([event]) => event === "SIGNED_IN")).toEqual([signedIn, signedIn, signedIn]);
  expect(told.filter(([event]) => event === "SIGNED_OUT")).toEqual([signedOut, signedOut, signedOut]);
  expect(server.signedIn()).toBe(0);
});

test("one who goes away without a word has signed out when the time is over", async () => {
  const { server, clock, told } = await watched();
  await signInAs(server.url, "auditor", browser());
  vi.advanceTimersByTime(60_000);
  expect(told.map(([event]) => event)).toEqual(["SIGNED_IN"]);
  clock.now += defaultSessionTerms.idleMs;
  vi.advanceTimersByTime(60_000);
  await soon(() => expect(told).toEqual([told[0], ["SIGNED_OUT", told[0]?.[1]]]));
});
