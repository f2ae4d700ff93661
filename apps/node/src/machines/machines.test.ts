// Machines: how they come to tokens, what those are good for, and what is none.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ApiClient, apiClient } from "@fiducial/api";
import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { outsideIssuer } from "../scratch/outside-issuer.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf, refusal, serve } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";
import { operatorTokenOf } from "./operator-token.ts";

const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  body: new URLSearchParams(fields).toString(),
});
const grant = { grant_type: "client_credentials" };

async function machine(client: ApiClient, ...scopes: ("studies.read" | "ledger.read")[]) {
  const { client: id, secret } = await client.addTokenClient({ name: "Research gateway", scopes });
  return { id, secret };
}

test("a machine exchanges its secret for a token that is good for a while, within its scopes, and is on the ledger", async () => {
  const { client, server, node, scratch } = await serve({});
  const { id, secret } = await machine(client, "ledger.read");
  const ask = async (init: RequestInit) => {
    const answer = await fetch(`${server.url}/api/v1/token`, init);
    return { status: answer.status, cache: answer.headers.get("cache-control"), ...((await answer.json()) as object) };
  };
  const token = await ask(form({ ...grant, client_id: id, client_secret: secret }));
  expect(token).toMatchObject({
    status: 200,
    cache: "no-store",
    token_type: "Bearer",
    expires_in: 900,
    scope: "ledger.read",
  });
  const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
  expect(await ask(form({ ...grant, scope: "ledger.read" }, basic))).toMatchObject({ status: 200 });
  const held = apiClient({ baseUrl: server.url, token: (await client.token({ client: id, secret })).access_token });
  expect(await held.session()).toMatchObject({
    caller: "machine",
    name: "Research gateway",
    permissions: ["public", "ledger.read"],
  });
  expect((await held.entries()).entries.length).toBeGreaterThan(0);
  expect(await refusal(held.studies())).toBe("NOT_ALLOWED");
  expect(node.projection.identity.actor(id)).toMatchObject({ type: "software", retiredBy: null });
  for (const file of ["access.db", "access.db-wal"])
    expect(readFileSync(join(scratch.data, file)).includes(secret)).toBe(false);

  expect(await client.revokeTokenClient(id)).toMatchObject({ client: id, revokedAt: expect.any(String) });
  expect(await refusal(held.entries())).toBe("TOKEN_INVALID");
  expect(await ask(form({ ...grant, client_id: id, client_secret: secret }))).toMatchObject({
    status: 401,
    error: "invalid_client",
  });
  await node.projector.caughtUp(node.store.head().edge.size);
  expect(node.projection.identity.actor(id)?.retiredBy).toEqual(expect.any(Number));
  expect(await refusal(client.revokeTokenClient(id))).toBe("CLIENT_UNKNOWN");
  expect((await client.tokenClients()).clients).toMatchObject([{ client: id, name: "Research gateway" }]);
});

test("a token ends", async () => {
  let now = Date.now();
  const server = await startServer(await scratchNode().open(), { port: 0, host: "127.0.0.1", nowMs: () => now });
  onTestFinished(() => server.close());
  const { client } = operatorOf(server);
  const { id, secret } = await machine(client, "ledger.read");
  const token = (await client.token({ client: id, secret })).access_token;
  now += 899_000;
  expect(await refusal(apiClient({ baseUrl: server.url, token }).entries())).toBe("answered");
  now += 2000;
  expect(await refusal(apiClient({ baseUrl: server.url, token }).entries())).toBe("TOKEN_INVALID");
});

test("what is not asked as it should be is refused, as RFC 6749 says it", async () => {
  const { client, server } = await serve({});
  const { id, secret } = await machine(client, "ledger.read");
  const both = { client_id: id, client_secret: secret };
  const error = async (init: RequestInit) =>
    ((await (await fetch(`${server.url}/api/v1/token`, init)).json()) as { error: string }).error;
  expect(await error(form(both))).toBe("invalid_request");
  expect(await error(form({ ...both, grant_type: "password" }))).toBe("unsupported_grant_type");
  expect(await error(form(grant))).toBe("invalid_client");
  expect(await error(form({ ...grant, ...both, client_secret: `${secret}x` }))).toBe("invalid_client");
  expect(await error(form({ ...grant, ...both, client_id: "0".repeat(32) }))).toBe("invalid_client");
  for (const scope of ["studies.read", "ledger.read studies.read", "members.administer", "*", ""])
    expect([scope, await error(form({ ...grant, ...both, scope }))]).toEqual([scope, "invalid_scope"]);
  expect(await error(form(grant, { authorization: "Basic !!!" }))).toBe("invalid_client");
  expect(await error(form(grant, { authorization: `Basic ${Buffer.from(`%zz:${secret}`).toString("base64")}` }))).toBe(
    "invalid_client",
  );
});

test("nobody adds a machine that may do what only a person or the operator may", async () => {
  const { request } = await serve({});
  for (const scope of ["members.administer", "session.own", "public", "everything"]) {
    const body = JSON.stringify({ name: "x", scopes: [scope] });
    const answer = await request("/api/v1/token-clients", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect([scope, answer.status]).toEqual([scope, 400]);
  }
});

describe("whoever guesses", () => {
  test("secrets does so a few times in a minute", async () => {
    const { server } = await serve({ signInsPerMinute: 4 });
    const statuses: number[] = [];
    for (let time = 0; time < 6; time++)
      statuses.push(
        (await fetch(`${server.url}/api/v1/token`, form({ ...grant, client_id: "a", client_secret: `${time}` })))
          .status,
      );
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  });

  test("tokens does so too, and who has one does not feel it", async () => {
    const { server, request } = await serve({ signInsPerMinute: 4 });
    const statuses: number[] = [];
    for (let time = 0; time < 6; time++)
      statuses.push(
        (await fetch(`${server.url}/api/v1/health`, { headers: { authorization: `Bearer ${time}` } })).status,
      );
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    expect((await request("/api/v1/entries")).status).toBe(200);
  });
});

test("the operator's token is in a file for its owner alone, new at every start, and good only while the node runs", async () => {
  const { server, scratch, node } = await serve({});
  const path = join(scratch.keys, "operator.token");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const first = operatorTokenOf(scratch.data, scratch.keys);
  expect(first).toBe(server.operatorToken);
  await server.close();
  expect(operatorTokenOf(scratch.data, scratch.keys)).toBeUndefined();
  const again = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => again.close());
  expect(again.operatorToken).not.toBe(first);
  expect(await refusal(apiClient({ baseUrl: again.url, token: first }).entries())).toBe("TOKEN_INVALID");
});

test("tokens of the organization's issuer are taken for their audience, and nothing else that looks like one", async () => {
  const issuer = await outsideIssuer();
  const signIn = { mode: "local", issuer: issuer.options } as const;
  const server = await startServer(await scratchNode().open(), { port: 0, host: "127.0.0.1", signIn });
  onTestFinished(() => server.close());
  issuer.serve(server.url);
  const outcome = (token: string) => refusal(apiClient({ baseUrl: server.url, token }).entries());
  const scope = "openid ledger.read members.administer";
  const good = await issuer.accessToken({ scope });
  expect(await outcome(good)).toBe("answered");
  const { permissions } = await apiClient({ baseUrl: server.url, token: good }).session();
  expect(permissions).toEqual(["public", "ledger.read"]);
  expect(await outcome(await issuer.accessToken({ scope: "studies.read" }))).toBe("NOT_ALLOWED");
  expect(await outcome(await issuer.accessToken({}))).toBe("NOT_ALLOWED");
  const past = Math.floor(Date.now() / 1000) - 120;
  const [head = "", body = "", signature = ""] = good.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  const published = new TextEncoder().encode("what an issuer publishes is no secret");
  for (const [what, token] of [
    ["another audience", await issuer.accessToken({ scope, aud: "somebody-else" })],
    ["another issuer", await issuer.accessToken({ scope, iss: "https://elsewhere.example" })],
    ["expired", await issuer.accessToken({ scope, exp: past })],
    ["without end", await issuer.accessToken({ scope, exp: undefined })],
    ["not yet good", await issuer.accessToken({ scope, nbf: past + 1000 })],
    ["an ID token", await issuer.accessToken({ aud: issuer.options.audience }, { typ: "JWT" })],
    ["unsigned", new UnsecuredJWT(claims).encode()],
    [
      "by a shared secret",
      await new SignJWT(claims as never).setProtectedHeader({ alg: "HS256", kid: "k" }).sign(published),
    ],
    ["changed", `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: "x" })).toString("base64url")}.${signature}`],
    [
      "with a key of its own",
      [
        Buffer.from(JSON.stringify({ alg: "RS256", typ: "at+jwt", jku: "https://evil.example" })).toString("base64url"),
        body,
        signature,
      ].join("."),
    ],
    ["half", `${head}.${body}.`],
    ["rubbish", "a.b.c"],
  ] as const)
    expect([what, await outcome(token)]).toEqual([what, "TOKEN_INVALID"]);
});
