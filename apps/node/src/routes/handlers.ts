// What answers at each address of the API table.
import { Readable } from "node:stream";
import {
  AccessesQuery,
  AccessFilter,
  AccessNamesRequest,
  ActivityQuery,
  ActorsQuery,
  DraftSignatures,
  EntriesQuery,
  FindQuery,
  NewDraft,
  NewPasskey,
  NewTokenClient,
  ObjectQuery,
  openApiDocument,
  PasskeyAssertion,
  PasskeyRemoval,
  ReceiptRequest,
  type RouteName,
  StudiesQuery,
  StudyAccessesQuery,
  StudySearch,
  Submission,
} from "@fiducial/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { accessOf } from "../authorization/access.ts";
import { authorize } from "../authorization/authorize.ts";
import { callerKey } from "../authorization/caller-key.ts";
import { callerOf } from "../authorization/guard.ts";
import type { Rates } from "../authorization/rates.ts";
import type { OpenNode } from "../compose.ts";
import * as machines from "../machines/token-answers.ts";
import { NodeError } from "../node-error.ts";
import { versionOfNode } from "../node-version.ts";
import { streamOf as objectBytes } from "../objects/object-reader.ts";
import * as account from "../passkeys/account.ts";
import * as signing from "../passkeys/signing.ts";
import * as wayIn from "../passkeys/way-in.ts";
import { listenersOf } from "../serving/events.ts";
import type { ServerLimits } from "../serving/limits.ts";
import { places } from "../serving/places.ts";
import * as sessions from "../sign-in/session-answers.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import * as access from "./access.ts";
import { csvOf, jsonListOf } from "./access-export.ts";
import { activity } from "./activity.ts";
import { attention } from "./attention.ts";
import { httpAudits } from "./audits.ts";
import * as board from "./connections.ts";
import { verdictIn } from "./dicomweb/open-objects.ts";
import { find } from "./find.ts";
import { health } from "./health.ts";
import * as identity from "./identity.ts";
import * as imaging from "./imaging.ts";
import { httpIntakes, type SentFile } from "./intake.ts";
import * as ledger from "./ledger.ts";
import { checkReaderShown, foundWithoutReaders, withoutReaders } from "./reader-privacy.ts";
import * as statements from "./statements.ts";

/** Answers a request. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** What the handlers work with. */
export interface Surroundings {
  readonly app: FastifyInstance;
  readonly node: OpenNode;
  readonly limits: ServerLimits;
  readonly signIn: SignIn;
  readonly rates: Rates;
}

/** The handler of each route. What they hold is let go of when the app closes. */
export function handlersOf(surroundings: Surroundings): Readonly<Record<RouteName, Handler>> {
  return {
    ...ledgerHandlers(surroundings),
    ...objectHandlers(surroundings),
    ...accessHandlers(surroundings),
    ...signInHandlers(surroundings),
    ...passkeyHandlers(surroundings),
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
type AccessRoute = "studyAccesses" | "accesses" | "accessesCsv" | "accessesJson" | "accessNames";
type SignInRoute =
  | "session"
  | "signOut"
  | "sessions"
  | "endSession"
  | "signedInPeople"
  | "endSessionsOf"
  | "token"
  | "tokenClients"
  | "addTokenClient"
  | "revokeTokenClient";
type PasskeyRoute =
  | "passkeys"
  | "createPasskey"
  | "addPasskey"
  | "removePasskey"
  | "askPasskey"
  | "signInWithPasskey"
  | "draft"
  | "signDraft";

function ledgerHandlers({ app, node, limits, signIn }: Surroundings): Readonly<Record<LedgerRoute, Handler>> {
  const audits = httpAudits(node, limits);
  const listeners = listenersOf(node, limits);
  app.addHook("preClose", async () => listeners.end());
  return {
    health: () => health(node),
    policy: (_, reply) => typed(reply, ledger.policy(node)),
    kinds: () => ledger.kinds(),
    openApi: () => openApiDocument(versionOfNode()),
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
    receipt: async (request, reply) => typed(reply, await ledger.receipt(node, entryIndex(node, request))),
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
}: Surroundings): Readonly<
  Record<Exclude<RouteName, LedgerRoute | AccessRoute | SignInRoute | PasskeyRoute>, Handler>
> {
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
      const { sopInstanceUid } = parsed(ObjectQuery, request.body);
      reply.raw.once("close", receipts.take(callerKey(request)));
      return imaging.lookup(node, sopInstanceUid);
    },
    receiptShowing: async (request, reply) => {
      const asked = parsed(ReceiptRequest, request.body);
      reply.raw.once("close", receipts.take(callerKey(request)));
      return typed(reply, await ledger.receiptShowing(node, entryIndex(node, request), asked));
    },
    openIntake: (request) => intakes.open(callerKey(request)),
    takeObject: (request) => intakes.take(parameter(request, "intake"), sentFile(request)),
    registerIntake: (request) => intakes.register(parameter(request, "intake")),
    connections: () => board.connections(node),
    testConnection: (request) => board.testConnection(node, parameter(request, "connection")),
    verification: (request) => intakes.verify(sentFile(request)),
  };
}

function accessHandlers({ node }: Surroundings): Readonly<Record<AccessRoute, Handler>> {
  return {
    studyAccesses: (request) =>
      access.studyAccesses(node, parameter(request, "study"), parsed(StudyAccessesQuery, request.query)),
    accesses: (request) => access.accesses(node, parsed(AccessesQuery, request.query)),
    accessesCsv: (request, reply) => {
      reply.type("text/csv; charset=utf-8").header("content-disposition", 'attachment; filename="accesses.csv"');
      return csvOf(access.allAccesses(node, parsed(AccessFilter, request.query)));
    },
    accessesJson: (request, reply) => {
      reply.type("application/json").header("content-disposition", 'attachment; filename="accesses.json"');
      return jsonListOf(access.allAccesses(node, parsed(AccessFilter, request.query)));
    },
    accessNames: (request) => access.accessNames(node, parsed(AccessNamesRequest, request.body)),
  };
}

function signInHandlers({ node, signIn, rates }: Surroundings): Readonly<Record<SignInRoute, Handler>> {
  const { clients } = signIn;
  return {
    session: (request) => sessions.sessionOf(signIn, callerOf(request)),
    signOut: (request, reply) => sessions.signOut(signIn, request, reply),
    sessions: (request) => sessions.ownSessions(signIn, callerOf(request)),
    endSession: (request) => sessions.endOwnSession(signIn, callerOf(request), parameter(request, "session")),
    signedInPeople: () => sessions.signedInPeople(node, signIn),
    endSessionsOf: (request) => ({ ended: signIn.sessions.endAll(parameter(request, "subject")) }),
    token: async (request, reply) => {
      await rates.tried(request);
      return machines.token(clients, request, reply, signIn.tell);
    },
    tokenClients: () => machines.tokenClients(clients),
    addTokenClient: (request) => machines.addTokenClient(node, clients, parsed(NewTokenClient, request.body)),
    revokeTokenClient: (request) => machines.revokeTokenClient(node, clients, parameter(request, "client")),
  };
}

function passkeyHandlers({ node, signIn, rates }: Surroundings): Readonly<Record<PasskeyRoute, Handler>> {
  const { passkeys: room } = signIn;
  const holder = (request: FastifyRequest) => account.holderIn(callerOf(request));
  return {
    passkeys: (request) => account.ownPasskeys(node, room, holder(request)),
    createPasskey: (request) => account.passkeyCreation(node, room, holder(request)),
    addPasskey: (request) => account.addPasskey(node, room, holder(request), parsed(NewPasskey, request.body)),
    removePasskey: (request) => {
      const removal = parsed(PasskeyRemoval, request.body);
      return account.removePasskey(node, room, holder(request), parameter(request, "key"), removal);
    },
    askPasskey: async (request, reply) => {
      await rates.tried(request);
      return wayIn.askPasskey(signIn, request, reply);
    },
    signInWithPasskey: async (request, reply) => {
      await rates.tried(request);
      return wayIn.signInWithPasskey({ node, signIn }, request, reply, parsed(PasskeyAssertion, request.body));
    },
    draft: (request) => signing.draftAct(node, room, holder(request), parsed(NewDraft, request.body)),
    signDraft: (request) => {
      const { signatures } = parsed(DraftSignatures, request.body);
      return signing.signDraft(node, signIn, holder(request), parameter(request, "draft"), signatures);
    },
  };
}

// Of an entry that names a reader, only whoever may see readers is told.
function entryIndex(node: OpenNode, request: FastifyRequest): number {
  const index = whole(parameter(request, "index"));
  checkReaderShown(node, index, callerOf(request));
  return index;
}

function parameter({ params }: FastifyRequest, name: string): string {
  return (params as Record<string, string>)[name] ?? "";
}

function whole(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
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

function parsed<Value>(
  schema: { safeParse(given: unknown): { success: true; data: Value } | { success: false } },
  given: unknown,
): Value {
  const result = schema.safeParse(given);
  if (!result.success) throw new NodeError("REQUEST_INVALID");
  return result.data;
}
