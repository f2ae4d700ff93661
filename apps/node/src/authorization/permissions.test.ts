// Every route with every caller: what the server answers is what the table says, and nothing is served without it.
import { grants, grantsOfSignedIn, type Permission, permissions, routes } from "@fiducial/api";
import { roles } from "@fiducial/contract";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { accessOf } from "./access.ts";
import { authorize, permissionsOf } from "./authorize.ts";
import { anonymous, type Caller } from "./caller.ts";
import { callerOf, guardRoutes } from "./guard.ts";

const all = Object.keys(permissions) as Permission[];
const person = (...held: (typeof roles)[number][]): Caller => ({
  type: "person",
  subject: "00".repeat(16),
  name: "Somebody",
  roles: held,
  session: "00".repeat(16),
});

const gate = {
  identify: () => anonymous,
  isOurHost: (host?: string) => host === "ours",
  asked: async () => {},
  tried: async () => {},
};

test("every role has a row, every route a permission, and only what names nobody is public", () => {
  expect(Object.keys(grants)).toEqual([...roles]);
  expect(Object.keys(accessOf).sort()).toEqual(Object.keys(routes).sort());
  const open = Object.entries(accessOf).flatMap(([name, permission]) => (permission === "public" ? [name] : []));
  expect(open.sort()).toEqual(
    [
      "askPasskey",
      "health",
      "kinds",
      "log",
      "openApi",
      "policy",
      "session",
      "signInWithPasskey",
      "signOut",
      "token",
    ].sort(),
  );
});

test.each(all)("%s: allowed to whom the table says, and to nobody else", (permission) => {
  for (const role of roles) {
    const allowed = grantsOfSignedIn.includes(permission) || grants[role].permissions.includes(permission);
    expect([role, authorize(permission, person(role))]).toEqual([role, allowed]);
  }
  expect(authorize(permission, anonymous)).toBe(permission === "public");
  expect(authorize(permission, person())).toBe(grantsOfSignedIn.includes(permission));
  expect(authorize(permission, { type: "operator" })).toBe(!["session.own", "acts.sign"].includes(permission));
  const machine = (...scopes: Permission[]): Caller => ({ type: "machine", subject: "m", name: "m", scopes });
  expect(authorize(permission, machine(permission))).toBe(true);
  expect(authorize(permission, machine(...all.filter((one) => one !== permission)))).toBe(permission === "public");
});

test("roles add up", () => {
  expect(permissionsOf(person("patient", "auditor", "technologist"))).toEqual(
    all.filter((one) => authorize(one, person("auditor")) || authorize(one, person("technologist"))),
  );
});

test("patients, referrers and readers see no lists of studies", () => {
  for (const role of ["patient", "referrer", "reader"] as const)
    expect([role, authorize("studies.read", person(role))]).toEqual([role, false]);
});

test("a route without a permission keeps the server from starting", () => {
  const app = Fastify();
  const guard = guardRoutes(app, gate);
  expect(() => app.get("/open", async () => "")).toThrow(expect.objectContaining({ code: "ROUTE_UNGUARDED" }));
  expect(() => app.get("/other", { onRequest: async () => {} }, async () => "")).toThrow(
    expect.objectContaining({ code: "ROUTE_UNGUARDED" }),
  );
  app.get("/guarded", { onRequest: [async () => {}, guard("public")] }, async () => "");
});

test("a guard lets pass, asks to sign in, or says which permission is missing, before a body is read", async () => {
  const app = Fastify();
  let caller: Caller = anonymous;
  const guard = guardRoutes(app, { ...gate, identify: () => caller });
  app.post("/", { onRequest: guard("intake.write") }, async (request) => callerOf(request).type);
  const post = (host = "ours") => app.inject({ method: "POST", url: "/", headers: { host }, payload: {} });
  const thrown = async (host?: string) => (await post(host)).json<{ code: string }>().code;
  expect(await thrown()).toBe("NOT_SIGNED_IN");
  expect(await thrown("evil.example")).toBe("HOST_FOREIGN");
  caller = person("reader");
  expect(await thrown("evil.example")).toBe("NOT_ALLOWED");
  caller = person("technologist");
  expect((await post()).body).toBe("person");
});
