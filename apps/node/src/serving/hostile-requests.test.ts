// Requests that no client sends: each is answered with a problem, and none is taken for another.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenNode, openNode } from "../compose.ts";
import { rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { operatorLine } from "../scratch/scratch-server.ts";
import { type RunningServer, startServer } from "../server.ts";

let folder: string;
let node: OpenNode;
let server: RunningServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hostile-"));
  node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 });
  server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { headersMs: 200, jsonMs: 100 } });
});
afterAll(async () => {
  await server.close();
  await node.close();
  rmSync(folder, { recursive: true });
});

/** Sends lines as they are and returns status and code of the answer. */
async function outcome(lines: readonly string[], body = ""): Promise<ReturnType<typeof statusAndCode>> {
  const { write, answer } = rawConnection(server.url);
  write(`${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n${body}`);
  return statusAndCode(await answer);
}

const get = (path: string) => `GET ${path} HTTP/1.1`;
const ours = () => `Host: ${new URL(server.url).host}`;
const operator = () => operatorLine(server);
const json = "Content-Type: application/json";
const lookup = "POST /api/v1/objects/lookup HTTP/1.1";

describe("whom a request is addressed to", () => {
  test("one host, this machine, named in any case", async () => {
    expect(await outcome([get("/api/v1/studies"), ours(), operator()])).toEqual([200, undefined]);
    expect(await outcome([get("/api/v1/studies"), "Host: LocalHost", operator()])).toEqual([200, undefined]);
    expect(await outcome([get(`${server.url}/api/v1/studies`), ours(), operator()])).toEqual([200, undefined]);
  });

  test.each([
    ["two", (): string[] => [get("/api/v1/studies"), ours(), "Host: evil.example"]],
    ["two of one name", (): string[] => [get("/api/v1/studies"), ours(), ours()]],
    ["another", (): string[] => [get("/api/v1/studies"), "Host: evil.example"]],
    ["one that only looks like it", (): string[] => [get("/api/v1/studies"), "Host: localhost.evil.example"]],
    ["another in the target", (): string[] => [get("http://evil.example/api/v1/studies"), ours()]],
    ["another in the target of what is public", (): string[] => [get("http://evil.example/api/v1/health"), ours()]],
  ])("%s: refused", async (_, lines) => {
    expect(await outcome(lines())).toEqual([421, "HOST_FOREIGN"]);
  });

  test("a proxy that makes public addresses reachable may name its own", async () => {
    expect(await outcome([get("/api/v1/health"), "Host: hospital.example"])).toEqual([200, undefined]);
  });

  test.each(["Forwarded: for=192.0.2.7", "X-Forwarded-For: 192.0.2.7", "X-Real-IP: 192.0.2.7", "Via: 1.1 proxy"])(
    "a proxy that says that it asks for others makes no member of them: %s",
    async (line) => {
      expect(await outcome([get("/api/v1/studies"), ours(), line])).toEqual([401, "NOT_SIGNED_IN"]);
      expect(await outcome([get("/api/v1/health"), ours(), line])).toEqual([200, undefined]);
    },
  );

  test.each(["*", "localhost:80", "https://localhost/", "http://me@localhost/api/v1/health", "foo"])(
    "target %s: refused",
    async (target) => {
      expect(await outcome([get(target), "Host: localhost"])).toEqual([400, "REQUEST_INVALID"]);
    },
  );
});

describe("where a request ends", () => {
  test.each([
    ["two lengths", ["Content-Length: 2", "Content-Length: 5"], "{}xxx"],
    ["one length twice", ["Content-Length: 2", "Content-Length: 2"], "{}"],
    ["a length and chunks", ["Content-Length: 2", "Transfer-Encoding: chunked"], "2\r\n{}\r\n0\r\n\r\n"],
    ["chunks within something", ["Transfer-Encoding: chunked, identity"], "2\r\n{}\r\n0\r\n\r\n"],
    ["chunks twice", ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], "2\r\n{}\r\n0\r\n\r\n"],
    ["a space before the colon", ["Transfer-Encoding : chunked"], "2\r\n{}\r\n0\r\n\r\n"],
    ["a negative length", ["Content-Length: -2"], "{}"],
    ["a length with a sign", ["Content-Length: +2"], "{}"],
    ["a folded line", ["X: a\r\n b", "Content-Length: 2"], "{}"],
  ])("%s: refused with a problem", async (_, lines, body) => {
    expect(await outcome([lookup, ours(), operator(), json, ...lines], body)).toEqual([400, "REQUEST_INVALID"]);
  });
});

describe("what is too long", () => {
  test("headers", async () => {
    expect(await outcome([get("/api/v1/health"), ours(), `X: ${"a".repeat(20_000)}`])).toEqual([
      431,
      "HEADERS_TOO_LARGE",
    ]);
  });

  test("a body, told before it is read", async () => {
    expect(await outcome([lookup, ours(), operator(), json, "Content-Length: 1048577"])).toEqual([
      413,
      "REQUEST_TOO_LARGE",
    ]);
  });

  test("a body that nobody asked for is not waited for", async () => {
    const { write, answer } = rawConnection(server.url);
    write(`${get("/api/v1/health")}\r\n${ours()}\r\nContent-Length: 1000000000000\r\n\r\nabc`);
    expect(statusAndCode(await answer)).toEqual([200, undefined]);
  });
});

describe("what is never finished", () => {
  test.each([
    ["nothing", ""],
    ["half a line", "GET /api/v1/he"],
    ["headers without end", "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX: "],
  ])("%s: the connection is closed, with a problem", async (_, text) => {
    const { write, answer } = rawConnection(server.url);
    write(text);
    expect(statusAndCode(await answer)).toEqual([408, "REQUEST_TIMED_OUT"]);
  });

  test("half a body", async () => {
    expect(await outcome([lookup, ours(), operator(), json, "Content-Length: 20"], '{"sopInst')).toEqual([
      408,
      "REQUEST_TIMED_OUT",
    ]);
  });
});

describe("names that mean something to the language", () => {
  const post = (body: string) => outcome([lookup, ours(), operator(), json, `Content-Length: ${body.length}`], body);

  test.each(['{"__proto__":{"sopInstanceUid":"1.2"}}', '{"constructor":{"prototype":{"x":1}}}'])(
    "%s is refused and changes nothing",
    async (body) => {
      expect(await post(body)).toEqual([400, "REQUEST_INVALID"]);
      expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
    },
  );

  test("a query of such names is refused as one of any other that is unknown", async () => {
    expect(await outcome([get("/api/v1/entries?__proto__=1&constructor=2&limit=1"), ours(), operator()])).toEqual([
      400,
      "REQUEST_INVALID",
    ]);
  });

  test("JSON of many levels is refused", async () => {
    expect(await post(`{"sopInstanceUid":${"[".repeat(500_000)}${"]".repeat(500_000)}}`)).toEqual([
      400,
      "REQUEST_INVALID",
    ]);
  });
});

test.each([
  "/logs/../../etc/passwd",
  "/logs/%2e%2e/%2e%2e/etc/passwd",
  `/api/v1/studies/${"0".repeat(32)}/objects/..%2f..%2fvault.db/0`,
  "/api/v1/studies/%00",
  "/api/v1/entries/0/receipt%0d%0aX-Injected:%201",
])("%s leads nowhere", async (path) => {
  const { write, answer } = rawConnection(server.url);
  write(`${get(path)}\r\n${ours()}\r\nConnection: close\r\n\r\n`);
  const text = await answer;
  expect(text).not.toMatch(/^x-injected/im);
  expect(statusAndCode(text)[0]).toBeGreaterThanOrEqual(400);
  expect(statusAndCode(text)[0]).toBeLessThan(500);
});
