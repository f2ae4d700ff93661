import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Health } from "@fiducial/api";
import {
  formatVerifierKey,
  monitoringPath,
  nobleBackend,
  parseReceipt,
  parseSignedCheckpoint,
  parseTrustPolicy,
  verifierKey,
  verifyReceipt,
} from "@fiducial/core";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterEach, expect, test } from "vitest";
import { type NodeOptions, type OpenNode, openNode } from "../compose.ts";
import { health } from "../routes/health.ts";
import { type RunningServer, startServer } from "../server.ts";
import { witnessedFile, witnessesFile } from "./witness-files.ts";

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function node(folder: string, options: Partial<NodeOptions> = {}): Promise<OpenNode> {
  const where = { data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 };
  const opened = await openNode({ ...where, ...options });
  closing.push(() => opened.close());
  return opened;
}

async function served(opened: OpenNode): Promise<RunningServer> {
  const server = await startServer(opened, { port: 0, host: "127.0.0.1" });
  closing.push(() => server.close());
  return server;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "witnessing-"));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A node, closed again, and another that witnesses its log: `policy` names it and asks for its cosignature. */
async function witnessed(ours: string, use: (before: OpenNode) => Promise<void> = async () => {}) {
  const theirs = temporaryFolder();
  const before = await node(ours);
  await use(before);
  const logLine = parseTrustPolicy(before.policy()).policy.logs[0];
  await closing.pop()?.();

  await (await node(theirs)).close();
  closing.pop();
  writeFileSync(join(theirs, "data", witnessedFile), `log ${formatVerifierKey(logLine?.key as never)}\nquorum none\n`);
  const riverside = await node(theirs);
  const { url } = await served(riverside);
  const key = Health.parse(health(riverside)).witness?.key ?? "";
  const policy = `witness riverside ${key} ${url}/witness\nquorum riverside\n`;
  writeFileSync(join(ours, "data", witnessesFile), policy);
  return { origin: before.identity.origin, riverside, url };
}

async function takeIn(opened: OpenNode, folder: string, seed: string): Promise<number> {
  writeFileSync(join(folder, `${seed}.dcm`), smallObject({ seed }));
  const { studies } = await opened.ingest([join(folder, `${seed}.dcm`)]);
  return studies[0]?.index ?? -1;
}

const verified = async (opened: OpenNode, index: number) =>
  verifyReceipt(parseReceipt(await opened.receipts.receipt(index)), parseTrustPolicy(opened.policy()), nobleBackend);

test("two hospitals witness each other, and a receipt says so", async () => {
  const ours = temporaryFolder();
  await witnessed(ours);
  const northlake = await node(ours);
  const index = await takeIn(northlake, ours, "object");
  await expect
    .poll(() => northlake.witnesses.standings()[0], { timeout: 10_000 })
    .toMatchObject({ name: "riverside", size: 4, failures: 0 });

  const verification = await verified(northlake, index);
  expect(verification).toMatchObject({ ok: true, reservations: ["RULES_APPLIED_BY_ONE"] });
  expect(verification.cosigners.map(({ name }) => name)).toEqual(["riverside"]);
});

test("receipts hold under the node's own policy: of entries from before the witness was named, and of one that was just registered", async () => {
  const ours = temporaryFolder();
  const early: number[] = [];
  await witnessed(ours, async (before) => {
    for (const seed of ["one", "two"]) early.push(await takeIn(before, ours, seed));
  });
  const northlake = await node(ours);
  // A receipt waits a little for the witness; a machine that is busy may need longer.
  const cosigners = async (index: number) => {
    const { ok, cosigners } = await verified(northlake, index);
    return [ok, ...cosigners.map(({ name }) => name)];
  };
  const soon = (index: number) => expect.poll(() => cosigners(index), { timeout: 20_000 });
  for (const index of early) await soon(index).toEqual([true, "riverside"]);
  const late = await takeIn(northlake, ours, "three");
  await soon(late).toEqual([true, "riverside"]);
  expect(await cosigners(early[0] as number)).toEqual([true, "riverside"]);
});

test("health shows the key to be named, who is asked and how far they are, and who cosigned the newest checkpoint", async () => {
  const ours = temporaryFolder();
  const { riverside } = await witnessed(ours);
  const northlake = await node(ours);
  await takeIn(northlake, ours, "object");
  await expect.poll(() => health(northlake).witnesses[0]?.size, { timeout: 10_000 }).toBe(4);
  const said = Health.parse(health(northlake));
  expect(said).toMatchObject({
    status: "ok",
    troubles: [],
    witnesses: [{ name: "riverside", reached: true, size: 4 }],
  });
  expect(said.checkpoint?.cosigners).toEqual([{ name: "riverside", timestamp: expect.any(Number), replica: false }]);
  expect(said.witness).toBeUndefined();
  expect(health(riverside)).toMatchObject({ witnesses: [], witness: { key: riverside.witnesses.witness?.key } });

  // Opened again it remembers, though it has nothing to ask.
  await closing.pop()?.();
  const again = await node(ours);
  expect(health(again).witnesses).toEqual([{ name: "riverside", size: 4 }]);
  expect(health(again).checkpoint?.cosigners).toHaveLength(1);
});

test("the witness shows a monitor what it cosigned last, and nothing of logs it does not know", async () => {
  const ours = temporaryFolder();
  const { origin, url } = await witnessed(ours);
  const path = `${url}/witness/${monitoringPath(origin)}`;
  expect((await fetch(path)).status).toBe(404);
  const northlake = await node(ours);
  await takeIn(northlake, ours, "object");
  await expect.poll(() => health(northlake).witnesses[0]?.size, { timeout: 10_000 }).toBe(4);
  const answer = await fetch(path);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  const { checkpoint, note } = parseSignedCheckpoint(await answer.text());
  expect([checkpoint.origin, checkpoint.size, note.signatures.length]).toEqual([origin, 4, 2]);
  for (const other of [monitoringPath("log.example/other"), monitoringPath(origin).toUpperCase(), "checkpoint"])
    expect((await fetch(`${url}/witness/${other}`)).status).toBe(404);
});

test("a witness that is away holds nobody up, and is shown", async () => {
  const folder = temporaryFolder();
  await (await node(folder)).close();
  closing.pop();
  const line = formatVerifierKey(
    verifierKey("riverside.example/witness", "ed25519-cosignature", new Uint8Array(32).fill(3)),
  );
  writeFileSync(
    join(folder, "data", witnessesFile),
    `witness riverside ${line} http://127.0.0.1:9/witness\nquorum none\n`,
  );
  let now = Date.now();
  const northlake = await node(folder, { nowMs: () => now });
  expect(await takeIn(northlake, folder, "object")).toBe(3);
  await expect.poll(() => northlake.witnesses.standings()[0]?.problem, { timeout: 10_000 }).toBe("UNREACHABLE");
  const away = { name: "riverside", reached: false, size: 0, problem: "UNREACHABLE" };
  expect(Health.parse(health(northlake))).toMatchObject({
    status: "ok",
    witnesses: [{ ...away, failingSince: new Date(now).toISOString() }],
  });
  now += 599_999;
  expect(health(northlake).status).toBe("ok");
  now += 1;
  expect(Health.parse(health(northlake))).toMatchObject({
    status: "degraded",
    troubles: [{ code: "WITNESS_LATE", witness: "riverside", cause: "UNREACHABLE" }],
    checkpoint: { cosigners: [] },
  });
  expect((await verified(northlake, 3)).reservations).toContain("NOT_WITNESSED");
});

test("a malformed policy file is named with its line", async () => {
  const folder = temporaryFolder();
  await (await node(folder)).close();
  closing.pop();
  writeFileSync(join(folder, "data", witnessesFile), "quorum none\nnonsense\n");
  await expect(node(folder)).rejects.toMatchObject({
    code: "POLICY_UNREADABLE",
    data: { file: witnessesFile, line: 2 },
  });
});
