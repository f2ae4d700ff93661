import { expect, test } from "vitest";
import { openApiDocument } from "./open-api.ts";
import type { Permission } from "./permissions.ts";
import { apiProblems, Problem, problemOf } from "./problem.ts";
import { type RouteName, routes } from "./routes.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const everyone = Object.fromEntries(Object.keys(routes).map((name) => [name, "ledger.read"])) as Record<
  RouteName,
  Permission
>;
const described = { ...everyone, health: "public", sessions: "session.own", accessNames: "accesses.name" } as const;
const document = openApiDocument({ version: "0.1.0", permissions: described }) as unknown as {
  readonly servers: readonly { readonly url: string }[];
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

test("every address is in the document, with its parameters", () => {
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
  for (const [path, methods] of Object.entries(document.paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters } of Object.values(methods))
      expect(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(named);
  }
});

test("every address says how one is let in, by schemes that there are, or that anybody may ask", () => {
  const { securitySchemes } = document.components;
  expect(Object.keys(securitySchemes).sort()).toEqual(["bearer", "machine", "session"]);
  expect(securitySchemes["machine"]).toMatchObject({
    flows: { clientCredentials: { tokenUrl: "/api/v1/token", scopes: { "ledger.read": expect.any(String) } } },
  });
  for (const { security } of operations)
    for (const name of security.flatMap((one) => Object.keys(one))) expect(securitySchemes).toHaveProperty(name);
  const securityOf = (id: string) => operations.find(({ operationId }) => operationId === id)?.security;
  expect(securityOf("health")).toEqual([]);
  expect(securityOf("sessions")).toEqual([{ session: [] }]);
  expect(securityOf("entries")).toEqual([{ machine: ["ledger.read"] }, { bearer: [] }, { session: [] }]);
  expect(securityOf("accessNames")).toEqual([{ bearer: [] }, { session: [] }]);
  expect(document.servers).toHaveLength(1);
});

test("every problem that an address may answer with is in a table", () => {
  for (const { problems } of Object.values<{ readonly problems: readonly string[] }>(routes))
    for (const code of problems) expect(problemOf(code).code).toBe(code);
});

test("problems have the shape they promise", () => {
  for (const code of [...Object.keys(apiProblems), "STUDY_UNKNOWN"])
    expect(Problem.parse(problemOf(code))).toMatchObject({ code });
  expect(problemOf("NO_SUCH_CODE")).toMatchObject({ code: "INTERNAL", status: 500 });
  expect(problemOf("constructor").code).toBe("INTERNAL");
});
