// Every route of the server with every caller: what is answered is what the tables say, whatever the route.
import { type Permission, pathOf, type Route, type RouteName, routes, scopes } from "@fiducial/api";
import { roles } from "@fiducial/contract";
import { expect, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { serve } from "../scratch/scratch-server.ts";
import { accessOf } from "./access.ts";
import { authorize } from "./authorize.ts";
import type { Caller } from "./caller.ts";

type Asked = readonly [method: string, path: string, permission: Permission];
type Ask = (path: string, init: RequestInit) => Promise<Response>;
const handle = "0".repeat(32);

/** The API's routes, with parameters of the right form that name nothing. */
const apiRoutes: readonly Asked[] = (Object.entries(routes) as [RouteName, Route][]).map(([name, route]) => {
  const named = { index: 999_999_999, item: 0, statementId: "0".repeat(64), connection: "dimse:none" };
  const parameters = { study: handle, actor: handle, intake: handle, session: handle, subject: handle, client: handle };
  const signing = { draft: handle, key: "0".repeat(64) };
  return [route.method, pathOf(route, { ...named, ...parameters, ...signing }), accessOf[name]];
});

test("every route, with every role, nobody, machines and the operator", { timeout: 240_000 }, async () => {
  const { node, server, client, request } = await serve({});
  await node.publication.covering(node.store.head().edge.size);
  const log = `/logs/${node.identity.origin}`;
  const latest = Number((await (await fetch(`${server.url}${log}/checkpoint`)).text()).split("\n")[1]);
  const all: readonly Asked[] = [
    ...apiRoutes,
    ["GET", `${log}/checkpoint`, "public"],
    ["GET", `${log}/tile/0/000.p/${latest}`, "public"],
    ["GET", `${log}/tile/entries/000.p/${latest}`, "ledger.audit"],
    ["GET", "/sign-in", "public"],
    ["GET", "/sign-in/ended", "public"],
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
      if (wanted === "NOT_ALLOWED") expect(told).toMatchObject({ permission });
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
  const told = [401, 403].includes(answer.status) ? ((await answer.json()) as { code?: string }) : {};
  // Events never end.
  away.abort();
  const { code = "" } = told;
  return ["NOT_SIGNED_IN", "NOT_ALLOWED"].includes(code) ? { ...told, code } : { code: "let in" };
}
