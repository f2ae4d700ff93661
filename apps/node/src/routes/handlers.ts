// What answers at each address of the API table.
import { Readable } from "node:stream";
import {
  AccessesQuery,
  AccessFilter,
  AccessNamesRequest,
  ActivityQuery,
  ActorsQuery,
  EntriesQuery,
  FindQuery,
  LookupQuery,
  NamedAccessFilter,
  ObjectQuery,
  openApiDocument,
  ReceiptQuery,
  ReceiptRequest,
  type RouteName,
  StudiesQuery,
  StudyAccessesQuery,
  StudySearch,
  Submission,
} from "@fiducial/api";
import type { FastifyReply, FastifyRequest } from "fastify";
import { accessOf } from "../authorization/access.ts";
import { authorize } from "../authorization/authorize.ts";
import { callerKey } from "../authorization/caller-key.ts";
import { callerOf } from "../authorization/guard.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { versionOfNode } from "../node-version.ts";
import { streamOf as objectBytes } from "../objects/object-reader.ts";
import { listenersOf } from "../serving/events.ts";
import { places } from "../serving/places.ts";
import * as access from "./access.ts";
import { savedAccesses } from "./access-export.ts";
import { activity } from "./activity.ts";
import { attention } from "./attention.ts";
import { httpAudits } from "./audits.ts";
import * as board from "./connections.ts";
import { verdictIn } from "./dicomweb/open-objects.ts";
import { find } from "./find.ts";
import { type Handler, parameter, parsed, type Surroundings, whole } from "./handler.ts";
import { health } from "./health.ts";
import * as identity from "./identity.ts";
import * as imaging from "./imaging.ts";
import { httpIntakes, type SentFile } from "./intake.ts";
import * as ledger from "./ledger.ts";
import { checkReaderShown, foundWithoutReaders, withoutReaders } from "./reader-privacy.ts";
import { type SignInRoute, signInHandlers } from "./sign-in-handlers.ts";
import * as statements from "./statements.ts";

/** The handler of each route. What they hold is let go of when the app closes. */
export function handlersOf(surroundings: Surroundings): Readonly<Record<RouteName, Handler>> {
  return {
    ...ledgerHandlers(surroundings),
    ...objectHandlers(surroundings),
    ...accessHandlers(surroundings),
    ...signInHandlers(surroundings),
  };
}

type LedgerRoute =
  | "health"
  | "policy"
  | "kinds"
  | "openApi"
  | "actors"
  | "actor"
  | "entries"
  | "find"
  | "activity"
  | "attention"
  | "entry"
  | "receipt"
  | "statement"
  | "submit"
  | "log"
  | "audit"
  | "events";
type AccessRoute =
  | "studyAccesses"
  | "accesses"
  | "accessesCsv"
  | "accessesJson"
  | "namedAccessesCsv"
  | "namedAccessesJson"
  | "accessNames";
function ledgerHandlers({ app, node, limits, signIn }: Surroundings): Readonly<Record<LedgerRoute, Handler>> {
  const audits = httpAudits(node, limits);
  const listeners = listenersOf(node, limits);
  app.addHook("preClose", async () => listeners.end());
  return {
    health: () => health(node),
    policy: (_, reply) => typed(reply, ledger.policy(node)),
    kinds: () => ledger.kinds(),
    openApi: () =>
      openApiDocument({
        version: versionOfNode(),
        permissions: accessOf,
        sessionCookie: signIn.cookies.session.name,
      }),
    actors: (request) => identity.actors(node, parsed(ActorsQuery, request.query)),
    actor: (request) => identity.actor(node, parameter(request, "actor")),
    entries: (request) => withoutReaders(ledger.entries(node, parsed(EntriesQuery, request.query)), callerOf(request)),
    find: async (request) => {
      const caller = callerOf(request);
      return foundWithoutReaders(await find(node, parsed(FindQuery, request.body), caller), caller);
    },
    activity: (request) => activity(node, parsed(ActivityQuery, request.query)),
    attention: (request) => attention(node, callerOf(request)),
    entry: (request) => ledger.entry(node, entryIndex(node, request)),
    receipt: async (request, reply) =>
      typed(reply, await ledger.receipt(node, entryIndex(node, request), parsed(ReceiptQuery, request.query))),
    statement: (request) => ledger.statement(node, parameter(request, "statementId")),
    submit: (request) => statements.submit(node, parsed(Submission, request.body)),
    log: () => statements.log(node),
    audit: (_, reply) => reply.type("application/x-ndjson").send(audits.lines()),
    events: (request, reply) =>
      listeners.serve(reply, async () => authorize(accessOf.events, await signIn.identify(request))),
  };
}

function objectHandlers({
  app,
  node,
  limits,
}: Surroundings): Readonly<Record<Exclude<RouteName, LedgerRoute | AccessRoute | SignInRoute>, Handler>> {
  const intakes = httpIntakes(node, limits);
  const receipts = places(limits.receipts, "BUSY");
  app.addHook("onClose", async () => intakes.close());
  return {
    studies: (request) => imaging.studies(node, parsed(StudiesQuery, request.query)),
    searchStudies: (request) => imaging.searchStudies(node, parsed(StudySearch, request.body)),
    study: (request) => imaging.study(node, parameter(request, "study")),
    object: async (request, reply) => {
      const [study, statementId] = [parameter(request, "study"), parameter(request, "statementId")];
      const file = await imaging.object(node, { study, statementId, item: whole(parameter(request, "item")) });
      reply.type("application/dicom").headers(verdictIn(file));
      return objectBytes(file);
    },
    lookup: (request, reply) => {
      const asked = [parsed(ObjectQuery, request.body), parsed(LookupQuery, request.query)] as const;
      reply.raw.once("close", receipts.take(callerKey(request)));
      return imaging.lookup(node, ...asked);
    },
    receiptShowing: async (request, reply) => {
      const asked = parsed(ReceiptRequest, request.body);
      reply.raw.once("close", receipts.take(callerKey(request)));
      return typed(reply, await ledger.receiptShowing(node, entryIndex(node, request), asked));
    },
    openIntake: (request) => intakes.open(callerKey(request)),
    takeObject: (request) => intakes.take(parameter(request, "intake"), sentFile(request)),
    registerIntake: (request) => intakes.register(parameter(request, "intake")),
    connections: (request) => board.connections(node, callerOf(request)),
    testConnection: (request) => board.testConnection(node, parameter(request, "connection"), callerOf(request)),
    seenConnection: (request) => board.seenConnection(node, parameter(request, "connection"), callerOf(request)),
    removeConnection: (request) => board.removeConnection(node, parameter(request, "connection"), callerOf(request)),
    verification: (request) => intakes.verify(sentFile(request)),
  };
}

function accessHandlers({ node }: Surroundings): Readonly<Record<AccessRoute, Handler>> {
  return {
    studyAccesses: (request) =>
      access.studyAccesses(node, parameter(request, "study"), parsed(StudyAccessesQuery, request.query)),
    accesses: (request) => access.accesses(node, parsed(AccessesQuery, request.query)),
    accessesCsv: ({ query }, reply) => savedAccesses(node, reply, "csv", parsed(AccessFilter, query)),
    accessesJson: ({ query }, reply) => savedAccesses(node, reply, "json", parsed(AccessFilter, query)),
    namedAccessesCsv: ({ body }, reply) => savedAccesses(node, reply, "csv", parsed(NamedAccessFilter, body), "named"),
    namedAccessesJson: ({ body }, reply) =>
      savedAccesses(node, reply, "json", parsed(NamedAccessFilter, body), "named"),
    accessNames: (request) => access.accessNames(node, parsed(AccessNamesRequest, request.body)),
  };
}

// Of an entry that names a reader, only whoever may see readers is told.
function entryIndex(node: OpenNode, request: FastifyRequest): number {
  const index = whole(parameter(request, "index"));
  checkReaderShown(node, index, callerOf(request));
  return index;
}

function sentFile(request: FastifyRequest): SentFile {
  const { body } = request;
  if (!(body instanceof Readable)) throw new NodeError("REQUEST_INVALID");
  return { body, sender: callerKey(request) };
}

// What is answered is looked at before it is sent, so nothing is sent here.
function typed(reply: FastifyReply, { mediaType, text }: ledger.TextAnswer): string {
  reply.type(mediaType);
  return text;
}
