import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { hospital } from "../scratch/scratch-hospital.ts";
import type { ScratchNode } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";

const device = { name: "CT", manufacturer: "Maker", model: "M", serial: "1" };
const damaged = { code: "PROJECTION_DAMAGED" };

/** Inverts the first page of a table of the read model of a node that is closed. */
function damage({ data }: ScratchNode, table: string): void {
  const path = join(data, "projection.db");
  const database = new DatabaseSync(path, { readOnly: true });
  const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(table) as {
    rootpage: number;
  };
  const { page_size: size } = database.prepare("PRAGMA page_size").get() as { page_size: number };
  database.close();
  writeFileSync(
    path,
    readFileSync(path).map((byte, at) => (Math.floor(at / size) === rootpage - 1 ? 255 - byte : byte)),
  );
}

test("a read model that is found damaged while it is asked says to start again, over HTTP too, and the next start has a new one", async () => {
  const { scratch, study } = await hospital();
  await scratch.close();
  damage(scratch, "imaging_study");
  const node = await scratch.open();
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  const answer = await operatorOf(server).request(`/api/v1/studies/${study}`);
  expect([answer.status, await answer.json()]).toEqual([500, expect.objectContaining(damaged)]);
  await expect(node.audit()).rejects.toMatchObject(damaged);
  const again = await scratch.open();
  expect((await again.audit()).ok).toBe(true);
  expect(again.projection.imaging.study(study)).toMatchObject({ instances: 3 });
});

test("one that is found damaged while entries are folded into it says so to whoever waits, and registers them all the same", async () => {
  const { scratch } = await hospital();
  await scratch.close();
  damage(scratch, "log_entry");
  const node = await scratch.open();
  await expect(node.operations.devices.add(device)).rejects.toMatchObject(damaged);
  const again = await scratch.open();
  expect((await again.operations.devices.list()).map(({ name }) => name)).toContain("CT");
  expect((await again.audit()).ok).toBe(true);
});
