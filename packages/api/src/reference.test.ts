import type { JsonObject } from "@fiducial/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "./open-api.ts";
import type { Permission } from "./permissions.ts";
import { referenceOf } from "./reference.ts";
import { referencePage } from "./reference-page.ts";
import type { Route } from "./route.ts";
import { type RouteName, routes } from "./routes.ts";

const document = openApiDocument({
  version: "1.2.3",
  permissions: Object.fromEntries(Object.keys(routes).map((name) => [name, "ledger.read"])) as Record<
    RouteName,
    Permission
  >,
});

test("has every address, with what it takes, what it answers and a line for curl that goes there", () => {
  const entries = referenceOf(document);
  expect(entries.map(({ id }) => id).sort()).toEqual(Object.keys(routes).sort());
  for (const { id, method, path, parameters, query, body, answer, curl } of entries) {
    const route = (routes as Readonly<Record<string, Route>>)[id] as Route;
    expect([method, path]).toEqual([route.method, route.path]);
    expect(parameters.map(({ name }) => name)).toEqual(Object.keys(route.parameters?.shape ?? {}));
    expect(query.map(({ name }) => name)).toEqual(Object.keys(route.query?.shape ?? {}));
    expect(body?.mediaType).toBe(route.body === undefined ? route.upload : "application/json");
    expect(answer.mediaType).toBe(typeof route.answer === "string" ? route.answer : "application/json");
    if (route.method !== "GET") expect(curl).toContain(`-X ${route.method}`);
    expect(curl).toContain(`"$NODE${path.split("{")[0]}`);
    const sent = / -d '([^']*)'/.exec(curl)?.[1];
    if (route.body !== undefined) expect(route.body.safeParse(JSON.parse(sent ?? "")).success, id).toBe(true);
  }
});

test("the page has no script, no address elsewhere, and what it shows is text", () => {
  const hostile = structuredClone(document) as { paths: Record<string, Record<string, JsonObject>> };
  hostile.paths['/"><script>'] = {
    get: { operationId: '"><img src=x>', summary: "<script>alert(1)</script>", responses: { "200": { content: {} } } },
  };
  for (const page of [referencePage(document), referencePage(hostile as unknown as JsonObject)]) {
    expect(page).not.toMatch(/<script|<img|javascript:|\son\w+=|https?:|@import|url\(/i);
    expect(page).toContain("<!doctype html>");
  }
  expect(referencePage(document).match(/<article /g)).toHaveLength(Object.keys(routes).length);
});

test("pages of lists are asked for alike: a limit, and the place where the next begins", () => {
  const lists = Object.entries<Route>(routes).filter(
    // Where whoever signed out goes next is no list.
    ([name, { answer }]) => typeof answer !== "string" && "next" in shapeOf(answer) && name !== "signOut",
  );
  expect(lists.map(([name]) => name).sort()).toEqual([
    "accesses",
    "actors",
    "entries",
    "searchStudies",
    "studies",
    "studyAccesses",
  ]);
  for (const [name, { query, body }] of lists) {
    const names = Object.keys((query ?? body)?.shape ?? {});
    expect(names, name).toContain("limit");
    expect(names.includes("before") || names.includes("after"), name).toBe(true);
  }
});

function shapeOf(schema: z.ZodType): object {
  return schema instanceof z.ZodObject ? schema.shape : {};
}
