// What waits for somebody: what each caller is told, since when it counts, and how much of it.
import type { Role } from "@fiducial/contract";
import { expect, test } from "vitest";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { searchFor } from "../scratch/identifier-search.ts";
import { berg, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";
import { attention } from "./attention.ts";
import { connections } from "./connections.ts";
import { study as studyOf } from "./imaging.ts";

const day = 86_400_000;
const person = (role: Role): Caller => ({
  ...{ type: "person", subject: "1".repeat(32), name: "", roles: [role], session: "2".repeat(32) },
});
const operator: Caller = { type: "operator" };
const codes = async (node: OpenNode, caller: Caller, nowMs?: number) =>
  (await attention(node, caller, nowMs)).concerns.map(({ code }) => code);

async function verified(node: OpenNode, study: string, result: string): Promise<void> {
  const saying = { kind: "imaging.study.verified", open: { study, result, instances: 1 }, sealed: {} };
  await node.operations.state(saying, { as: [], counterSigners: [] });
}

test("nothing waits on a ledger where nothing happened", async () => {
  const { node, study } = await hospital();
  await verified(node, study, "identical");
  expect(await attention(node, operator)).toEqual({ concerns: [], more: false });
});

test("an altered copy and an open correction wait, each with its study and entry, until they are answered or old", async () => {
  const { node, study, other, approvers } = await hospital();
  await verified(node, study, "altered");
  await node.operations.correct(other, { issuer: "", patientId: "PAT-9", name: "Nine" }, [approvers[0]]);
  const { concerns } = await attention(node, person("technologist"));
  expect(concerns).toMatchObject([
    { code: "CORRECTION_OPEN", study: other, index: expect.any(Number), at: expect.any(String) },
    { code: "COPY_ALTERED", study },
  ]);
  // Which study it is, the ledger's open fields tell; nobody's read is recorded here, so nothing sealed is told.
  const { index, instances } = node.projection.imaging.study(study) ?? {};
  expect(concerns[1]?.registration).toMatchObject({ index, instances, modalities: expect.any(Array) });
  expect(searchFor(ofBerg)(Buffer.from(JSON.stringify(concerns)))).toEqual([]);
  await node.operations.completeCorrection(other, [approvers[1]]);
  expect(await codes(node, operator)).toEqual(["COPY_ALTERED"]);
  expect(await codes(node, operator, Date.now() + 13 * day)).toEqual(["COPY_ALTERED"]);
  expect(await codes(node, operator, Date.now() + 15 * day)).toEqual([]);
});

test("an emergency access waits for three days, for those who may see who looked; a connection that fails, for who runs the node", async () => {
  const { node, study } = await hospital();
  await node.access.before({ caller: person("radiologist"), what: "images", action: "view", study, purpose: "BTG" });
  await node.access.before({ caller: person("radiologist"), what: "study", action: "view", study });
  node.connections.line({ id: "folder:one", type: "folder", name: "One" }).failed("PATH_UNREADABLE");
  const sender = node.connections.line({ id: "dimse:ct9", type: "dimse", name: "CT9" });
  sender.took(1);
  sender.failed("DIMSE_CALLED_AE_REFUSED");
  node.connections.line({ id: "dimse:stranger", type: "dimse", name: "STRANGER" }).failed("DIMSE_CALLER_UNKNOWN");
  await node.projector.caughtUp(node.store.head().edge.size);
  expect(await codes(node, person("auditor"))).toEqual(["EMERGENCY_ACCESS"]);
  expect(await codes(node, person("radiologist"))).toEqual([]);
  const administrator = ["CONNECTION_FAILED", "EMERGENCY_ACCESS"];
  expect((await codes(node, person("administrator"))).sort()).toEqual(["CONNECTION_FAILED", ...administrator]);
  expect((await codes(node, person("administrator"), Date.now() + 2 * 3_600_000)).sort()).toEqual(administrator);
  expect(await codes(node, person("auditor"), Date.now() + 4 * day)).toEqual([]);
  const { concerns } = await attention(node, operator);
  expect(concerns.find(({ cause }) => cause === "PATH_UNREADABLE")).toMatchObject({
    connection: { id: "folder:one", name: "One" },
    cause: "PATH_UNREADABLE",
  });
});

test("a study that comes under another patient's Study Instance UID waits with that one, until it is the same patient's", async () => {
  const { scratch, node, study, other, approvers } = await hospital();
  expect(await codes(node, operator)).toEqual([]);
  expect(await studyOf(node, study)).not.toHaveProperty("sharedUid");
  const wrong = await takeIn(scratch, node, { ...berg, patientId: "PAT-3", patientName: "Three", accession: "ACC-3" });
  const shared = async () =>
    (await attention(node, operator)).concerns.flatMap((one) => (one.code === "STUDY_UID_SHARED" ? [one.study] : []));
  expect((await shared()).sort()).toEqual([study, wrong].sort());
  expect(await studyOf(node, study)).toMatchObject({ sharedUid: [wrong] });
  expect(await studyOf(node, wrong)).toMatchObject({ sharedUid: [study] });
  expect(await studyOf(node, other)).not.toHaveProperty("sharedUid");
  expect((await attention(node, operator, Date.now() + 15 * day)).concerns).toEqual([]);
  await node.operations.correct(wrong, { issuer: "", patientId: berg.patientId, name: "B" }, [approvers[0]]);
  expect(await shared()).toEqual([]);
  expect(await studyOf(node, study)).not.toHaveProperty("sharedUid");
});

test("what the PACS gives otherwise than registered waits, by study, until it gives it as it was", async () => {
  const { node, study } = await hospital();
  const line = node.connections.line({ id: "pacs", type: "pacs", name: "pacs.example" });
  line.works();
  line.differs(["a", "b"].map((digest) => ({ digest, study, code: "PACS_COPY_CHANGED" })));
  const connection = { id: "pacs", name: "pacs.example" };
  const concern = { code: "PACS_DIFFERS", study, objects: 2, connection };
  for (const caller of [operator, person("radiologist")])
    expect((await attention(node, caller)).concerns).toMatchObject([concern]);
  const differing = (caller: Caller) => connections(node, caller).connections[0]?.differing;
  expect(differing(operator)).toEqual({ objects: 2, studies: [{ study, objects: 2 }] });
  expect(differing({ type: "machine", subject: "", name: "", scopes: ["node.operate"] })).toEqual({ objects: 2 });
  line.differs([]);
  expect(await codes(node, operator)).toEqual([]);
  expect(differing(operator)).toBeUndefined();
});

test("of much that waits the newest is told, and that there is more; over HTTP as well", async () => {
  const { node, study } = await hospital();
  for (let times = 0; times < 21; times++) await verified(node, study, "altered");
  const told = await attention(node, operator);
  expect([told.concerns.length, told.more]).toEqual([20, true]);
  const indices = told.concerns.map(({ index = -1 }) => index);
  expect(indices).toEqual([...indices].sort((one, other) => other - one));
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  try {
    expect(await operatorOf(server).client.attention()).toEqual(told);
  } finally {
    await server.close();
  }
});
