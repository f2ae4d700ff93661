// More than a server takes at a time: each bound is told with its code, and what was taken is given back when whoever took it is gone.
import { Problem } from "@fiducial/api";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { objectFiles, operatorLine, refusal, serve, soon } from "../scratch/scratch-server.ts";

describe("those who listen to events", () => {
  test("are so many, and one that goes makes room", async () => {
    const { request } = await serve({ listeners: 1, heartbeatMs: 20 });
    const asking = new AbortController();
    const first = await request("/api/v1/events", { signal: asking.signal });
    expect(first.status).toBe(200);
    const second = await request("/api/v1/events");
    expect(second.headers.get("retry-after")).toBe("30");
    expect(Problem.parse(await second.json())).toMatchObject({ status: 429, code: "TOO_MANY_LISTENERS" });
    asking.abort();
    await soon(async () => {
      const again = await request("/api/v1/events");
      expect(again.status).toBe(200);
      const events = again.body?.getReader();
      let text = "";
      while (!text.includes(": still here")) text += new TextDecoder().decode((await events?.read())?.value);
      await events?.cancel();
    });
  });

  test("are not those who only ask whether they could", async () => {
    const { request } = await serve({ listeners: 1 });
    for (let time = 0; time < 2; time++) {
      const answer = await request("/api/v1/events", {
        method: "HEAD",
        signal: AbortSignal.timeout(20_000),
      });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    }
  });

  test("and leave everything unread are let go", async () => {
    const { node, server, request } = await serve({ listeners: 1, unreadBytes: 1000, heartbeatMs: 5 });
    const { socket, write } = rawConnection(server.url);
    socket.pause();
    write(`GET /api/v1/events HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\n${operatorLine(server)}\r\n\r\n`);
    // One that comes now is told so, or, where there is a place, let go like the first.
    const isFull = () =>
      request("/api/v1/events").then(
        ({ status }) => status === 429,
        () => false,
      );
    await soon(async () => expect(await isFull()).toBe(true));
    const root = new Uint8Array(2 ** 24);
    const told = vi.spyOn(node.replica, "head").mockReturnValue({ ...node.replica.head(), rootHash: root });
    onTestFinished(() => told.mockRestore());
    await node.registerActor({ type: "software", name: "viewer" });
    await soon(async () => expect(await isFull()).toBe(false));
  });
});

describe("audits", () => {
  test("are one at a time", async () => {
    const { node, client, request } = await serve({});
    const gate = Promise.withResolvers<never>();
    const audit = vi.spyOn(node, "audit").mockReturnValueOnce(gate.promise);
    onTestFinished(() => audit.mockRestore());
    const first = request("/api/v1/audits", { method: "POST" });
    await soon(() => expect(audit).toHaveBeenCalled());
    expect(await refusal(client.audit(() => {}))).toBe("AUDIT_UNDER_WAY");
    gate.resolve({ ok: false, firstBad: { index: null, code: "STORE_DAMAGED" } } as never);
    expect(await (await first).text()).toContain("STORE_DAMAGED");
    expect(await refusal(client.audit(() => {}))).toBe("answered");
  });

  test("end when nobody reads them any more", async () => {
    const { node, client, request } = await serve({});
    let signal: AbortSignal | undefined;
    const audit = vi.spyOn(node, "audit").mockImplementationOnce((progress, given) => {
      signal = given;
      progress?.(0, 1);
      return new Promise((_, reject) => given?.addEventListener("abort", () => reject(given.reason)));
    });
    onTestFinished(() => audit.mockRestore());
    const asking = new AbortController();
    await request("/api/v1/audits", { method: "POST", signal: asking.signal });
    asking.abort();
    await soon(() => expect(signal?.aborted).toBe(true));
    await soon(async () => expect(await refusal(client.audit(() => {}))).toBe("answered"));
  });

  test("stop at once when they are told to", async () => {
    const { node } = await serve({});
    const told = AbortSignal.abort("told");
    await expect(node.audit(() => {}, told)).rejects.toBe("told");
  });
});

test("receipts that show objects are so many at a time", async () => {
  const { node, client } = await serve({ receipts: 1 });
  const gate = Promise.withResolvers<string>();
  const making = vi.spyOn(node.receipts, "receipt").mockReturnValueOnce(gate.promise);
  const first = client.receiptShowing(0, { objects: [] });
  await soon(() => expect(making).toHaveBeenCalled());
  expect(await refusal(client.receiptShowing(0, { objects: [] }))).toBe("BUSY");
  expect(await refusal(client.lookup("1.2.3"))).toBe("BUSY");
  gate.resolve("made");
  expect(await first).toBe("made");
  await soon(async () => expect(await refusal(client.lookup("1.2.3"))).toBe("OBJECT_UNKNOWN"));
});

test.each([
  ["says nothing", ""],
  ["never ends what it says", "GET /api/v1/he"],
  [
    "never ends a file",
    "POST /api/v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dicom\r\nContent-Length: 9\r\n\r\nab",
  ],
])("a server closes although somebody is connected who %s", async (_, text) => {
  const { scratch, server } = await serve({ closingMs: 50 });
  const { write, answer } = rawConnection(server.url);
  write(text.replace("Host:", `${operatorLine(server)}\r\nHost:`));
  await soon(async () => expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200));
  await server.close();
  await answer;
  expect(objectFiles(scratch)).toEqual([]);
});

test("connections are so many, when each is used", async () => {
  const { server } = await serve({ connections: 1 });
  const first = rawConnection(server.url);
  first.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\n${operatorLine(server)}\r\n\r\n`);
  await new Promise((resolve) => first.socket.once("data", resolve));
  await soon(async () => expect(await rawConnection(server.url).answer).toBe(""));
  first.socket.destroy();
  await soon(async () => {
    const second = rawConnection(server.url);
    second.write("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(statusAndCode(await second.answer)).toEqual([200, undefined]);
  });
});
