// Every route of the server with every caller: what is answered is what the tables say, whatever the route.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Permission, type RouteName, routes, scopes } from "@fiducial/api";
import { roles } from "@fiducial/contract";
import { formatVerifierKey, verifierKey } from "@fiducial/core";
import { expect, onTestFinished, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";
import { witnessedFile } from "../witnesses/witness-files.ts";
import { accessElsewhere, accessOf } from "./access.ts";
import { authorize } from "./authorize.ts";
import type { Caller } from "./caller.ts";
import type { ServedRoute } from "./guard.ts";

type Asked = readonly [method: string, path: string, permission: Permission];
type Ask = (path: string, init: RequestInit) => Promise<Response>;
const handle = "0".repeat(32);

/** What names nothing, in the right form. */
const ofApi: Readonly<Record<string, string>> = {
  ...{ index: "999999999", item: "0", statementId: "0".repeat(64), connection: "dimse:none" },
  ...{ study: handle, actor: handle, intake: handle, session: handle, subject: handle, client: handle },
  ...{ draft: handle, key: "0".repeat(64) },
};
const elsewhere = { study: "1.2.3", series: "1.2.4", instance: "1.2.5", frames: "1", id: "none", uid: "none" };

/** A server with everything that one may have: metrics, a page, a witness, the demonstration's issuer. */
async function everything() {
  const scratch = scratchNode();
  await scratch.open();
  await scratch.close();
  const log = formatVerifierKey(verifierKey("example.org/other", "ed25519", new Uint8Array(32).fill(7)));
  writeFileSync(join(scratch.data, witnessedFile), `log ${log}\nquorum none\n`);
  const page = join(scratch.folder, "page");
  mkdirSync(page);
  writeFileSync(join(page, "index.html"), "the page");
  const node = await scratch.open();
  const limits = { closingMs: 100, signInsPerMinute: 100_000, requestsPerMinute: 100_000 };
  const metrics = { text: async () => "", contentType: "text/plain" };
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits, metrics, page });
  onTestFinished(() => server.close());
  return { node, server, ...operatorOf(server) };
}

/** The permission that the tables have for a route of the server. */
function tableOf({ method, url }: ServedRoute): Permission | undefined {
  const name = (Object.keys(routes) as RouteName[]).find(
    (one) => routes[one].method === method && routes[one].path.replaceAll(/\{(\w+)\}/g, ":$1") === url,
  );
  return name === undefined ? accessElsewhere[`${method} ${url}`] : accessOf[name];
}

function askedOf({ method, url, permission }: ServedRoute): Asked {
  const values: Readonly<Record<string, string>> = url.startsWith("/api/") ? ofApi : elsewhere;
  const path = url.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? "none").replace("*", "none");
  return [method === "ANY" ? "GET" : method, path, permission];
}

test("every route of the server is in the tables, and the tables have no other", async () => {
  const { server } = await everything();
  expect(server.routes.length).toBeGreaterThan(100);
  for (const route of server.routes)
    expect([route.method, route.url, tableOf(route)]).toEqual([route.method, route.url, route.permission]);
  const served = new Set(server.routes.map(({ method, url }) => `${method} ${url}`));
  expect(Object.keys(accessElsewhere).filter((one) => !served.has(one))).toEqual([]);
  expect(served.size).toBe(Object.keys(accessElsewhere).length + Object.keys(routes).length);
});

test("every route, with every role, nobody, machines and the operator", { timeout: 480_000 }, async () => {
  const { node, server, client, request } = await everything();
  await node.publication.covering(node.store.head().edge.size);
  const log = `/logs/${node.identity.origin}`;
  const latest = Number((await (await fetch(`${server.url}${log}/checkpoint`)).text()).split("\n")[1]);
  const all: readonly Asked[] = [
    ...server.routes.map(askedOf),
    ["GET", `${log}/checkpoint`, "public"],
    ["GET", `${log}/tile/0/000.p/${latest}`, "public"],
    ["GET", `${log}/tile/entries/000.p/${latest}`, "ledger.audit"],
    ["GET", "/idp/.well-known/openid-configuration", "public"],
  ];
  const visitors: [name: string, caller: Caller, ask: Ask][] = [
    ["nobody", { type: "anonymous" }, (path, init) => fetch(server.url + path, init)],
    ["the operator", { type: "operator" }, request],
  ];
  for (const role of roles) {
    const cookies = await signInAs(server.url, role, browser());
    const caller: Caller = { type: "person", subject: "s", name: "n", roles: [role], session: "s" };
    const headers = { cookie: cookies, "sec-fetch-site": "same-origin" };
    visitors.push([
      role,
      caller,
      (path, init) => fetch(server.url + path, { ...init, headers: { ...init.headers, ...headers } }),
    ]);
  }
  for (const scope of scopes) {
    const { client: id, secret } = await client.addTokenClient({ name: scope, scopes: [scope] });
    const { access_token: token } = await client.token({ client: id, secret });
    const caller: Caller = { type: "machine", subject: id, name: scope, scopes: [scope] };
    const headers = { authorization: `Bearer ${token}` };
    visitors.push([
      `a machine for ${scope}`,
      caller,
      (path, init) => fetch(server.url + path, { ...init, headers: { ...init.headers, ...headers } }),
    ]);
  }
  // What ends the own session comes last.
  const ordered = [...all].sort(
    ([, a], [, b]) => Number(a.endsWith("session/end")) - Number(b.endsWith("session/end")),
  );
  for (const [name, caller, ask] of visitors) {
    for (const [method, path, permission] of ordered) {
      const told = await refusalOf(ask, method, path);
      const wanted = wantedOf(permission, caller);
      expect(`${name}: ${method} ${path}: ${told.code}`).toBe(`${name}: ${method} ${path}: ${wanted}`);
      if (wanted === "NOT_ALLOWED" && !path.startsWith("/fhir")) expect(told).toMatchObject({ permission });
    }
  }
});

function wantedOf(permission: Permission, caller: Caller): string {
  if (authorize(permission, caller)) return "let in";
  return caller.type === "anonymous" ? "NOT_SIGNED_IN" : "NOT_ALLOWED";
}

/** What keeps somebody out; whatever else is answered, and be it that nothing is there, is to whom was let in. */
async function refusalOf(ask: Ask, method: string, path: string): Promise<{ readonly code: string }> {
  const away = new AbortController();
  const answer = await ask(path, { method, redirect: "manual", signal: away.signal });
  const told = [401, 403].includes(answer.status) ? ((await answer.json()) as Told) : {};
  // Events never end.
  away.abort();
  // FHIR has words of its own for it.
  const code = told.code ?? told.issue?.[0]?.details?.coding?.[0]?.code ?? "";
  return ["NOT_SIGNED_IN", "NOT_ALLOWED"].includes(code) ? { ...told, code } : { code: "let in" };
}

interface Told {
  readonly code?: string;
  readonly issue?: readonly { readonly details?: { readonly coding?: readonly { readonly code: string }[] } }[];
}
