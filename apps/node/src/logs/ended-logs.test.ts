import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseSignedCheckpoint, verifyConsistency } from "@fiducial/core";
import { expect, onTestFinished, test } from "vitest";
import { recover } from "../operations/recover.ts";
import { restore } from "../operations/restore.ts";
import { logResource } from "../routes/ledger.ts";
import { scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";

const study = { patientId: "P-1", patientName: "Doe^Jane", accession: "A-1", studyUid: "2.25.11", objects: 1 };

/** A node whose log was ended by a recovery, served; `held` is how far the backup went. */
async function recovered() {
  const scratch = scratchNode();
  const before = await scratch.open();
  await takeIn(scratch, before, study);
  const backup = join(scratch.folder, "backup");
  const { size: held } = await before.operations.backUp(backup);
  await takeIn(scratch, before, { ...study, studyUid: "2.25.12" });
  await before.publication.covering(before.store.head().edge.size);
  const later = parseSignedCheckpoint(before.publication.latest()?.note ?? "").checkpoint;
  const proof = before.reader.proveConsistency(held, later.size);
  await scratch.close();
  rmSync(scratch.data, { recursive: true });
  await restore(backup, { data: scratch.data, keys: scratch.keys });
  const { origin, predecessor } = recover({ data: scratch.data, keys: scratch.keys });
  const node = await scratch.open({ create: false });
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  const get = (path: string) => operatorOf(server).request(`/logs/${path}`);
  const strangerGets = (path: string) => fetch(`${server.url}/logs/${path}`);
  return { node, get, strangerGets, held, later, proof, ended: predecessor.origin, origin };
}

test("an ended log is still served under its origin, beside its successor: receipts and witnesses refer to it", async () => {
  const { node, get, held, later, proof, ended, origin } = await recovered();
  for (const [name, size] of [
    [ended, held],
    [origin, node.store.head().edge.size],
  ] as const) {
    await node.publication.covering(node.store.head().edge.size);
    const { checkpoint } = parseSignedCheckpoint(await (await get(`${name}/checkpoint`)).text());
    expect([checkpoint.origin, checkpoint.size]).toEqual([name, size]);
    expect((await (await get(`${name}/tile/0/000.p/${size}`)).bytes()).length).toBe(32 * size);
    expect((await get(`${name}/tile/0/000.p/${size + 1}`)).status).toBe(404);
    expect((await get(`${name}/tile/entries/000.p/${size}`)).status).toBe(200);
  }
  const { checkpoint } = parseSignedCheckpoint(await (await get(`${ended}/checkpoint`)).text());
  expect(() => verifyConsistency(checkpoint, later, proof)).not.toThrow();
  for (const path of [`${ended}x/checkpoint`, `${ended}`, "checkpoint", `${ended}/tile/0/../../vault.db`])
    expect((await get(path)).status).toBe(404);
});

test("its entries are for auditors, like those of the log that grows", async () => {
  const { node, strangerGets, held, ended } = await recovered();
  const entries = `${ended}/tile/entries/000.p/${held}`;
  expect(logResource(node, entries)).toMatchObject({ kind: "entries" });
  expect((await strangerGets(entries)).status).toBe(401);
  expect((await strangerGets(`${ended}/tile/0/000.p/${held}`)).status).toBe(200);
});
