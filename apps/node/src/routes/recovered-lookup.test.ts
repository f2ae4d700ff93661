// After a recovery, numbers of the log that ended mean other entries: who looks an object up is recorded of the study that has it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { recover } from "../operations/recover.ts";
import { restore } from "../operations/restore.ts";
import { berg, hospital } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";

test.each([0, 14])("with %i studies registered since the recovery", async (since) => {
  const { scratch, node, study } = await hospital();
  const backup = join(scratch.folder, "backup");
  await node.operations.backUp(backup);
  await takeIn(scratch, node, { ...berg, studyUid: "2.25.161803", accession: "ACC-3" });
  await node.publication.covering(node.store.head().edge.size);
  await scratch.close();
  rmSync(scratch.data, { recursive: true });
  const places = { data: scratch.data, keys: scratch.keys };
  await restore(backup, places);
  recover(places);
  const now = await scratch.open({ create: false });
  for (let number = 0; number < since; number++) {
    const patient = { patientId: `OTHER-${number}`, patientName: `Other^${number}` };
    await takeIn(scratch, now, { ...patient, accession: `O${number}`, studyUid: `2.25.99${number}`, objects: 1 });
  }
  const server = await startServer(now, { port: 0, host: "127.0.0.1", limits: { closingMs: 100 } });
  onTestFinished(() => server.close());
  const { request } = operatorOf(server);

  const answer = await request("/api/v1/objects/lookup", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sopInstanceUid: `${berg.studyUid}.1.0` }),
  });
  const { versions } = (await answer.json()) as { versions: object[] };
  expect(versions).toHaveLength(1);
  expect(versions[0]).toMatchObject({ ended: { index: expect.any(Number) } });
  expect(versions[0]).not.toHaveProperty("index");
  const told = (await (await request("/api/v1/accesses?limit=5")).json()) as { accesses: object[] };
  expect(told.accesses.at(-1)).toMatchObject({ action: "verify", study });
  expect(told.accesses).toHaveLength(1);
});
