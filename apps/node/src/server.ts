// The HTTP server: routes of the API table, the public log, and the page. Every route passes authorize().
import { existsSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { Readable } from "node:stream";
import fastifyStatic from "@fastify/static";
import {
  ActivityQuery,
  ActorsQuery,
  EntriesQuery,
  FindQuery,
  ObjectQuery,
  openApiDocument,
  ReceiptRequest,
  type RouteName,
  routes,
  StudiesQuery,
  StudySearch,
} from "@fiducial/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { accessOf } from "./authorization/access.ts";
import { atThisMachine } from "./authorization/at-this-machine.ts";
import { type Guard, guardRoutes, type RouteRoom } from "./authorization/guard.ts";
import type { OpenNode } from "./compose.ts";
import { NodeError } from "./node-error.ts";
import { activity } from "./routes/activity.ts";
import { httpAudits } from "./routes/audits.ts";
import * as board from "./routes/connections.ts";
import { find } from "./routes/find.ts";
import { health } from "./routes/health.ts";
import * as identity from "./routes/identity.ts";
import * as imaging from "./routes/imaging.ts";
import { httpIntakes } from "./routes/intake.ts";
import * as ledger from "./routes/ledger.ts";
import { publicLogs } from "./routes/public-logs.ts";
import { witness } from "./routes/witness.ts";
import { boundedApp } from "./serving/bounded-app.ts";
import { listenersOf } from "./serving/events.ts";
import { defaultLimits, type ServerLimits } from "./serving/limits.ts";
import { places } from "./serving/places.ts";
import { sendProblem } from "./serving/problems.ts";
import { namesThisMachine } from "./serving/request-target.ts";

export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  /** The built page; without it only the API answers. */
  readonly page?: string | undefined;
  /** What it takes at a time, where that differs from the usual. */
  readonly limits?: Partial<ServerLimits>;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Routes besides those of the API table and the page. */
const rooms: readonly RouteRoom[] = [publicLogs, witness];

const parameters = (request: FastifyRequest) => request.params as Record<string, string>;
const whole = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? "") ? Number(text) : Number.NaN);

/** Starts serving. Port 0 takes any free one. */
export async function startServer(
  node: OpenNode,
  { port, host, page, limits: given = {} }: ServerOptions,
): Promise<RunningServer> {
  const limits = { ...defaultLimits, ...given };
  const app = boundedApp(limits);
  const guard = guardRoutes(app, atThisMachine, namesThisMachine);
  // Files are not held in memory: whoever handles them reads the stream.
  app.addContentTypeParser("application/dicom", (_, payload, done) => done(null, payload));
  const intakes = httpIntakes(node, limits);
  const audits = httpAudits(node, limits);
  const listeners = listenersOf(node, limits);
  const receipts = places(limits.receipts, "BUSY");
  app.addHook("preClose", async () => listeners.end());
  app.addHook("onClose", async () => intakes.close());

  const handlers: Readonly<Record<RouteName, (request: FastifyRequest, reply: FastifyReply) => unknown>> = {
    health: () => health(node),
    policy: (_, reply) => sendText(reply, ledger.policy(node)),
    kinds: () => ledger.kinds(),
    openApi: () => openApiDocument(versionOfPackage()),
    actors: (request) => identity.actors(node, parsed(ActorsQuery, request.query)),
    actor: (request) => identity.actor(node, parameters(request)["actor"] ?? ""),
    entries: (request) => ledger.entries(node, parsed(EntriesQuery, request.query)),
    find: (request) => find(node, parsed(FindQuery, request.body)),
    activity: (request) => activity(node, parsed(ActivityQuery, request.query)),
    entry: (request) => ledger.entry(node, whole(parameters(request)["index"])),
    receipt: async (request, reply) => sendText(reply, await ledger.receipt(node, whole(parameters(request)["index"]))),
    studies: (request) => imaging.studies(node, parsed(StudiesQuery, request.query)),
    searchStudies: (request) => imaging.searchStudies(node, parsed(StudySearch, request.body)),
    study: (request) => imaging.study(node, parameters(request)["study"] ?? ""),
    object: (request, reply) => {
      const { statementId = "", item } = parameters(request);
      return reply.type("application/dicom").send(imaging.object(node, statementId, whole(item)));
    },
    lookup: (request, reply) => {
      const { sopInstanceUid } = parsed(ObjectQuery, request.body);
      reply.raw.once("close", receipts.take());
      return imaging.lookup(node, sopInstanceUid);
    },
    statement: (request) => ledger.statement(node, parameters(request)["statementId"] ?? ""),
    receiptShowing: async (request, reply) => {
      const asked = parsed(ReceiptRequest, request.body);
      reply.raw.once("close", receipts.take());
      return sendText(reply, await ledger.receiptShowing(node, whole(parameters(request)["index"]), asked));
    },
    openIntake: () => intakes.open(),
    takeObject: (request) => intakes.take(parameters(request)["intake"] ?? "", streamOf(request)),
    registerIntake: (request) => intakes.register(parameters(request)["intake"] ?? ""),
    verification: (request) => intakes.verify(streamOf(request)),
    connections: () => board.connections(node),
    testConnection: (request) => board.testConnection(node, parameters(request)["connection"] ?? ""),
    audit: (_, reply) => reply.type("application/x-ndjson").send(audits.lines()),
    events: (_, reply) => listeners.serve(reply),
  };
  for (const [name, { method, path }] of Object.entries(routes) as [RouteName, (typeof routes)[RouteName]][]) {
    app.route({
      method,
      url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
      onRequest: guard(accessOf[name]),
      handler: async (request, reply) => handlers[name](request, reply),
    });
  }
  for (const room of rooms) room(app, node, guard);
  await servePage(app, page, guard);
  await app.listen({ port, host });
  const address = app.server.address();
  const url = `http://${host === "127.0.0.1" || host === "::1" ? "localhost" : host}:${typeof address === "object" ? address?.port : port}`;
  return { url, close: () => closed(app, limits.closingMs) };
}

// Whoever is connected and says nothing, or never comes to an end, would else keep the server open.
async function closed(app: FastifyInstance, closingMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), closingMs);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}

function versionOfPackage(): string {
  return (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
}

function streamOf({ body }: FastifyRequest): Readable {
  if (!(body instanceof Readable)) throw new NodeError("REQUEST_INVALID");
  return body;
}

async function servePage(app: FastifyInstance, page: string | undefined, guard: Guard): Promise<void> {
  const built = page !== undefined && existsSync(page);
  if (built) {
    await app.register(fastifyStatic, {
      root: page,
      serve: false,
      index: ["index.html"],
      cacheControl: false,
      setHeaders: (reply, path) => reply.header("cache-control", cachingOf(page, path)),
    });
    app.get("/*", { onRequest: guard("public") }, (request, reply) => reply.sendFile(parameters(request)["*"] ?? ""));
  }
  // Addresses inside the page are the page's own business.
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && !request.url.startsWith("/api/") && !request.url.startsWith("/logs/");
    return built && wantsPage ? reply.sendFile("index.html") : sendProblem(reply, new NodeError("ROUTE_UNKNOWN"));
  });
}

// Built files have their content in their names, so a browser that has one need not ask: what was once seen stays to be seen when the node is gone.
function cachingOf(page: string, path: string): string {
  return path.startsWith(join(page, "assets", sep)) ? "public, max-age=31536000, immutable" : "no-cache";
}

function sendText(reply: FastifyReply, { mediaType, text }: ledger.TextAnswer): FastifyReply {
  return reply.type(mediaType).send(text);
}

function parsed<Value>(
  schema: { safeParse(given: unknown): { success: true; data: Value } | { success: false } },
  given: unknown,
): Value {
  const result = schema.safeParse(given);
  if (!result.success) throw new NodeError("REQUEST_INVALID");
  return result.data;
}
