// The reference of the HTTP surface as a model that pages are made of: each address with what it takes, what it answers, and a line for curl.
import type { Json, JsonObject } from "@fiducial/core";
import { exampleBodies } from "./example-bodies.ts";
import type { Route } from "./route.ts";
import { receiptMediaType, routes } from "./routes.ts";

/** A field, a parameter, or a member of a body. */
export interface ReferenceField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

/** One address. */
export interface ReferenceEntry {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly says: string;
  /** What whoever asks has to be allowed. */
  readonly permission: string;
  readonly parameters: readonly ReferenceField[];
  readonly query: readonly ReferenceField[];
  /** Of a JSON body; with a media type alone for one that is taken as it comes. */
  readonly body: { readonly mediaType: string; readonly fields: readonly ReferenceField[] } | undefined;
  readonly answer: { readonly mediaType: string; readonly fields: readonly ReferenceField[] };
  readonly problems: readonly { readonly status: string; readonly says: string }[];
  readonly curl: string;
}

/** Reads an OpenAPI document of ours as reference entries, in the document's order. */
export function referenceOf(document: JsonObject): ReferenceEntry[] {
  return Object.entries(objectOf(document["paths"])).flatMap(([path, operations]) =>
    Object.entries(objectOf(operations)).map(([method, operation]) =>
      entryOf(path, method.toUpperCase(), objectOf(operation)),
    ),
  );
}

function entryOf(path: string, method: string, operation: JsonObject): ReferenceEntry {
  const parameters = listOf(operation["parameters"]).map(objectOf);
  const responses = objectOf(operation["responses"]);
  const body = operation["requestBody"] === undefined ? undefined : contentOf(objectOf(operation["requestBody"]));
  const id = String(operation["operationId"]);
  return {
    id,
    method,
    path,
    says: String(operation["summary"]),
    permission: String(operation["x-permission"]),
    parameters: parameters.filter((one) => one["in"] === "path").map(parameterField),
    query: parameters.filter((one) => one["in"] === "query").map(parameterField),
    body,
    answer: contentOf(objectOf(responses["200"])),
    problems: Object.entries(responses)
      .filter(([status]) => status !== "200")
      .map(([status, response]) => ({ status, says: String(objectOf(response)["description"]) })),
    curl: curlOf(id, method, path, body?.mediaType),
  };
}

function parameterField(parameter: JsonObject): ReferenceField {
  return {
    name: String(parameter["name"]),
    type: typeWords(objectOf(parameter["schema"])),
    required: parameter["required"] === true,
  };
}

function contentOf(holder: JsonObject): { mediaType: string; fields: ReferenceField[] } {
  const [mediaType = "", media] = Object.entries(objectOf(holder["content"]))[0] ?? [];
  return { mediaType, fields: fieldsOf(objectOf(objectOf(media)["schema"])) };
}

function fieldsOf(schema: JsonObject): ReferenceField[] {
  const required = listOf(schema["required"]);
  return Object.entries(objectOf(schema["properties"])).map(([name, field]) => ({
    name,
    type: typeWords(objectOf(field)),
    required: required.includes(name),
  }));
}

/** What a JSON Schema takes, in a few words. */
function typeWords(schema: JsonObject): string {
  const { type, enum: choices, items, pattern, const: only, anyOf, minimum, maximum } = schema;
  if (Array.isArray(choices)) return choices.map(String).join(" · ");
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(anyOf)) return anyOf.map((one) => typeWords(objectOf(one))).join(" or ");
  if (type === "array") return `list of ${typeWords(objectOf(items))}`;
  if (type === "integer" && minimum !== undefined && Number(maximum) < Number.MAX_SAFE_INTEGER)
    return `integer ${String(minimum)}–${String(maximum)}`;
  if (type === "string" && typeof pattern === "string" && /^\^\[0-9a-f\]\{\d+\}\$$/.test(pattern))
    return `${/\d+(?=\}\$$)/.exec(pattern)?.[0] ?? ""} hex digits`;
  return typeof type === "string" ? type : "any";
}

const examples: Readonly<Record<string, string>> = {
  index: "3",
  item: "0",
  study: "$STUDY",
  actor: "$ACTOR",
  intake: "$INTAKE",
  statementId: "$STATEMENT",
};

function curlOf(id: string, method: string, path: string, mediaType: string | undefined): string {
  const address = `"$NODE${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => examples[name] ?? `$${name.toUpperCase()}`)}"`;
  const flags = [
    ...(id === "events" || id === "audit" ? ["-N"] : []),
    ...(method === "GET" ? [] : [`-X ${method}`]),
    ...(mediaType === "application/json"
      ? ["-H 'content-type: application/json'", `-d '${JSON.stringify(exampleBodies[id] ?? {})}'`]
      : []),
    ...(mediaType === "application/dicom" ? ["-H 'content-type: application/dicom'", "--data-binary @image.dcm"] : []),
    ...((routes as Readonly<Record<string, Route>>)[id]?.answer === receiptMediaType ? ["-o image.receipt"] : []),
  ];
  return ["curl -sS --fail-with-body", ...flags, address].join(" ");
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
