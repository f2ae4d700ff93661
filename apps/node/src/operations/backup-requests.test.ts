import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { requestBackup } from "./backup-requests.ts";

test("a node that has its folder open makes the backups that others ask for, and tells what came of them", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  node.folder.announce("http://localhost:1");
  const to = join(scratch.folder, "backup");
  expect(await requestBackup(scratch.data, to)).toMatchObject({ where: to, size: 3, objects: 0 });
  expect(existsSync(join(to, "backup.json"))).toBe(true);
  await expect(requestBackup(scratch.data, scratch.data)).rejects.toMatchObject({ code: "BACKUP_PLACE_TAKEN" });
  expect(readdirSync(scratch.data).filter((name) => name.startsWith("backup-"))).toEqual([]);
  node.folder.announce(undefined);
  await scratch.close();

  await expect(requestBackup(scratch.data, to)).rejects.toMatchObject({ code: "NODE_STOPPED" });
  writeFileSync(join(scratch.data, "backup-request.json"), "{}");
  await expect(requestBackup(scratch.data, to)).rejects.toMatchObject({ code: "BUSY" });
});
