import { describe, expect, test } from "vitest";
import { apiClient } from "./client.ts";
import { ApiError, problemOf } from "./problem.ts";

const health = {
  status: "ok",
  troubles: [],
  ordering: "local",
  demo: true,
  organization: { id: "00".repeat(16), name: "Northlake Hospital" },
  log: { origin: "log.example/sample", size: 7, rootHash: "ab".repeat(32) },
  witnesses: [],
  backlog: 0,
  intake: { objects: 0, studies: 0 },
};

interface Sent {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

function clientWith(answer: () => Response | Promise<Response>): {
  client: ReturnType<typeof apiClient>;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const fetch = (async (url: string, init?: RequestInit) => {
    sent.push({ url, init });
    return answer();
  }) as typeof globalThis.fetch;
  return { client: apiClient({ fetch, baseUrl: "http://node.example" }), sent };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });
const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (thrown: unknown) => (thrown instanceof ApiError ? `${thrown.code} ${thrown.status}` : "other"),
  );

describe("the client", () => {
  test("reads an answer and leaves out what this version does not know", async () => {
    const { client } = clientWith(json({ ...health, fresh: 1 }));
    expect(await client.health()).toEqual(health);
  });

  test("puts parameters and queries where they belong", async () => {
    const { client, sent } = clientWith(json({ entries: [], size: 0 }));
    await client.entries({ before: 10, kind: "imaging.study.registered" });
    expect(sent[0]?.url).toBe("http://node.example/api/v1/entries?before=10&kind=imaging.study.registered");
  });

  test("sends its token with every request, asked for each time, beside what else a request says", async () => {
    const headers: unknown[] = [];
    const fetch = (async (_: string, init?: RequestInit) => {
      headers.push(init?.headers);
      return new Response("text");
    }) as typeof globalThis.fetch;
    let asked = 0;
    const client = apiClient({ fetch, token: async () => `t${++asked}` });
    await client.policy();
    await client.receiptShowing(0, { objects: [] });
    await apiClient({ fetch, token: "fixed" }).policy();
    await apiClient({ fetch }).policy();
    expect(headers).toEqual([
      { authorization: "Bearer t1" },
      { "content-type": "application/json", authorization: "Bearer t2" },
      { authorization: "Bearer fixed" },
      {},
    ]);
  });

  test("a parameter cannot leave its segment", async () => {
    const { client, sent } = clientWith(() => new Response(Uint8Array.of(1, 2)));
    expect(await client.object({ study: "../x", statementId: "a/b", item: 0 })).toEqual(Uint8Array.of(1, 2));
    expect(sent[0]?.url).toBe("http://node.example/api/v1/studies/..%2Fx/objects/a%2Fb/0");
  });

  test("looks an object up without putting its UID into an address", async () => {
    const versions = [{ statementId: "cd".repeat(32), index: 6, item: 1, receipt: "{}" }];
    const { client, sent } = clientWith(json({ versions }));
    expect(await client.lookup("2.25.1")).toEqual({ versions });
    expect(sent[0]?.url).not.toContain("2.25.1");
    expect(sent[0]?.init).toMatchObject({ method: "POST", body: '{"sopInstanceUid":"2.25.1"}' });
  });

  test("throws the problem that the node names", async () => {
    const { client } = clientWith(json(problemOf("OBJECT_UNKNOWN"), 404));
    expect(await faultOf(client.lookup("2.25.1"))).toBe("OBJECT_UNKNOWN 404");
  });

  test.each([
    ["another shape", json({ status: "ok" }), "ANSWER_MALFORMED 0"],
    ["no JSON", () => new Response("<html>"), "ANSWER_MALFORMED 0"],
    ["an error page of something between", () => new Response("Bad gateway", { status: 502 }), "ANSWER_MALFORMED 502"],
    ["no answer", () => Promise.reject(new TypeError("fetch failed")), "UNREACHABLE 0"],
  ] as const)("names it when it gets %s", async (_, answer, fault) => {
    expect(await faultOf(clientWith(answer).client.health())).toBe(fault);
  });

  test("passes on that a request was called off", async () => {
    const { client } = clientWith(() => Promise.reject(new DOMException("Called off.", "AbortError")));
    expect(await faultOf(client.health())).toBe("other");
  });
});

test.each([
  ["a line without end", () => new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(16_384).fill(97)) })],
  ["a line that is no JSON", () => "<html>\n"],
  ["a line of another shape", () => '{"done":"all"}\n'],
])("an audit with %s is no answer", async (_, body) => {
  const client = apiClient({ fetch: async () => new Response(body()) });
  await expect(client.audit(() => {})).rejects.toMatchObject({ code: "ANSWER_MALFORMED" });
});
