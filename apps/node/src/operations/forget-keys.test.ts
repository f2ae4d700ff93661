// What forgetting destroys: the subject's key and everything under it, row by row, in every file; and what the node still says afterwards.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { searchFor } from "../scratch/identifier-search.ts";
import { berg, coe, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { filesBelow, traces } from "../scratch/traces.ts";
import { startServer } from "../server.ts";

test("a forgotten subject's key, names, lookups, disclosures and headers are in no file any more; everybody else's are", async () => {
  const { scratch, node, approvers, subject } = await hospital();
  const before = subjectsIn(scratch.data);
  expect(missingBytes(scratch.data, [...before.values()].flat())).toEqual([]);
  await node.operations.forget(subject, approvers);
  const after = subjectsIn(scratch.data);
  const gone = [...before].filter(([id]) => !after.has(id));
  expect(gone).toHaveLength(1);
  const destroyed = (gone[0] as [number, Buffer[]])[1];
  // Key, name, identity, study with its labels, the statement's part, lists of items, commitments and headers, three objects by two names.
  expect(destroyed.length).toBeGreaterThan(15);
  const kept = [...before].filter(([id]) => after.has(id)).flatMap(([, blobs]) => blobs);
  expect(kept.length).toBeGreaterThan(15);
  for (const state of ["open", "closed"]) {
    if (state === "closed") await scratch.close();
    for (const folder of [scratch.data, scratch.keys])
      expect(missingBytes(folder, destroyed), state).toHaveLength(destroyed.length);
    expect(missingBytes(scratch.data, kept), state).toEqual([]);
  }
});

test("a node that has just shown the patient shows nothing of him afterwards, to anybody", async () => {
  const { scratch, node, approvers, subject, study, other } = await hospital();
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  const index = node.projection.imaging.study(study)?.index as number;
  const { statementId } = (await (await operatorOf(server).request(`/api/v1/studies/${study}`)).json()).versions[0];
  const uid = `${berg.studyUid}.1.0`;
  const ask = async (path: string, body?: object) => {
    const post = body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    const answer = await operatorOf(server).request(path, post);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const questions: [string, object?][] = [
    ["/api/v1/studies"],
    ["/api/v1/studies/search", { search: berg.patientId }],
    ["/api/v1/studies/search", { search: berg.accession }],
    [`/api/v1/studies/${study}`],
    [`/api/v1/studies/${study}/objects/${statementId}/0`],
    [`/api/v1/entries/${index}`],
    [`/api/v1/entries/${index}/receipts`, { objects: [{ item: 0, attributes: true }] }],
    ["/api/v1/objects/lookup", { sopInstanceUid: uid }],
  ];
  const tells = searchFor(ofBerg);
  for (const [path, body] of questions) expect([path, tells((await ask(path, body)).bytes)]).not.toEqual([path, []]);

  await node.operations.forget(subject, approvers);
  for (const [path, body] of questions) expect([path, tells((await ask(path, body)).bytes)]).toEqual([path, []]);
  const found = JSON.parse((await ask("/api/v1/studies/search", { search: berg.patientId })).bytes.toString());
  expect(found.studies).toEqual([]);
  expect((await ask("/api/v1/objects/lookup", { sopInstanceUid: uid })).status).toBe(404);
  expect((await ask(`/api/v1/studies/${study}/objects/${statementId}/0`)).status).toBe(404);
  expect(node.vault.disclosures(statementId)).toBeUndefined();
  const same = scratch.file("again.dcm", { attributes: { PatientID: berg.patientId, SOPInstanceUID: uid } });
  expect((await node.verify(same)).verdict).toBe("unknown");
  // Everybody else is where they were.
  const { body: otherStudy } = { body: JSON.parse((await ask(`/api/v1/studies/${other}`)).bytes.toString()) };
  expect(otherStudy.patientId).toBe(coe.patientId);
});

test("a backup from before is told of with the plan, and holds what the node does not", async () => {
  const { scratch, node, approvers, subject } = await hospital();
  const backup = join(scratch.folder, "backup");
  await node.operations.backUp(backup);
  const plan = await node.operations.planForgetting(subject);
  expect(plan.survivors).toEqual([expect.objectContaining({ kind: "backup" })]);
  const { counts } = await node.operations.forget(subject, approvers);
  expect(counts).toEqual({ receipts: 0, backups: 1, copies: 0 });
  expect(traces(scratch.data, ofBerg)).toEqual([]);
  expect(traces(join(backup, "objects"), ofBerg)).not.toEqual([]);
  expect(existsSync(join(scratch.data, "under-way.json"))).toBe(false);
});

/** Every value under a subject, by the subject's row: read from a copy of the vault, as whoever takes the disk could. */
function subjectsIn(data: string): Map<number, Buffer[]> {
  const folder = mkdtempSync(join(tmpdir(), "vault-copy-"));
  try {
    for (const name of ["vault.db", "vault.db-wal"])
      if (existsSync(join(data, name))) copyFileSync(join(data, name), join(folder, name));
    const database = new DatabaseSync(join(folder, "vault.db"));
    const found = new Map<number, Buffer[]>();
    for (const query of valuesBySubject) {
      for (const row of database.prepare(query).all() as Record<string, number | Uint8Array | null>[]) {
        const { owner, ...columns } = row;
        const values = Object.values(columns).filter((value) => value instanceof Uint8Array);
        found.set(owner as number, [
          ...(found.get(owner as number) ?? []),
          ...values.map((value) => Buffer.from(value)),
        ]);
      }
    }
    database.close();
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const valuesBySubject = [
  "SELECT id AS owner, lookup, key, name FROM subject",
  "SELECT subject AS owner, lookup, bond FROM identity",
  "SELECT subject AS owner, lookup, secret FROM scope_key",
  "SELECT subject AS owner, lookup, handle FROM study",
  "SELECT study.subject AS owner, label.lookup, label.bond FROM label JOIN study ON label.study = study.id",
  "SELECT subject AS owner, facts FROM holder",
  "SELECT subject AS owner, content FROM part",
  "SELECT subject AS owner, list, items FROM chunk",
  "SELECT part.subject AS owner, object.lookup FROM object JOIN part ON object.part = part.id",
];

/** Those values of which no file has so much as 16 bytes, at their beginning, middle or end. */
function missingBytes(folder: string, values: readonly Buffer[]): Buffer[] {
  const files = filesBelow(folder).map((path) => readFileSync(path));
  return values.filter((value) =>
    [0, Math.floor((value.length - 16) / 2), value.length - 16].every((from) => {
      const piece = value.subarray(Math.max(0, from), Math.max(0, from) + 16);
      return !files.some((bytes) => bytes.includes(piece));
    }),
  );
}
