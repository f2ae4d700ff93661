// What is listed, counted and found, of a node with one study.

import type { Role } from "@fiducial/contract";
import { expect, test } from "vitest";
import type { Caller } from "../authorization/caller.ts";
import { type ScratchServer, serve } from "../scratch/scratch-server.ts";
import { activity } from "./activity.ts";
import { find } from "./find.ts";

async function served(): Promise<ScratchServer> {
  const served = await serve({});
  await served.node.ingest([served.scratch.file("object.dcm")]);
  await served.node.projector.caughtUp(4);
  return served;
}

test("everything is found by what people have of it, and nothing by less", async () => {
  const { node, client } = await served();
  const found = async (text: string) =>
    (await client.find({ text })).places.map((place) =>
      place.type === "entry" ? place.entry.index : place.type === "member" ? place.member.type : place.type,
    );
  const { id } = await client.entry(3);
  const [study] = (await client.studies()).studies;
  const [record] = [0].map(
    (item) => node.vault.manifestItem(id, item)?.value as { file: string; sopInstanceUid: string },
  );
  expect(await found("3")).toEqual([3]);
  expect(await found("#0")).toEqual([0]);
  expect(await found(id.toUpperCase())).toEqual([3]);
  expect(await found(record?.file ?? "")).toEqual([3]);
  expect(await found(record?.sopInstanceUid ?? "")).toEqual([3, "study"]);
  expect(await found(study?.study ?? "")).toEqual(["study"]);
  expect(await found(study?.patientId ?? "")).toEqual(["study"]);
  expect(await found("gatew")).toEqual(["software"]);
  expect(await found(node.identity.organization)).toEqual(["organization"]);
  for (const nothing of ["400", "ateway", "g", id.slice(1), "1.2.3", "%", "ab".repeat(32)])
    expect([nothing, await found(nothing)]).toEqual([nothing, []]);
});

test("who may not see studies finds entries and members, and whoever may not compare files no object", async () => {
  const { node, client } = await served();
  await node.projector.caughtUp(node.store.head().edge.size);
  const { id } = await client.entry(3);
  const { sopInstanceUid, file } = (node.vault.manifestItem(id, 0)?.value ?? {}) as Record<
    "sopInstanceUid" | "file",
    string
  >;
  const [study] = (await client.studies()).studies;
  const person = (role: Role): Caller => ({
    ...{ type: "person", subject: "1".repeat(32), name: "", roles: [role], session: "2".repeat(32) },
  });
  const found = async (text: string, caller: Caller) =>
    (await find(node, { text }, caller)).places.map(({ type }) => type);
  const machine: Caller = { type: "machine", subject: "3".repeat(32), name: "", scopes: ["ledger.read"] };
  for (const caller of [person("auditor"), machine]) {
    expect(await found("3", caller)).toEqual(["entry"]);
    expect(await found(id, caller)).toEqual(["entry"]);
    expect(await found("gatew", caller)).toEqual(["member"]);
    expect(await found(study?.patientId ?? "", caller)).toEqual([]);
  }
  expect(await found(study?.study ?? "", machine)).toEqual([]);
  expect(await found(file, person("auditor"))).toEqual(["entry"]);
  expect(await found(sopInstanceUid, person("auditor"))).toEqual(["entry", "history"]);
  for (const text of [sopInstanceUid, file]) expect(await found(text, machine)).toEqual([]);
  expect(await found(study?.patientId ?? "", person("radiologist"))).toEqual(["study"]);
});

test("studies of a modality, a device, a span of days", async () => {
  const { client, request } = await served();
  const all = await client.studies();
  expect(all).toMatchObject({ total: 1, modalities: [{ studies: 1 }] });
  const modality = all.modalities[0]?.modality ?? "";
  const patientId = all.studies[0]?.patientId ?? "";
  const today = all.studies[0]?.registeredAt.slice(0, 10) ?? "";
  const dayAfter = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
  for (const [query, found] of [
    [{ modality }, 1],
    [{ modality: "XX" }, 0],
    [{ device: "ab".repeat(16) }, 0],
    [{ from: today, to: today }, 1],
    [{ from: dayAfter }, 0],
    [{ to: "2020-02-29" }, 0],
  ] as const) {
    expect([query, (await client.studies(query)).studies.length]).toEqual([query, found]);
    const searched = await client.searchStudies({ ...query, search: patientId });
    expect([query, searched.studies.length]).toEqual([query, found]);
  }
  for (const query of ["modality=ct", "from=2026-02-30", "device=1"])
    expect((await request(`/api/v1/studies?${query}`)).status).toBe(400);
});

test("how much each application recorded, on each day that was asked for", async () => {
  const { node, client } = await served();
  const { days } = await client.activity({ days: 3 });
  const sum = (application: string) =>
    days
      .flatMap(({ applications }) => applications)
      .reduce((total, each) => total + (each.application === application ? each.entries : 0), 0);
  expect([sum("identity"), sum("imaging")]).toEqual([3, 1]);
  expect(days.reduce((total, { findings }) => total + findings, 0)).toBe(1);
  const noon = Date.parse("2024-03-01T12:00:00.000Z");
  expect(activity(node, { days: 2 }, noon).days.map(({ day }) => day)).toEqual(["2024-02-29", "2024-03-01"]);
  expect((await client.activity()).days).toHaveLength(14);
});
