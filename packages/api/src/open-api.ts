// The HTTP surface as an OpenAPI 3.1 document, made from the table of routes.

import { PurposeOfUse } from "@fiducial/contract";
import type { JsonObject } from "@fiducial/core";
import { z } from "zod";
import { securityOf, securitySchemes } from "./open-api-security.ts";
import type { Permission } from "./permissions.ts";
import { Problem, problemOf } from "./problem.ts";
import type { Route } from "./route.ts";
import { everyAddressAnswers, type RouteName, routes } from "./routes.ts";

/** What the document tells of a node besides the table of routes. */
export interface DescribedNode {
  readonly version: string;
  /** What each address asks for. */
  readonly permissions: Readonly<Record<RouteName, Permission>>;
  /** The name of the cookie of its sessions. */
  readonly sessionCookie?: string;
}

/** Writes the document for a node. OpenAPI 3.1.0. */
export function openApiDocument({ version, permissions, sessionCookie }: DescribedNode): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operation(name, route, permissions[name]),
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Fiducial", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/", description: "The node that answers with this document." }],
    paths,
    components: {
      securitySchemes: securitySchemes(sessionCookie ?? "fiducial-session", routes.token.path),
      parameters: { PurposeOfUse: purposeHeader },
      schemas: { Problem: schemaOf(Problem, "output") },
    },
  };
}

const purposeHeader: JsonObject = {
  name: "Purpose-Of-Use",
  in: "header",
  required: false,
  description: "What for: a code of HL7 v3 PurposeOfUse, recorded with what is shown; presumed from the role without.",
  schema: schemaOf(PurposeOfUse, "output"),
};

function operation(operationId: RouteName, route: Route, permission: Permission): JsonObject {
  return {
    operationId,
    summary: route.says,
    "x-permission": permission,
    security: securityOf(permission),
    parameters: [
      ...parametersOf("path", route.parameters),
      ...parametersOf("query", route.query),
      ...(permission === "public" ? [] : [{ $ref: "#/components/parameters/PurposeOfUse" }]),
    ],
    ...(route.body && { requestBody: { required: true, content: jsonContent(schemaOf(route.body, "input")) } }),
    ...(route.upload && { requestBody: { required: true, content: { [route.upload]: {} } } }),
    responses: {
      "200": { description: route.says, content: answerContent(route.answer) },
      ...problemResponses([...everyAddressAnswers, ...route.problems]),
    },
  };
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path",
    schema: schemaOf(field as z.ZodType, "output"),
  }));
}

function answerContent(answer: Route["answer"]): JsonObject {
  if (typeof answer !== "string") return jsonContent(schemaOf(answer, "output"));
  return { [answer]: answer.endsWith("json") ? { schema: { type: "object" } } : {} };
}

function problemResponses(codes: readonly string[]): Record<string, JsonObject> {
  const byStatus = Map.groupBy(
    codes.map((code) => problemOf(code)),
    ({ status }) => String(status),
  );
  return Object.fromEntries(
    [...byStatus].map(([status, problems]) => [
      status,
      {
        description: problems.map(({ code, title }) => `${code}: ${title}`).join(" "),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

function jsonContent(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest as JsonObject;
}
