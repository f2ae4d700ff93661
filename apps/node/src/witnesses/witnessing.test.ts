import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatVerifierKey,
  nobleBackend,
  parseReceipt,
  parseTrustPolicy,
  verifierKey,
  verifyReceipt,
} from "@fiducial/core";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterEach, expect, test } from "vitest";
import { type OpenNode, openNode } from "../compose.ts";
import { type RunningServer, startServer } from "../server.ts";
import { witnessedFile, witnessesFile } from "./witness-files.ts";

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function node(folder: string): Promise<OpenNode> {
  const opened = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 });
  closing.push(() => opened.close());
  return opened;
}

async function served(opened: OpenNode): Promise<RunningServer> {
  const server = await startServer(opened, { port: 0, host: "127.0.0.1", demo: false });
  closing.push(() => server.close());
  return server;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "witnessing-"));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("two hospitals witness each other, and a receipt says so", async () => {
  const [ours, theirs] = [temporaryFolder(), temporaryFolder()];
  const before = await node(ours);
  const logLine = parseTrustPolicy(before.policy()).policy.logs[0];
  await closing.pop()?.();

  await (await node(theirs)).close();
  closing.pop();
  writeFileSync(join(theirs, "data", witnessedFile), `log ${formatVerifierKey(logLine?.key as never)}\nquorum none\n`);
  const riverside = await node(theirs);
  const server = await served(riverside);

  writeFileSync(
    join(ours, "data", witnessesFile),
    `witness riverside ${riverside.witness?.key} ${server.url}/witness\nquorum riverside\n`,
  );
  const northlake = await node(ours);
  writeFileSync(join(ours, "object.dcm"), smallObject());
  const { studies } = await northlake.ingest([join(ours, "object.dcm")]);
  const index = studies[0]?.index ?? -1;
  await expect
    .poll(() => northlake.witnesses()[0], { timeout: 10_000 })
    .toMatchObject({ name: "riverside", size: 4, failures: 0 });

  await northlake.projector.caughtUp(index + 1);
  const receipt = parseReceipt(await northlake.receipts.receipt(index));
  const verification = verifyReceipt(receipt, parseTrustPolicy(northlake.policy()), nobleBackend);
  expect(verification).toMatchObject({ ok: true, reservations: ["RULES_APPLIED_BY_ONE"] });
  expect(verification.cosigners.map(({ name }) => name)).toEqual(["riverside"]);
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
  const northlake = await node(folder);
  writeFileSync(join(folder, "object.dcm"), smallObject());
  expect((await northlake.ingest([join(folder, "object.dcm")])).instances).toBe(1);
  await expect.poll(() => northlake.witnesses()[0]?.problem, { timeout: 10_000 }).toBe("UNREACHABLE");
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
