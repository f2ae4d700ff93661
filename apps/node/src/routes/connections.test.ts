// Connections and the inbox over HTTP: the board, its tests, what the health tells of what waits, and events.
import { Health, parseNodeEvent } from "@fiducial/api";
import { LedgerError } from "@fiducial/ledger";
import { expect, test, vi } from "vitest";
import { startDimse } from "../connections/dimse/dimse-listener.ts";
import { webPlace } from "../connections/web-place.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { serve, soon } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";

const ct = { id: "dimse:ct1", type: "dimse", name: "CT 1" } as const;

test("the board is told with a sentence for each code, and a connection is tested", async () => {
  const { node, client } = await serve({});
  expect(await client.connections()).toEqual({ connections: [], refusals: [] });
  const line = node.connections.line(ct);
  line.took(7);
  for (const code of ["NOT_DICOM", "OBJECT_NO_ROOM", "STUDY_UNKNOWN", "OBJECT_MISSING", "DISK_FULL"])
    line.refused(code);
  const { connections, refusals } = await client.connections();
  expect(connections).toMatchObject([{ ...ct, state: "works", received: 1, refused: 5, bytes: 7, canTest: false }]);
  expect(new Set(refusals.map(({ says }) => says)).size).toBe(5);
  expect(refusals.every(({ says }) => says.length > 20)).toBe(true);
  await expect(client.testConnection(ct.id)).rejects.toMatchObject({ code: "CONNECTION_NOT_TESTABLE", status: 409 });
  await expect(client.testConnection("dimse:other")).rejects.toMatchObject({ code: "CONNECTION_UNKNOWN", status: 404 });
  line.testedBy(async () => {
    throw new LedgerError("STORE_FAILED");
  });
  expect(await client.testConnection(ct.id)).toMatchObject({
    ...{ state: "works", configured: false },
    lastTest: { failure: { code: "STORE_FAILED", says: expect.any(String) } },
  });
  expect(await client.seenConnection(ct.id)).not.toHaveProperty("lastError");
  expect(await client.removeConnection(ct.id)).toMatchObject({ connections: [] });
  await expect(client.seenConnection(ct.id)).rejects.toMatchObject({ code: "CONNECTION_UNKNOWN", status: 404 });
  node.connections.line({ ...ct, configured: true });
  await expect(client.removeConnection(ct.id)).rejects.toMatchObject({ code: "CONNECTION_CONFIGURED", status: 409 });
});

test("where the node takes objects by DICOM is told as long as it does, and where others are asked", async () => {
  const { node, client } = await serve({});
  node.connections.line({ ...ct, place: { host: "ct1.example", port: 104, tls: true } });
  expect((await client.connections()).connections).toMatchObject([
    { id: ct.id, place: { host: "ct1.example", port: 104, tls: true } },
  ]);
  const listener = await startDimse(node, { port: 0, aeTitle: "NODE", callers: [{ aeTitle: "CT1" }] });
  expect((await client.connections()).listener).toEqual({
    ...{ aeTitle: "NODE", addresses: ["127.0.0.1"], port: listener.port },
    ...{ tls: "none", onlyHere: true, callers: ["CT1"] },
  });
  await listener.close();
  expect(await client.connections()).not.toHaveProperty("listener");
});

test.each([
  ["http://orthanc.example:8042/api", { host: "orthanc.example", port: 8042, tls: false }],
  ["https://pacs.example/dicom-web", { host: "pacs.example", port: 443, tls: true }],
  ["http://[2001:db8::7]/", { host: "2001:db8::7", port: 80, tls: false }],
])("%s is at a host and port", (address, place) => {
  expect(webPlace(address)).toEqual(place);
});

test("operators alone see the board", async () => {
  const { server } = await serve({});
  for (const [method, path] of [
    ["GET", "connections"],
    ["POST", "connections/dimse:ct1/test"],
    ["POST", "connections/dimse:ct1/seen"],
    ["POST", "connections/dimse:ct1/removal"],
  ] as const) {
    const answer = await fetch(`${server.url}/api/v1/${path}`, { method });
    expect(answer.status).toBe(401);
    await answer.body?.cancel();
  }
});

test("the health tells what waits, and when registering fails", async () => {
  const scratch = scratchNode();
  const node = await scratch.open({ inbox: { settleMs: 1 } });
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { closingMs: 100 } });
  try {
    const health = async () => Health.parse(await (await fetch(`${server.url}/api/v1/health`)).json());
    expect((await health()).intake).toEqual({ objects: 0, studies: 0 });
    const submit = vi.spyOn(node.replica, "submit").mockRejectedValue(new LedgerError("STORE_FAILED"));
    await node.inbox.receive({ path: scratch.incoming(node), connection: ct.id });
    await soon(async () => {
      const { status, troubles, intake } = await health();
      expect([status, troubles]).toEqual(["degraded", [{ code: "INTAKE_WAITING", cause: "STORE_FAILED" }]]);
      expect(intake).toMatchObject({ objects: 1, oldest: expect.any(String), problem: "STORE_FAILED" });
    });
    submit.mockRestore();
    await soon(async () => expect(await health()).toMatchObject({ status: "ok", intake: { objects: 0 } }));
  } finally {
    await server.close();
  }
});

test("whoever listens is told of many changes a few times", async () => {
  const { node, request } = await serve({});
  const abort = new AbortController();
  const { body } = await request("/api/v1/events", { signal: abort.signal });
  const line = node.connections.line(ct);
  const types: (string | undefined)[] = [];
  const reading = (async () => {
    for await (const chunk of body ?? [])
      for (const data of new TextDecoder().decode(chunk as Uint8Array).matchAll(/^data: (.*)$/gm))
        types.push(parseNodeEvent(data[1] ?? "")?.type);
  })().catch(() => {});
  for (let at = 0; at < 1000; at++) line.took(1);
  await soon(() => expect(types).toContain("intake"));
  expect(types.filter((type) => type === "intake").length).toBeLessThan(5);
  abort.abort();
  await reading;
});
