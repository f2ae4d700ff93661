import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseEntry } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { berg, coe, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { traces } from "../scratch/traces.ts";
import { createKeyFile } from "./key-file.ts";
import { recover } from "./recover.ts";
import { restore } from "./restore.ts";

const nobody = { as: [], counterSigners: [] };
const derived = "d1".repeat(16);
const marker = "Zebra-4711";

const rejection = (study: string, sealed = {}) => ({
  kind: "imaging.study.rejected",
  open: { study, reason: "quality", scope: "study", instances: 3 },
  sealed,
});
const derivation = (sources: readonly string[]) => ({
  kind: "imaging.study.derived",
  open: {
    study: derived,
    modalities: ["CT"],
    series: 1,
    instances: 3,
    manifest: "5e".repeat(32),
    sources: [...sources],
    method: "de-identified",
  },
  sealed: { studyUid: "2.25.99887766", tool: marker },
});
const sent = (study: string) => ({
  kind: "imaging.study.transferred",
  open: { study, direction: "sent", purpose: "HRESCH", instances: 3, outcome: "completed" },
  sealed: { destination: marker },
});

describe("what opens a statement is kept with whom it is about", () => {
  test("the patient, through what was derived and what is disputed; forgotten with the patient, and what was sent away is told", async () => {
    const { scratch, node, approvers, study, subject } = await hospital();
    const { operations, vault } = node;
    const ids: string[] = [];
    const state = async (statement: Parameters<typeof operations.state>[0]) => {
      const { statementId, findings } = await operations.state(statement, nobody);
      expect(findings).toEqual([]);
      ids.push(statementId);
      return statementId;
    };
    await state(rejection(study, { note: marker }));
    await state(derivation([study]));
    const transfer = await state(sent(derived));
    const open = { statement: transfer, reason: "wrong-content" };
    await state({ kind: "identity.statement.disputed", open, sealed: { explanation: marker } });
    expect(vault.statementsOf(subject)).toEqual(expect.arrayContaining(ids));
    expect(vault.statementsOf(study)).toEqual(expect.arrayContaining(ids));
    expect(vault.disclosures(transfer)?.disclosures["destination"]?.value).toBe(marker);

    const { survivors } = await operations.planForgetting(subject);
    expect(survivors).toContainEqual({ kind: "derived", where: derived });
    expect(survivors).toContainEqual(expect.objectContaining({ kind: "transfer", where: marker }));
    const { approval } = await operations.forget(subject, approvers);
    expect(ids.map((id) => vault.disclosures(id))).toEqual(ids.map(() => undefined));
    const disputed = { kind: "identity.statement.disputed", open: { statement: approval, reason: "not-me" } };
    expect(await operations.state({ ...disputed, sealed: {} }, nobody)).toMatchObject({ findings: [] });
    const explained = operations.state({ ...disputed, sealed: { explanation: marker } }, nobody);
    await expect(explained).rejects.toMatchObject({ code: "SUBJECT_NOT_ONE" });
    await scratch.close();
    expect(traces(scratch.data, [...ofBerg, marker])).toEqual([]);
    expect((await (await scratch.open()).audit()).ok).toBe(true);
  });

  test("one patient and no other, or nothing sealed", async () => {
    const { node, study, other, subject } = await hospital();
    const { state } = node.operations;
    const before = [node.vault.statementsOf(subject), node.store.head().edge.size];
    const unknown = "00".repeat(16);
    for (const statement of [derivation([study, other]), derivation([study, unknown]), sent(unknown)])
      await expect(state(statement, nobody)).rejects.toMatchObject({ code: "SUBJECT_NOT_ONE" });
    expect([node.vault.statementsOf(subject), node.store.head().edge.size]).toEqual(before);
    expect(await state(rejection(unknown), nobody)).toMatchObject({ findings: ["STUDY_UNKNOWN"] });
  });

  test("the study, wherever a correction takes it; the patient, of several studies", async () => {
    const { scratch, node, approvers, study, other, subject } = await hospital();
    const { statementId } = await node.operations.state(derivation([study]), nobody);
    const more = await takeIn(scratch, node, { ...berg, studyUid: "2.25.1618", accession: "ACC-3" });
    const both = { ...derivation([study, more]), sealed: { studyUid: "2.25.5" } };
    const { statementId: ofTwo } = await node.operations.state(both, nobody);
    expect(node.vault.statementsOf(study)).not.toContain(ofTwo);
    await node.operations.correct(study, { issuer: "", patientId: coe.patientId }, [approvers[0]]);
    const right = node.vault.subjectOfStudy(other) as string;
    expect(node.vault.statementsOf(right)).toContain(statementId);
    expect(node.vault.statementsOf(subject)).toContain(ofTwo);
    expect(node.vault.statementsOf(subject)).not.toContain(statementId);
  });

  test("an actor, under whose id its name is kept too", async () => {
    const { node } = await hospital();
    const actor = "a1".repeat(16);
    const sealed = { name: marker, details: { version: "2.1" } };
    const registered = { kind: "identity.actor.registered", open: { actor, type: "ai" }, sealed };
    const { statementId } = await node.operations.state(registered, nobody);
    const subject = node.vault.findActorSubject(actor) as string;
    expect(node.vault.statementsOf(subject)).toEqual([statementId]);
    expect(node.vault.actorName(actor)).toEqual(sealed);
  });

  test("a registration is superseded for the patient whose it is", async () => {
    const { node, study } = await hospital();
    const [statement = ""] = node.vault.statementsOf(study);
    const { open } = contentOf(node, statement);
    const supersede = (patientId: string) =>
      node.operations.state(
        {
          kind: "imaging.study.registered",
          open,
          sealed: { studyUid: berg.studyUid, subject: { issuer: "", patientId }, description: "Head" },
          supersedes: { statement, reason: "amended" },
        },
        nobody,
      );
    await expect(supersede(coe.patientId)).rejects.toMatchObject({ code: "SUBJECT_NOT_ONE" });
    const { statementId, findings } = await supersede(berg.patientId);
    expect(findings).toEqual(["DEVICE_NOT_NAMED"]);
    expect(contentOf(node, statementId).supersedes).toEqual({ statement, reason: "amended" });
    expect(node.vault.statementsOf(study)).toContain(statementId);
    expect(node.operations.patientOf(study)).toEqual({ issuer: "", patientId: berg.patientId });
  });
});

describe("who signs", () => {
  test("the gateway, the organization for what is not for software, or members in their order", async () => {
    const { scratch, node, approvers, study } = await hospital();
    const [dora, dan] = ["dora", "dan"].map((name) => ({ path: join(scratch.folder, `${name}.key`), passphrase: "" }));
    const keys = [dora!, dan!];
    const signersOf = async (statement: Parameters<typeof node.operations.draft>[0], as = nobody.as as typeof keys) =>
      (await node.operations.draft(statement, { as, counterSigners: [dan!] })).signers;
    const { organization, gateway } = node.identity;
    const counter = { actor: approvers[1].actor, capacity: "counter-signature" };
    expect(await signersOf(rejection(study))).toMatchObject([{ actor: gateway, capacity: "on-behalf-of" }, counter]);
    const granted = { kind: "identity.role.granted", open: { actor: approvers[0].actor, role: "reader" }, sealed: {} };
    expect(await signersOf(granted)).toMatchObject([{ actor: organization, capacity: "self" }, counter]);
    const byMembers = await signersOf(rejection(study), keys);
    expect(byMembers).toMatchObject([{ actor: approvers[0].actor, capacity: "self" }, counter]);
    expect(byMembers).toHaveLength(2);
  });

  test("another organization joins by a key of its own, and has a say in how the log ends", async () => {
    const { scratch, node } = await hospital();
    const { state, members } = node.operations;
    const organization = "0b".repeat(16);
    const keyFile = { path: join(scratch.folder, "clinic.key"), passphrase: "" };
    const { secret } = await createKeyFile(keyFile, {
      actor: organization,
      organization,
      origin: node.identity.origin,
    });
    const publicKey = Buffer.from(secret.publicKey.bytes).toString("base64");
    const joined = {
      kind: "identity.organization.registered",
      open: { organization, rootKeys: [{ algorithm: "Ed25519", publicKey }] },
      sealed: { name: marker },
    };
    await expect(state(joined, nobody)).rejects.toMatchObject({ code: "POSSESSION_NOT_PROVED" });
    await expect(members.key(keyFile)).rejects.toMatchObject({ code: "KEY_FILE_FOREIGN" });
    await state(joined, { as: [], counterSigners: [keyFile] });
    const sealed = { kind: "identity.log.sealed", open: { reason: "ended" }, sealed: {} };
    await expect(state(sealed, nobody)).rejects.toMatchObject({ code: "APPROVALS_TOO_FEW" });
    expect((await node.operations.draft(sealed, nobody)).verdict).toEqual({
      accepted: false,
      code: "APPROVALS_TOO_FEW",
    });
    expect(await state(sealed, { as: [], counterSigners: [keyFile] })).toMatchObject({ findings: [] });
    await scratch.close();
    expect((await (await scratch.open()).audit()).ok).toBe(true);
  });
});

test("what is refused, or only drafted, leaves nothing in the vault", async () => {
  const { node, study, subject } = await hospital();
  const { draft, state } = node.operations;
  const before = [node.vault.statementsOf(subject), node.vault.holders(study), node.store.head().edge.size];
  const supersedes = { statement: "00".repeat(32), reason: "late-information" } as const;
  await expect(state({ ...sent(study), supersedes }, nobody)).rejects.toMatchObject({ code: "STATEMENT_UNKNOWN" });
  expect(await draft(sent(study), nobody)).toMatchObject({
    basis: "stated",
    sealed: ["destination"],
    verdict: { accepted: true, findings: [] },
  });
  await expect(draft(sent("00".repeat(16)), nobody)).rejects.toMatchObject({ code: "SUBJECT_NOT_ONE" });
  const misfit = { ...sent(study), open: { ...sent(study).open, instances: -1 } };
  await expect(state(misfit, nobody)).rejects.toMatchObject({
    code: "DRAFT_OPEN_INVALID",
    path: ["open", "instances"],
  });
  const executed = { kind: "imaging.erasure.executed", open: {}, sealed: {} };
  await expect(state(executed, nobody)).rejects.toMatchObject({ code: "KIND_HAS_COMMAND" });
  await expect(state({ ...executed, kind: "imaging.study.lost" }, nobody)).rejects.toMatchObject({
    code: "KIND_UNKNOWN",
  });
  expect([node.vault.statementsOf(subject), node.vault.holders(study), node.store.head().edge.size]).toEqual(before);
});

test("a study of an ended log is registered on the one that grows, before anything is stated of it", async () => {
  const { scratch, node, study } = await hospital();
  const backup = join(scratch.folder, "backup");
  await node.operations.backUp(backup);
  await node.operations.devices.add({ name: "CT 2", manufacturer: "Fiducial Phantoms", model: "M", serial: "7" });
  await node.publication.covering(node.store.head().edge.size);
  await scratch.close();
  rmSync(scratch.data, { recursive: true });
  const folders = { data: scratch.data, keys: scratch.keys };
  await restore(backup, folders);
  recover(folders);
  const again = await scratch.open({ create: false });
  const { statementId, findings } = await again.operations.state(sent(study), nobody);
  expect(findings).toEqual([]);
  expect(again.vault.statementsOf(study)).toContain(statementId);
});

function contentOf({ logs }: OpenNode, statement: string) {
  const place = logs.placeOf(statement)!;
  return parseEntry(place.log.reader.entry(place.index))!.statement.content;
}
