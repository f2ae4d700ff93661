import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiClient } from "@fiducial/api";
import { expect, test } from "vitest";
import { searchFor } from "../scratch/identifier-search.ts";
import { startScratch } from "../scratch/scratch-configuration.ts";
import { scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { operatorOf, soon } from "../scratch/scratch-server.ts";
import { showsToken } from "./token.ts";

const value = (text: string, line: string) =>
  Number(new RegExp(`^${line.replaceAll(/[.{}"]/g, "\\$&")} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);

test("tell log, statements, checkpoints, disk and requests by template, and nothing that identifies anybody", async () => {
  const scratch = scratchNode();
  const { server, node } = await startScratch([], {}, scratch);
  const [patientId, patientName, accession, studyUid] = [
    "PAT-4711-X",
    "DOE^JANE",
    "ACC-0815-Y",
    "1.2.826.0.1.3680043.9.9999.7",
  ];
  await takeIn(scratch, node, { patientId, patientName, accession, studyUid, objects: 2 });
  const { request } = operatorOf(server);
  await request(`/api/v1/studies/${patientName}?search=${patientId}`);
  await request(`/${accession}/${studyUid}`, { method: "PUT" });
  await request("/api/v1/studies/search", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ search: patientId }),
  });
  await node.publication.covering(node.store.head().edge.size);
  const read = async () => (await request("/metrics")).text();
  const text = await soon(async () => {
    const answer = await read();
    expect(
      value(
        answer,
        'fiducial_http_request_duration_seconds_count{method="POST",route="/api/v1/studies/search",status="200"}',
      ),
    ).toBe(1);
    return answer;
  });
  const { size } = node.replica.head();
  expect(value(text, "fiducial_log_size")).toBe(size);
  expect(value(text, "fiducial_checkpoint_size")).toBe(size);
  expect(value(text, "fiducial_projection_backlog")).toBe(0);
  expect(value(text, 'fiducial_statements_accepted_total{kind="imaging.study.registered"}')).toBe(1);
  expect(value(text, "fiducial_disk_free_bytes")).toBeGreaterThan(0);
  expect(value(text, "fiducial_siem_waiting_events")).toBe(0);
  expect(value(text, 'fiducial_http_request_duration_seconds_count{method="PUT",route="none",status="404"}')).toBe(1);
  expect(value(text, "process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(
    searchFor([patientId, patientName, accession, studyUid, node.identity.organizationName])(Buffer.from(text)),
  ).toEqual([]);
});

test("tell how many connections fail, by type, and never which", async () => {
  const { server, node } = await startScratch();
  const text = async () => (await operatorOf(server).request("/metrics")).text();
  node.connections.line({ id: "dimse:stranger", type: "dimse", name: "STRANGER" }).failed("DIMSE_CALLER_UNKNOWN");
  const line = node.connections.line({ id: "orthanc:one", type: "orthanc", name: "orthanc.example" });
  line.failed("FEED_UNREACHABLE");
  const failing = await text();
  expect(value(failing, 'fiducial_connections_failing{type="orthanc"}')).toBe(1);
  expect(value(failing, 'fiducial_trouble{code="CONNECTION_FAILS"}')).toBe(1);
  expect(failing).not.toMatch(/type="dimse"|STRANGER|orthanc\.example/);
  line.works();
  expect(value(await text(), 'fiducial_connections_failing{type="orthanc"}')).toBe(0);
});

test("count refusals by kind and code, and what nobody knows as other", async () => {
  const { server, node } = await startScratch();
  const listeners: Parameters<typeof node.replica.onCommit>[0][] = [];
  const { nodeMetrics } = await import("./node-metrics.ts");
  const { Registry } = await import("prom-client");
  const registry = new Registry();
  const onCommit = (listener: (typeof listeners)[number]) => {
    listeners.push(listener);
    return () => {};
  };
  nodeMetrics(registry, {
    ...node,
    replica: { ...node.replica, onCommit },
  });
  const refused = (kind: string, code: string) => ({ id: "", kind, code, recordedAt: "" });
  for (const listener of listeners)
    listener({} as never, [], [refused("identity.role.granted", "ROLE_HELD"), refused("doe.jane.named", "DOE_JANE")]);
  const text = await registry.metrics();
  expect(value(text, 'fiducial_statements_refused_total{kind="identity.role.granted",code="ROLE_HELD"}')).toBe(1);
  expect(value(text, 'fiducial_statements_refused_total{kind="other",code="other"}')).toBe(1);
  expect((await apiClient({ baseUrl: server.url }).health()).status).toBe("ok");
});

test("are for operators, and for whoever shows the token", async () => {
  const scratch = scratchNode();
  const tokenFile = join(scratch.folder, "token");
  writeFileSync(tokenFile, "a-token-of-the-collector\n", { mode: 0o600 });
  const { server } = await startScratch([`metrics.tokenFile=${tokenFile}`], {}, scratch);
  const status = async (headers: Record<string, string>) => (await fetch(`${server.url}/metrics`, { headers })).status;
  expect(await status({ authorization: `Bearer ${server.operatorToken}` })).toBe(200);
  expect(await status({})).toBe(401);
  expect(await status({ authorization: "Bearer a-token-of-the-collector" })).toBe(200);
  for (const wrong of ["Bearer a-token-of-the-collecto", "Bearer ", "Basic YTpi", "a-token-of-the-collector"])
    expect(await status({ authorization: wrong })).toBe(401);
  // It opens nothing else.
  const other = await fetch(`${server.url}/api/v1/connections`, {
    headers: { authorization: "Bearer a-token-of-the-collector" },
  });
  expect(other.status).toBe(403);
});

test("a token that is not set is shown by nobody", () => {
  expect(["Bearer ", "Bearer undefined", undefined, "Bearer x"].map((given) => showsToken(given, undefined))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(showsToken("Bearer ", "")).toBe(false);
});

test("have a port of their own where that is wanted, and are nowhere when they are not", async () => {
  const off = await startScratch(["metrics.enabled=false"]);
  expect((await fetch(`${off.server.url}/metrics`)).status).toBe(404);
  const { serveMetrics, openMetrics } = await import("./metrics.ts");
  const own = await serveMetrics(openMetrics(off.node), { host: "127.0.0.1", port: 0 });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${own.port}${path}`)).status;
  expect([await ask("/metrics"), await ask("/api/v1/health")]).toEqual([200, 404]);
  await own.close();
});
