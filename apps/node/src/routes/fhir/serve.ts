// FHIR R4 over HTTP, the read side: `/fhir/…`. FHIR R4 § 3.1.0 (RESTful API), § 3.1.1 (search).

import { apiProblems } from "@fiducial/api";
import { isResourceId, type Resource, searchBundle, searchOutcome } from "@fiducial/fhir";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { callerOf, type Guard, type RouteRoom } from "../../authorization/guard.ts";
import type { OpenNode } from "../../compose.ts";
import { NodeError } from "../../node-error.ts";
import { noRoute } from "../../serving/allowed-methods.ts";
import { addressAsked } from "../../serving/asked-address.ts";
import { fhirMediaType, fhirRoot } from "../../serving/problems.ts";
import { checkFormat } from "./format.ts";
import { type PageTokens, pageTokens } from "./page-token.ts";
import { type Handling, type Query, queryOf } from "./query.ts";
import { recordRead, recordRefused, recordSearch } from "./recording.ts";
import { foundPage, type SearchPosition } from "./search.ts";
import type { FhirSite, ServedRoom } from "./served.ts";
import { capabilities, servedRooms } from "./service.ts";

/** What a page's token holds. */
interface PageContent {
  /** The search as it was taken. */
  readonly search: string;
  readonly position: SearchPosition;
}

/** Every route of the FHIR service. Whatever it refuses is an OperationOutcome. */
export const fhir: RouteRoom = (app, node, guard) => {
  const tokens = pageTokens();
  app.register(async (scope) => {
    scope.addHook("preHandler", async ({ url, headers }) => checkFormat(headers.accept, queryText(url)));
    scope.get(`${fhirRoot}/metadata`, { onRequest: guard("public") }, (_, reply) =>
      sendResource(reply, capabilities()),
    );
    for (const room of servedRooms) serveRoom(scope, node, guard, room, tokens);
    for (const other of [fhirRoot, `${fhirRoot}/*`])
      scope.all(other, { onRequest: guard("public") }, ({ url }) => {
        throw noRoute(readRoutes, url);
      });
  });
};

/** All that is read here, and by which method: what else somebody wants to do is not offered. FHIR R4 § 3.1.0.4. */
const readRoutes = [
  { method: "GET", url: `${fhirRoot}/metadata` },
  ...servedRooms.flatMap(({ type }) => [
    { method: "GET", url: `${fhirRoot}/${type}` },
    { method: "POST", url: `${fhirRoot}/${type}/_search` },
    { method: "GET", url: `${fhirRoot}/${type}/:id` },
  ]),
];

function serveRoom(scope: FastifyInstance, node: OpenNode, guard: Guard, room: ServedRoom<never>, tokens: PageTokens) {
  const path = `${fhirRoot}/${room.type}`;
  const hooks = {
    onRequest: guard(room.permission),
    onError: async (request: FastifyRequest, _: FastifyReply, error: Error) => {
      if (error instanceof NodeError && error.code === "NOT_ALLOWED") await recordRefused(node, room, request);
    },
  };
  scope.get(path, hooks, (request, reply) => search(request, reply, queryText(request.url), true));
  scope.post(`${path}/_search`, hooks, (request, reply) => {
    if (typeof request.body !== "string") throw new NodeError("REQUEST_INVALID");
    const text = [queryText(request.url), request.body].filter((part) => part !== "").join("&");
    return search(request, reply, text, false);
  });
  scope.get(`${path}/:id`, hooks, async (request, reply) => {
    const { id = "" } = request.params as Record<string, string>;
    const site = siteOf(node, request);
    const candidate = isResourceId(id) ? room.one(site, id) : undefined;
    if (candidate === undefined) throw new NodeError("RESOURCE_UNKNOWN");
    const lacking = room.keptBy?.(site, candidate);
    if (lacking !== undefined) throw new NodeError("NOT_ALLOWED", { permission: lacking });
    const resource = await room.resource(site, candidate, true);
    await recordRead(node, room, request, candidate);
    return sendRead(request, reply, resource);
  });

  async function search(request: FastifyRequest, reply: FastifyReply, text: string, isInAddress: boolean) {
    const site = siteOf(node, request);
    const token = new URLSearchParams(text).get("_page");
    const page = token === null ? undefined : (tokens.open(room.type, token) as PageContent);
    const query = queryOf(room, page?.search ?? text, page === undefined ? handlingOf(request) : "lenient");
    const position = page?.position ?? { end: node.projection.appliedSize() };
    const { resources, candidates, next } = await foundPage(room, site, query, position);
    await recordSearch(node, room, request, candidates);
    const base = `${site.address}${fhirRoot}`;
    const linkTo = (to: SearchPosition) =>
      `${base}/${room.type}?_page=${tokens.seal(room.type, { search: writtenAs(query), position: to })}`;
    // What came in a form stays out of addresses.
    const self = isInAddress && page === undefined ? `${base}/${room.type}?${writtenAs(query)}` : linkTo(position);
    const outcome = query.ignores ? ignored() : undefined;
    return sendResource(
      reply,
      searchBundle({ base, found: resources, outcome, self, next: next === undefined ? undefined : linkTo(next) }),
    );
  }
}

function siteOf(node: OpenNode, request: FastifyRequest): FhirSite {
  return { node, address: addressAsked(request), caller: callerOf(request) };
}

function queryText(url: string): string {
  const at = url.indexOf("?");
  return at === -1 ? "" : url.slice(at + 1);
}

function writtenAs({ taken }: Query): string {
  return new URLSearchParams(taken.map(([name, value]) => [name, value])).toString();
}

// FHIR R4 § 3.1.1.6: unless told to be strict, a server may go on without what it does not know, and says so.
function handlingOf({ headers }: FastifyRequest): Handling {
  return /(?:^|[,;\s])handling\s*=\s*"?strict"?(?:$|[,;\s])/i.test(String(headers["prefer"] ?? ""))
    ? "strict"
    : "lenient";
}

function ignored() {
  const { http, says } = apiProblems.PARAMETER_UNKNOWN;
  return searchOutcome({ code: "PARAMETER_UNKNOWN", http, says, fhir: apiProblems.PARAMETER_UNKNOWN.fhir });
}

// RFC 9110 § 13.1.2; FHIR R4 § 3.1.0.1.5 (versions as weak ETags).
function sendRead(request: FastifyRequest, reply: FastifyReply, resource: Resource): FastifyReply {
  const version = resource.meta?.versionId;
  if (version === undefined) return sendResource(reply, resource);
  const etag = `W/"${version}"`;
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  const known = (request.headers["if-none-match"] ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known.includes("*") || known.includes(`"${version}"`)) return reply.status(304).send();
  return sendResource(reply, resource);
}

// As bytes: Fastify would else put a charset behind the media type.
function sendResource(reply: FastifyReply, resource: Resource): FastifyReply {
  return reply.type(fhirMediaType).send(Buffer.from(JSON.stringify(resource)));
}
