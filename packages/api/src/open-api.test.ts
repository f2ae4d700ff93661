import { expect, test } from "vitest";
import { openApiDocument } from "./open-api.ts";
import { apiProblems, Problem, problemOf } from "./problem.ts";
import { routes } from "./routes.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const document = openApiDocument("0.1.0") as unknown as {
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
