import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AuditLine,
  EntryDetail,
  EntryPage,
  Health,
  ObjectVersions,
  Problem,
  StudyDetail,
  StudyPage,
} from "@fiducial/api";
import { nobleBackend, parseReceipt, parseSignedCheckpoint, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenNode, openNode } from "./compose.ts";
import { operatorOf, refusal } from "./scratch/scratch-server.ts";
import { type RunningServer, startServer } from "./server.ts";

let folder: string;
let node: OpenNode;
let server: RunningServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "server-"));
  writeFileSync(join(folder, "object.dcm"), smallObject());
  node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 });
  await node.ingest([join(folder, "object.dcm")]);
  server = await startServer(node, { port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await server.close();
  await node.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => operatorOf(server).request(path);
const json = async (path: string) => (await get(path)).json() as Promise<unknown>;

describe("the API answers as its table says", () => {
  test("health, entries, one entry", async () => {
    const health = Health.parse(await json("/api/v1/health"));
    expect(health.log.size).toBe(4);
    const page = EntryPage.parse(await json("/api/v1/entries?limit=3"));
    expect(page.entries.map(({ index }) => index)).toEqual([3, 2, 1]);
    expect(
      EntryPage.parse(await json(`/api/v1/entries?limit=3&before=${page.next}`)).entries.map(({ index }) => index),
    ).toEqual([0]);
    const entry = EntryDetail.parse(await json("/api/v1/entries/3"));
    expect(entry.kind).toBe("imaging.study.registered");
    expect(JSON.parse(entry.raw)).toMatchObject({ findings: entry.findings, recordedAt: entry.recordedAt });
  });

  test("an address that cannot be read is refused as every other, and not repeated", async () => {
    for (const path of ["/api/v1/entries/%zz", `/api/v1/studies/${"a".repeat(300)}`]) {
      const answer = await get(path);
      expect(answer.headers.get("content-security-policy")).toContain("default-src");
      expect(Problem.parse(await answer.json())).toMatchObject({ status: answer.status });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  test("every address, as OpenAPI", async () => {
    const document = (await json("/api/v1/openapi.json")) as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toContain("/api/v1/studies/{study}");
  });

  test("studies, one study, its object's bytes, and its history", async () => {
    const { studies } = StudyPage.parse(await json("/api/v1/studies"));
    const [study] = studies;
    const detail = StudyDetail.parse(await json(`/api/v1/studies/${study?.study}`));
    const object = detail.seriesList[0]?.objects[0];
    const bytes = await (
      await get(`/api/v1/studies/${study?.study}/objects/${object?.statementId}/${object?.item}`)
    ).bytes();
    expect(bytes).toEqual(new Uint8Array(smallObject()));
    expect(detail.history.map(({ index }) => index)).toEqual([3]);
    const { client } = operatorOf(server);
    const { studies: found } = await client.searchStudies({ search: ` ${study?.patientId} ` });
    expect(found.map(({ study: handle }) => handle)).toEqual([study?.study]);
    expect((await client.searchStudies({ search: "nobody" })).studies).toEqual([]);
    for (const search of [" ", "\ud800"])
      await expect(client.searchStudies({ search })).rejects.toMatchObject({ code: "REQUEST_INVALID" });
    const twice = { objects: [0, 0].map((item) => ({ item, attributes: true })) };
    await expect(client.receiptShowing(3, twice)).rejects.toMatchObject({ code: "REQUEST_INVALID" });
  });

  test("a server closes although somebody listens to its events", async () => {
    const second = await startServer(node, { port: 0, host: "127.0.0.1" });
    const events = (await operatorOf(second).request("/api/v1/events")).body?.getReader();
    expect(new TextDecoder().decode((await events?.read())?.value)).toMatch(/^data: \{"type":"grown","size":\d+/);
    await second.close();
    expect((await events?.read())?.done).toBe(true);
  });

  test("a receipt that verifies under the policy it hands out", async () => {
    const policy = parseTrustPolicy(await (await get("/api/v1/policy")).text());
    const receipt = await (await get("/api/v1/entries/3/receipt")).text();
    expect(verifyReceipt(parseReceipt(receipt), policy, nobleBackend)).toMatchObject({ ok: true, index: 3 });
    const [study] = node.projection.imaging.studies({ limit: 1 });
    const statement = node.vault.statementsOf(study?.study ?? "")[0] ?? "";
    const record = node.vault.manifestItem(statement, 0)?.value as { sopInstanceUid: string } | undefined;
    const answer = await operatorOf(server).request("/api/v1/objects/lookup", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ sopInstanceUid: record?.sopInstanceUid }),
    });
    const { versions } = ObjectVersions.parse(await answer.json());
    expect(verifyReceipt(parseReceipt(versions[0]?.receipt ?? ""), policy, nobleBackend).ok).toBe(true);
  });

  test("the public log: checkpoint and tiles", async () => {
    const log = `/logs/${node.identity.origin}`;
    // What was read before is on the log too.
    const { size } = node.store.head().edge;
    await node.publication.covering(size);
    const { checkpoint } = parseSignedCheckpoint(await (await get(`${log}/checkpoint`)).text());
    expect(checkpoint).toMatchObject({ origin: node.identity.origin, size });
    expect((await (await get(`${log}/tile/0/000.p/${size}`)).bytes()).length).toBe(32 * size);
    expect((await get(`${log}/tile/0/000.p/${size + 1}`)).status).toBe(404);
    expect((await get(`${log}/tile/0/../../vault.db`)).status).toBe(404);
  });

  test("actors by type and page by page, and one of them", async () => {
    const { client } = operatorOf(server);
    const { actors, counts } = await client.actors();
    expect(counts).toEqual({ organization: 1, person: 0, ai: 0, device: 0, software: 1 });
    expect(actors.map(({ type, index, keys }) => [type, index, keys.length])).toEqual([
      ["organization", 0, 1],
      ["software", 1, 1],
    ]);
    const first = await client.actors({ limit: 1 });
    expect(first.actors).toEqual(actors.slice(0, 1));
    expect(first.next).toBe(actors[0]?.actor);
    const second = await client.actors({ limit: 1, after: first.next ?? "" });
    expect(second).toEqual({ actors: actors.slice(1), counts });
    expect((await client.actors({ type: "software", after: first.next ?? "" })).actors).toEqual(actors.slice(1));
    expect(await refusal(client.actors({ after: "0".repeat(32) }))).toBe("ACTOR_UNKNOWN");
    expect(await refusal(client.actors({ after: "1" }))).toBe("REQUEST_INVALID");
    expect((await client.actors({ type: "software" })).actors).toEqual(actors.slice(1));
    expect((await client.actors({ type: "person" })).actors).toEqual([]);
    expect(await client.actor(actors[1]?.actor ?? "")).toEqual(actors[1]);
  });

  test("what is not there, or not well formed, is a problem with a code", async () => {
    const codes = async (path: string) => {
      const answer = await get(path);
      return [
        answer.status,
        answer.headers.get("content-type")?.split(";")[0],
        ((await answer.json()) as { code: string }).code,
      ];
    };
    const problem = "application/problem+json";
    expect(await codes("/api/v1/entries/99")).toEqual([404, problem, "ENTRY_UNKNOWN"]);
    expect(await codes("/api/v1/entries/-1")).toEqual([404, problem, "ENTRY_UNKNOWN"]);
    expect(await codes(`/api/v1/studies/${"0".repeat(32)}`)).toEqual([404, problem, "STUDY_UNKNOWN"]);
    expect(await codes(`/api/v1/actors/${"0".repeat(32)}`)).toEqual([404, problem, "ACTOR_UNKNOWN"]);
    expect(await codes("/api/v1/actors?type=ghost")).toEqual([400, problem, "REQUEST_INVALID"]);
    expect(await codes("/api/v1/entries?limit=0")).toEqual([400, problem, "REQUEST_INVALID"]);
    expect(await codes("/api/v1/nothing")).toEqual([404, problem, "ROUTE_UNKNOWN"]);
  });
});

describe("files over HTTP", () => {
  const client = () => operatorOf(server).client;
  const other = new Uint8Array(smallObject({ seed: "another" }));

  test("go into an intake, are registered together, and verify; a bad one is told and harms nobody", async () => {
    const { intake } = await client().openIntake();
    expect(await client().takeObject(intake, other)).toEqual({ sizeBytes: other.length });
    expect(await client().takeObject(intake, new Uint8Array(200).fill(65))).toMatchObject({
      refused: { code: "NOT_DICOM" },
    });
    const result = await client().registerIntake(intake);
    expect(result.refused).toMatchObject([{ file: "2", code: "NOT_DICOM" }]);
    expect(result.instances + result.known).toBe(1);
    expect(await client().verify(other)).toMatchObject({ verdict: "identical", harmless: true });
    expect(await client().verify(new Uint8Array(200))).toMatchObject({ verdict: "unknown" });
    await expect(client().takeObject(intake, other)).rejects.toMatchObject({ code: "INTAKE_UNKNOWN", status: 404 });
  });

  test("leave nothing behind when they are only verified", async () => {
    await client().verify(other);
    expect(readdirSync(join(folder, "data", "objects", "incoming"))).toEqual([]);
  });

  test("an audit tells how far it is and how it came out", async () => {
    const lines: AuditLine[] = [];
    await client().audit((line) => lines.push(line));
    expect(lines.at(-1)).toMatchObject({ ok: true, size: node.store.head().edge.size });
    expect(lines.length).toBeGreaterThan(1);
  });

  test("a receipt may show objects, and a statement is found by its id", async () => {
    const [study] = node.projection.imaging.studies({ limit: 1 });
    const statementId = node.vault.statementsOf(study?.study ?? "")[0] ?? "";
    const { index } = await client().statement(statementId);
    const receipt = parseReceipt(await client().receiptShowing(index, { objects: [{ item: 0, attributes: true }] }));
    expect(receipt.objects).toHaveLength(1);
    await expect(client().statement("00".repeat(32))).rejects.toMatchObject({ code: "STATEMENT_UNKNOWN", status: 404 });
  });
});

describe("every answer", () => {
  test("every answer carries the security headers", async () => {
    const { headers } = await get("/api/v1/health");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});
