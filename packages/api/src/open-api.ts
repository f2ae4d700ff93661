// The HTTP surface as an OpenAPI 3.1 document, made from the table of routes.
import type { JsonObject } from "@fiducial/core";
import { z } from "zod";
import { Problem, problemOf } from "./problem.ts";
import type { Route } from "./route.ts";
import { everyAddressAnswers, routes } from "./routes.ts";

/** Writes the document for a node of this version. OpenAPI 3.1.0. */
export function openApiDocument(version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Fiducial", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: { schemas: { Problem: schemaOf(Problem, "output") } },
  };
}

function operation(operationId: string, route: Route): JsonObject {
  return {
    operationId,
    summary: route.says,
    parameters: [...parametersOf("path", route.parameters), ...parametersOf("query", route.query)],
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
