import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { studyOf } from "@fiducial/contract";
import { nobleBackend, parseEntry, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { keysHolder } from "../folder/keys-hold.ts";
import { berg, type Hospital, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { traces } from "../scratch/traces.ts";
import { auditUnopened } from "../verification/audit-unopened.ts";
import { checkRecovery, recover } from "./recover.ts";
import { restore } from "./restore.ts";

const lost = { ...berg, studyUid: "2.25.161803", accession: "ACC-3" };
const more = { ...berg, objects: 4 };

/** A hospital whose disk broke after its backup: what came since is lost, the keys know of it. `since` happens before the disk breaks. */
async function afterLoss(since: (hospital: Hospital) => Promise<void> = async () => {}) {
  const before = await hospital();
  const { scratch, node } = before;
  await node.operations.devices.add({ name: "CT 2", manufacturer: "Fiducial Phantoms", model: "M", serial: "7" });
  const backup = join(scratch.folder, "backup");
  const { size } = await node.operations.backUp(backup);
  await takeIn(scratch, node, lost);
  const registration = node.projection.imaging.study(before.study)?.index as number;
  const receipt = await node.receipts.receipt(registration, [{ item: 0, attributes: true }]);
  await since(before);
  const signed = await node.publication.covering(node.store.head().edge.size);
  await scratch.close();
  rmSync(scratch.data, { recursive: true });
  const restored = await restore(backup, { data: scratch.data, keys: scratch.keys });
  return { ...before, restored, size, signed: signed.size, receipt, origin: node.identity.origin };
}

const verified = (node: OpenNode, receipt: string) =>
  verifyReceipt(parseReceipt(receipt), parseTrustPolicy(node.policy()), nobleBackend);
const genesis = ({ store }: OpenNode) => parseEntry(store.entry(0)!)!.statement.content;
const keyFile = (folder: string, name: string) => ({ path: join(folder, `${name}.key`), passphrase: "" });

describe("a ledger that is older than what its key has signed", () => {
  test("does not open, and goes on in a successor that cites it; what stands on it is proved as before", async () => {
    const { scratch, restored, size, signed, receipt, origin, study } = await afterLoss();
    expect(restored).toMatchObject({ keys: "too-old", signed });
    await expect(scratch.open()).rejects.toMatchObject({ code: "BACKUP_TOO_OLD" });

    const copy = join(scratch.folder, "copy");
    cpSync(scratch.data, copy, { recursive: true });
    const recovery = recover({ data: scratch.data, keys: scratch.keys });
    // A copy from before, whole or not, must not go on under the old name.
    await expect(scratch.open({ data: copy })).rejects.toMatchObject({ code: "LOG_ENDED" });
    expect(recovery).toMatchObject({ predecessor: { origin, size: signed }, held: expect.any(Number) });
    expect(recovery.held).toBeGreaterThanOrEqual(size);
    expect(recovery.lost).toBe(signed - recovery.held);
    const node = await scratch.open({ create: false });
    expect(node.identity).toMatchObject({ origin: recovery.origin, predecessors: [recovery.predecessor] });
    expect(genesis(node).open["predecessor"]).toEqual(recovery.predecessor);
    expect(statSync(join(scratch.data, "logs", "1", "ledger.db")).mode & 0o222).toBe(0);
    expect((await node.operations.devices.list()).map(({ name }) => name)).toEqual(["CT 2"]);

    const audit = await node.audit();
    expect(audit).toMatchObject({ ok: true, origin: recovery.origin, ended: [{ origin, size: recovery.held }] });
    expect(verified(node, receipt).ok).toBe(true);
    const [first] = node.vault.statementsOf(study);
    const again = await node.receipts.receipt(first as string, [{ item: 0, attributes: true }]);
    expect(verified(node, again)).toMatchObject({ ok: true, index: parseReceipt(receipt).entry.index });
    expect(() => recover({ data: scratch.data, keys: scratch.keys })).toThrow(
      expect.objectContaining({ code: "FOLDER_IN_USE" }),
    );
    await scratch.close();
    expect(() => recover({ data: scratch.data, keys: scratch.keys })).toThrow(
      expect.objectContaining({ code: "RECOVERY_NOT_NEEDED" }),
    );
    expect(JSON.parse(readFileSync(join(scratch.data, "fiducial.json"), "utf8")).origin).toBe(recovery.origin);
  });

  test("verifies files of the ended log, registers its studies again with what comes in, and takes members back", async () => {
    const { scratch, study } = await afterLoss();
    recover({ data: scratch.data, keys: scratch.keys });
    const node = await scratch.open();
    const [digest] = [...node.objects.digests()];
    const ofEnded = await node.verify(node.objects.pathOf(digest as string));
    expect(ofEnded).toMatchObject({ verdict: "identical", harmless: true, ended: { origin: expect.any(String) } });
    expect(ofEnded.index).toBeUndefined();
    expect(studyOf(node.store.state, study)).toBeUndefined();

    expect(await takeIn(scratch, node, more)).toBe(study);
    expect(studyOf(node.store.state, study)).toMatchObject({ instances: 4 });
    const kinds = node.projection.imaging
      .history(study)
      .map((at) => parseEntry(node.store.entry(at)!)!.statement.content);
    expect(kinds.map(({ kind, basis, open }) => [kind, basis, open["instances"]])).toEqual([
      ["imaging.study.registered", "imported", 3],
      ["imaging.study.extended", "seen", 1],
    ]);
    const { statementId = "", index } = await node.verify(node.objects.pathOf(digest as string));
    expect(index === undefined || verified(node, await node.receipts.receipt(statementId)).ok).toBe(true);
    // What only the lost end had registered is registered now.
    expect(await takeIn(scratch, node, lost)).toMatch(/^[0-9a-f]{32}$/);

    expect(await node.operations.members.list()).toEqual([]);
    const dora = { name: "dora", roles: ["data-steward" as const] };
    const back = await node.operations.members.readmit(dora, keyFile(scratch.folder, "dora"));
    const key = await node.operations.members.key(keyFile(scratch.folder, "dora"));
    expect(back).toMatchObject({ actor: key.actor, roles: ["data-steward"] });
    expect((await node.audit()).ok).toBe(true);
  });

  test("keeps what was kept: holds and retentions of the ended log stand until they are released on the new one", async () => {
    const { scratch, study, other, subject, hold } = await heldBeforeLoss();
    recover({ data: scratch.data, keys: scratch.keys });
    const node = await scratch.open();
    const { members, destroy, forget, releaseHold } = node.operations;
    for (const name of ["dora", "dan"])
      await members.readmit({ name, roles: ["data-steward"] }, keyFile(scratch.folder, name));
    const keys = await Promise.all(["dora", "dan"].map((name) => members.key(keyFile(scratch.folder, name))));
    const { planForgetting, planDestruction } = node.operations;
    expect((await planForgetting(subject)).verdict).toEqual({ accepted: false, code: "STUDY_HELD" });
    expect((await planDestruction([other])).verdict).toEqual({ accepted: false, code: "RETENTION_RUNNING" });
    await expect(forget(subject, keys)).rejects.toMatchObject({ code: "STUDY_HELD" });
    expect(studyOf(node.store.state, study)).toMatchObject({ holds: [hold], instances: 3 });
    await expect(destroy([other], "rejected", keys)).rejects.toMatchObject({ code: "RETENTION_RUNNING" });
    await releaseHold({ study }, keys);
    await forget(subject, keys);
    expect(traces(scratch.data, ofBerg)).toEqual([]);
    expect((await node.audit()).ok).toBe(true);
  });

  test("has forgotten whom it forgot after the backup, before anybody reads", async () => {
    const { scratch } = await afterLoss(async ({ node, approvers, subject }) => {
      await node.operations.forget(subject, approvers);
    });
    expect(traces(scratch.data, ofBerg)).not.toEqual([]);
    recover({ data: scratch.data, keys: scratch.keys });
    const node = await scratch.open();
    expect(traces(scratch.data, ofBerg)).toEqual([]);
    expect(node.vault.findStudies({ patientId: berg.patientId })).toEqual([]);
  });
});

test("what went on in a log's place is lost too when another copy of it is recovered; who may end it is asked once nobody else can sign", async () => {
  const { scratch, signed } = await afterLoss();
  const copy = join(scratch.folder, "copy");
  cpSync(scratch.data, copy, { recursive: true });
  const where = { data: copy, keys: scratch.keys };
  const before = checkRecovery(where);
  recover({ data: scratch.data, keys: scratch.keys });
  const node = await scratch.open({ create: false });
  await node.operations.devices.add({ name: "CT 3", manufacturer: "Maker", model: "M", serial: "8" });
  const { size } = await node.publication.covering(node.store.head().edge.size);
  await scratch.close();
  const ended = { code: "LOG_ENDED", data: { successor: node.identity.origin } };
  for (const insteadOf of [undefined, "another/log", before.reason]) {
    expect(() => checkRecovery({ ...where, insteadOf })).toThrow(expect.objectContaining(ended));
    expect(() => recover({ ...where, insteadOf })).toThrow(expect.objectContaining(ended));
  }
  const lostOne = { ...where, insteadOf: node.identity.origin };
  const after = checkRecovery(lostOne);
  expect(after).toEqual({ ...before, lost: expect.any(Number) });
  expect(after.lost).toBeGreaterThanOrEqual(signed - before.held + size);
  const refuse = (ending: unknown) => {
    expect(ending).toEqual(after);
    expect(keysHolder(scratch.keys)).toBeDefined();
    throw new Error("no");
  };
  expect(() => recover(lostOne, refuse)).toThrow("no");
  expect(checkRecovery(lostOne)).toEqual(after);
  const again = await restore(join(scratch.folder, "backup"), {
    data: join(scratch.folder, "late"),
    keys: scratch.keys,
  });
  expect(again).toMatchObject({ keys: "ended", successor: node.identity.origin });
  const { origin } = recover(lostOne);
  // Now the other one goes on: whoever names the first successor names none that is lost.
  const late = { data: join(scratch.folder, "late"), keys: scratch.keys, insteadOf: node.identity.origin };
  expect(() => checkRecovery(late)).toThrow(
    expect.objectContaining({ code: "LOG_ENDED", data: { successor: origin } }),
  );
});

test("a ledger of another history than its key has signed is told from an older one, and goes on in a successor when it is asked to", async () => {
  const { scratch, node } = await hospital();
  const { origin } = node.identity;
  const where = { data: scratch.data, keys: scratch.keys };
  const device = { manufacturer: "Maker", model: "M" };
  const mark = join(scratch.keys, "high-water.json");
  const before = join(scratch.folder, "before.json");
  await scratch.close();
  cpSync(mark, before);
  cpSync(scratch.data, join(scratch.folder, "before"), { recursive: true });
  const one = await scratch.open();
  await one.operations.devices.add({ ...device, name: "One", serial: "1" });
  await scratch.close();
  const signed = readFileSync(mark);
  rmSync(scratch.data, { recursive: true });
  cpSync(join(scratch.folder, "before"), scratch.data, { recursive: true });
  cpSync(before, mark);
  const other = await scratch.open();
  for (const serial of ["2", "3"]) await other.operations.devices.add({ ...device, name: serial, serial });
  await other.operations.backUp(join(scratch.folder, "backup"));
  await scratch.close();
  writeFileSync(mark, signed);

  await expect(scratch.open()).rejects.toMatchObject({ code: "SIGNED_ROOT_DIFFERS" });
  const { keys } = scratch;
  const restored = await restore(join(scratch.folder, "backup"), { data: join(scratch.folder, "restored"), keys });
  expect(restored).toMatchObject({ keys: "other", signed: expect.any(Number) });
  expect(await auditUnopened(where, () => {})).toMatchObject({ ok: true, origin });
  expect(checkRecovery(where)).toMatchObject({ reason: "other", lost: 0 });
  expect(recover(where)).toMatchObject({ predecessor: { origin, size: restored.signed } });
  expect((await (await scratch.open()).audit()).ok).toBe(true);
});

async function heldBeforeLoss() {
  const before = await hospital();
  const { scratch, node, approvers, study, other } = before;
  const { hold } = await node.operations.placeHold({ studies: [study], reason: "legal" }, approvers);
  await node.operations.setRetention({ study: other, until: "2099-01-01T00:00:00.000Z" }, approvers);
  const backup = join(scratch.folder, "backup");
  await node.operations.backUp(backup);
  await node.operations.devices.add({ name: "CT 3", manufacturer: "Maker", model: "M", serial: "3" });
  await node.publication.covering(node.store.head().edge.size);
  await scratch.close();
  rmSync(scratch.data, { recursive: true });
  await restore(backup, { data: scratch.data, keys: scratch.keys });
  return { ...before, hold };
}
