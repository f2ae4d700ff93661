import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { describe, expect, test, vi } from "vitest";
import { berg, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { traces } from "../scratch/traces.ts";
import { restore } from "./restore.ts";

const third = { ...berg, studyUid: "2.25.161803", accession: "ACC-3" };
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

describe("a backup", () => {
  test("made while the node works is a whole node again when it is restored", async () => {
    const { scratch, node, study } = await hospital();
    const to = join(scratch.folder, "backup");
    const [made] = await Promise.all([
      node.operations.backUp(to),
      node.operations.devices.add({ name: "CT 9", manufacturer: "Maker", model: "M", serial: "9" }),
      node.ingest([scratch.file("meanwhile.dcm")]),
    ]);
    expect(made).toMatchObject({ where: to, copied: made.objects, origin: node.identity.origin });
    // What comes in meanwhile may or may not be in it.
    expect([6, 7]).toContain(made.objects);
    expect(filesIn(to).filter((name) => !name.endsWith(".dcm"))).toEqual([
      "backup.json",
      "backups.json",
      "fiducial.json",
      "ledger.db",
      "vault.db",
    ]);
    expect(node.operations.backups().map(({ where, size }) => [where, size])).toEqual([[to, made.size]]);
    expect(statSync(join(to, "vault.db")).mode & 0o077).toBe(0);
    const receipt = await node.receipts.receipt(node.projection.imaging.study(study)?.index as number);
    await scratch.close();

    rmSync(scratch.data, { recursive: true });
    rmSync(join(scratch.keys, "high-water.json"));
    writeFileSync(join(scratch.keys, "high-water.json"), '{"format":"fiducial-high-water-v1","logs":{}}');
    const restored = await restore(to, { data: scratch.data, keys: scratch.keys });
    expect(restored).toMatchObject({ folder: scratch.data, keys: "whole" });
    const again = await scratch.open({ create: false });
    expect((await again.audit()).ok).toBe(true);
    expect([...again.objects.digests()]).toHaveLength(made.objects);
    expect(again.vault.findStudies({ patientId: berg.patientId })).toHaveLength(1);
    expect(verifyReceipt(parseReceipt(receipt), parseTrustPolicy(again.policy()), nobleBackend).ok).toBe(true);
  });

  test("has no object that nobody has registered, which may be given up and would stay in it", async () => {
    const { scratch, node } = await hospital();
    const to = join(scratch.folder, "backup");
    const [given, stays] = [node.openIntake(), node.openIntake()];
    await given.take({ path: scratch.file("given-up.dcm") });
    await stays.take({ path: scratch.file("stays.dcm") });
    // As an intake ends that is given up in the middle of a backup.
    const progress = vi.fn(() => void given.abandon());
    expect(await node.operations.backUp(to, { progress })).toMatchObject({ objects: 6, copied: 6, damaged: [] });
    await stays.settle();
    expect(await node.operations.backUp(to)).toMatchObject({ objects: 7, copied: 1, damaged: [] });
  });

  test("made again in the same place copies only what is new, and drops what was erased since", async () => {
    const { scratch, node, approvers, subject } = await hospital();
    const to = join(scratch.folder, "backup");
    await node.operations.backUp(to);
    await takeIn(scratch, node, third);
    const progress = vi.fn();
    expect(await node.operations.backUp(to, { progress })).toMatchObject({ objects: 9, copied: 3 });
    expect(progress).toHaveBeenLastCalledWith(9, 9);
    const plan = await node.operations.planForgetting(subject);
    expect(plan.counts).toEqual({ receipts: 0, backups: 1, copies: 0 });
    expect(plan.survivors.map(({ where }) => where)).toEqual([to]);
    await node.operations.forget(subject, approvers);
    expect(await node.operations.backUp(to)).toMatchObject({ objects: 3, copied: 0 });
    expect(traces(to, ofBerg)).toEqual([]);
    expect(node.operations.backups()).toHaveLength(1);
  });

  test("that fails leaves the one before as it was, and nothing else", async () => {
    const { scratch, node } = await hospital();
    const to = join(scratch.folder, "backup");
    await node.operations.backUp(to);
    const before = filesIn(to);
    const backup = node.vault.backup;
    vi.spyOn(node.vault, "backup").mockImplementationOnce(async (path) => {
      await backup(path);
      truncateSync(path, 8192);
    });
    await expect(node.operations.backUp(to)).rejects.toMatchObject({ code: "BACKUP_INCOMPLETE" });
    expect(filesIn(to)).toEqual(before);
    expect(existsSync(`${to}.partial`)).toBe(false);
    expect(node.operations.backups()).toHaveLength(1);
  });

  test("never takes the place of something else, nor lies inside the data or beside the keys", async () => {
    const { scratch, node } = await hospital();
    const taken = join(scratch.folder, "photos");
    mkdirSync(taken);
    writeFileSync(join(taken, "cat.jpg"), "");
    const places = [taken, join(taken, "cat.jpg"), scratch.data, join(scratch.data, "b"), scratch.folder, scratch.keys];
    for (const place of places)
      await expect(node.operations.backUp(place), place).rejects.toMatchObject({ code: "BACKUP_PLACE_TAKEN" });
    expect(readdirSync(taken)).toEqual(["cat.jpg"]);
  });
});

describe("restoring", () => {
  test("needs a backup, and a folder that is empty", async () => {
    const { scratch, node } = await hospital();
    const to = join(scratch.folder, "backup");
    await node.operations.backUp(to);
    const { data } = scratch;
    await expect(restore(to, { data })).rejects.toMatchObject({ code: "FOLDER_IN_USE" });
    await scratch.close();
    await expect(restore(to, { data })).rejects.toMatchObject({ code: "FOLDER_NOT_EMPTY" });
    await expect(restore(scratch.keys, { data: `${data}-2` })).rejects.toMatchObject({ code: "BACKUP_UNREADABLE" });
    for (const file of ["ledger.db", "vault.db", "fiducial.json"]) {
      const part = join(scratch.folder, `without ${file}`);
      cpSync(to, part, { recursive: true });
      rmSync(join(part, file));
      await expect(restore(part, { data: `${data}-2` }), file).rejects.toMatchObject({ code: "BACKUP_UNREADABLE" });
      expect(existsSync(`${data}-2`)).toBe(false);
    }
    const elsewhere = await restore(to, { data: `${data}-2`, keys: join(scratch.folder, "no-keys") });
    expect(elsewhere).toMatchObject({ keys: "missing" });
    expect(JSON.parse(readFileSync(join(`${data}-2`, "fiducial.json"), "utf8"))).toEqual(node.identity);
  });
});
