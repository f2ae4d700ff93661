// The client of the HTTP surface: one function for each address, its answers checked against the same schemas that the node uses.
import type { z } from "zod";
import type {
  AccessesQuery,
  AccessFilter,
  AccessNames,
  AccessNamesRequest,
  AccessPage,
  NamedAccessFilter,
  StudyAccessesQuery,
} from "./accesses.ts";
import type { Activity, ActivityQuery } from "./activity.ts";
import type { Actor, ActorList, ActorsQuery } from "./actors.ts";
import type { Attention } from "./attention.ts";
import { answered, bytes, eachLine, parsed, text } from "./client-answer.ts";
import { authorization, jsonBody, queryText, type Request, type RequestOptions, uploadBody } from "./client-request.ts";
import type { Connection, ConnectionList } from "./connections.ts";
import type { EntriesQuery, EntryDetail, EntryPage } from "./entries.ts";
import type { FindQuery, FoundPlaces } from "./finding.ts";
import type { Health } from "./health.ts";
import type {
  AuditLine,
  FileVerdict,
  IntakeOpened,
  IntakeRegistered,
  ObjectTaken,
  ReceiptRequest,
  StatementPlace,
} from "./intakes.ts";
import type { KindList } from "./kinds.ts";
import type { LookupQuery, ObjectVersions, ReceiptQuery } from "./objects.ts";
import type {
  Draft,
  NewDraft,
  NewPasskey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRemoval,
  PasskeyRequest,
  PasskeySignedIn,
  Passkeys,
  StatedEntry,
} from "./passkeys.ts";
import type { Route } from "./route.ts";
import { pathOf, routes } from "./routes.ts";
import type {
  CallerSession,
  NewTokenClient,
  OwnSessions,
  SessionsEnded,
  SignedInPeople,
  SignedOut,
  Token,
  TokenClient,
  TokenClientAdded,
  TokenClients,
} from "./sessions.ts";
import type { StudiesQuery, StudyDetail, StudyPage, StudySearch } from "./studies.ts";
import type { LogTerms, SubmittedStatement, TakenStatement } from "./submissions.ts";

/** The HTTP surface as functions. Each throws ApiError. */
export interface ApiClient {
  health(options?: RequestOptions): Promise<Health>;
  entries(query?: EntriesQuery, options?: RequestOptions): Promise<EntryPage>;
  /** What a number, an id, a digest, a UID or a name leads to. */
  find(query: FindQuery, options?: RequestOptions): Promise<FoundPlaces>;
  activity(query?: ActivityQuery, options?: RequestOptions): Promise<Activity>;
  /** What waits for somebody. */
  attention(options?: RequestOptions): Promise<Attention>;
  entry(index: number, options?: RequestOptions): Promise<EntryDetail>;
  /** The receipt's exact text. */
  receipt(index: number, options?: RequestOptions & ReceiptQuery): Promise<string>;
  studies(query?: StudiesQuery, options?: RequestOptions): Promise<StudyPage>;
  /** Studies by an identifier, to the letter. */
  searchStudies(search: StudySearch, options?: RequestOptions): Promise<StudyPage>;
  study(study: string, options?: RequestOptions): Promise<StudyDetail>;
  /** The object's exact bytes. */
  object(place: ObjectPlace, options?: RequestOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Who was shown what of a study. */
  studyAccesses(study: string, query?: StudyAccessesQuery, options?: RequestOptions): Promise<AccessPage>;
  accesses(query?: AccessesQuery, options?: RequestOptions): Promise<AccessPage>;
  /** All of them as the text of a CSV file, or of a JSON list. */
  accessesExport(format: "csv" | "json", filter?: AccessFilter, options?: RequestOptions): Promise<string>;
  /** The same with the names of readers. The reason is recorded. */
  namedAccessesExport(format: "csv" | "json", filter: NamedAccessFilter, options?: RequestOptions): Promise<string>;
  /** Who readers are. The reason is recorded. */
  accessNames(request: AccessNamesRequest, options?: RequestOptions): Promise<AccessNames>;
  /** Every registered version of an object. Throws OBJECT_UNKNOWN when there is none. */
  lookup(sopInstanceUid: string, options?: RequestOptions & LookupQuery): Promise<ObjectVersions>;
  /** The trust policy's text. */
  policy(options?: RequestOptions): Promise<string>;
  actors(query?: ActorsQuery, options?: RequestOptions): Promise<ActorList>;
  actor(actor: string, options?: RequestOptions): Promise<Actor>;
  kinds(options?: RequestOptions): Promise<KindList>;
  statement(statementId: string, options?: RequestOptions): Promise<StatementPlace>;
  /** What a statement has to keep to, to be taken in. */
  log(options?: RequestOptions): Promise<LogTerms>;
  /** Hands in up to a hundred signed statements; resolves, when all are durable, with what became of each, in their order. */
  submit(statements: readonly SubmittedStatement[], options?: RequestOptions): Promise<readonly TakenStatement[]>;
  receiptShowing(index: number, request: ReceiptRequest, options?: RequestOptions): Promise<string>;
  openIntake(options?: RequestOptions): Promise<IntakeOpened>;
  takeObject(intake: string, file: BodyInit, options?: RequestOptions): Promise<ObjectTaken>;
  registerIntake(intake: string, options?: RequestOptions): Promise<IntakeRegistered>;
  verify(file: BodyInit, options?: RequestOptions): Promise<FileVerdict>;
  connections(options?: RequestOptions): Promise<ConnectionList>;
  testConnection(connection: string, options?: RequestOptions): Promise<Connection>;
  seenConnection(connection: string, options?: RequestOptions): Promise<Connection>;
  removeConnection(connection: string, options?: RequestOptions): Promise<ConnectionList>;
  /** Calls `line` for each line of the audit's answer. */
  audit(line: (line: AuditLine) => void, options?: RequestOptions): Promise<void>;
  session(options?: RequestOptions): Promise<CallerSession>;
  signOut(options?: RequestOptions): Promise<SignedOut>;
  sessions(options?: RequestOptions): Promise<OwnSessions>;
  endSession(session: string, options?: RequestOptions): Promise<SessionsEnded>;
  signedInPeople(options?: RequestOptions): Promise<SignedInPeople>;
  endSessionsOf(subject: string, options?: RequestOptions): Promise<SessionsEnded>;
  /** A token for a machine's secret. Throws TOKEN_REFUSED. */
  token(credentials: Credentials, options?: RequestOptions): Promise<Token>;
  tokenClients(options?: RequestOptions): Promise<TokenClients>;
  addTokenClient(client: NewTokenClient, options?: RequestOptions): Promise<TokenClientAdded>;
  revokeTokenClient(client: string, options?: RequestOptions): Promise<TokenClient>;
  passkeys(options?: RequestOptions): Promise<Passkeys>;
  createPasskey(options?: RequestOptions): Promise<PasskeyCreation>;
  addPasskey(passkey: NewPasskey, options?: RequestOptions): Promise<Draft>;
  removePasskey(key: string, removal: PasskeyRemoval, options?: RequestOptions): Promise<StatedEntry>;
  askPasskey(options?: RequestOptions): Promise<PasskeyRequest>;
  signInWithPasskey(assertion: PasskeyAssertion, options?: RequestOptions): Promise<PasskeySignedIn>;
  draft(draft: NewDraft, options?: RequestOptions): Promise<Draft>;
  signDraft(draft: string, signatures: readonly PasskeyAssertion[], options?: RequestOptions): Promise<StatedEntry>;
}

/** What a machine shows to get a token. */
export interface Credentials {
  readonly client: string;
  readonly secret: string;
}

/** Where the bytes of an object are. */
export interface ObjectPlace {
  readonly study: string;
  readonly statementId: string;
  readonly item: number;
}

/** What a client needs to know of its surroundings. */
export interface ClientOptions {
  /** Put before every path: empty on the node's own pages. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  /** Sent as a bearer token with every request; a function is asked each time. RFC 6750 § 2.1. */
  readonly token?: string | (() => Promise<string>) | undefined;
}

/** Makes a client. */
export function apiClient({ baseUrl = "", fetch: request = fetch, token }: ClientOptions = {}): ApiClient {
  const send = async (route: Route, { parameters, query, body, upload, signal }: Request): Promise<Response> => {
    const url = baseUrl + pathOf(route, parameters) + queryText(query);
    const content =
      upload === undefined ? jsonBody(body) : uploadBody(upload, route.upload ?? "application/octet-stream");
    const headers = { ...content.headers, ...(await authorization(token)) };
    return answered(() => request(url, { method: route.method, ...content, headers, ...(signal && { signal }) }));
  };
  const json = async <Schema extends z.ZodType>(
    route: Route & { readonly answer: Schema },
    given: Request,
  ): Promise<z.output<Schema>> => parsed(route.answer, await send(route, given));

  return {
    health: (options) => json(routes.health, { ...options }),
    entries: (query, options) => json(routes.entries, { ...options, query }),
    find: (query, options) => json(routes.find, { ...options, body: query }),
    activity: (query, options) => json(routes.activity, { ...options, query }),
    attention: (options) => json(routes.attention, { ...options }),
    entry: (index, options) => json(routes.entry, { ...options, parameters: { index } }),
    receipt: async (index, { for: use, ...options } = {}) =>
      text(await send(routes.receipt, { ...options, parameters: { index }, query: { for: use } })),
    studies: (query, options) => json(routes.studies, { ...options, query }),
    searchStudies: (search, options) => json(routes.searchStudies, { ...options, body: search }),
    study: (study, options) => json(routes.study, { ...options, parameters: { study } }),
    object: async (place, options) => bytes(await send(routes.object, { ...options, parameters: { ...place } })),
    studyAccesses: (study, query, options) => json(routes.studyAccesses, { ...options, parameters: { study }, query }),
    accesses: (query, options) => json(routes.accesses, { ...options, query }),
    accessesExport: async (format, query, options) =>
      text(await send(format === "csv" ? routes.accessesCsv : routes.accessesJson, { ...options, query })),
    namedAccessesExport: async (format, body, options) =>
      text(await send(format === "csv" ? routes.namedAccessesCsv : routes.namedAccessesJson, { ...options, body })),
    accessNames: (body, options) => json(routes.accessNames, { ...options, body }),
    lookup: (sopInstanceUid, { for: use, ...options } = {}) =>
      json(routes.lookup, { ...options, query: { for: use }, body: { sopInstanceUid } }),
    policy: async (options) => text(await send(routes.policy, { ...options })),
    actors: (query, options) => json(routes.actors, { ...options, query }),
    actor: (actor, options) => json(routes.actor, { ...options, parameters: { actor } }),
    kinds: (options) => json(routes.kinds, { ...options }),
    statement: (statementId, options) => json(routes.statement, { ...options, parameters: { statementId } }),
    log: (options) => json(routes.log, { ...options }),
    submit: async (statements, options) => (await json(routes.submit, { ...options, body: { statements } })).statements,
    receiptShowing: async (index, body, options) =>
      text(await send(routes.receiptShowing, { ...options, parameters: { index }, body })),
    openIntake: (options) => json(routes.openIntake, { ...options }),
    takeObject: (intake, upload, options) => json(routes.takeObject, { ...options, parameters: { intake }, upload }),
    registerIntake: (intake, options) => json(routes.registerIntake, { ...options, parameters: { intake } }),
    verify: (upload, options) => json(routes.verification, { ...options, upload }),
    connections: (options) => json(routes.connections, { ...options }),
    testConnection: (connection, options) => json(routes.testConnection, { ...options, parameters: { connection } }),
    seenConnection: (connection, options) => json(routes.seenConnection, { ...options, parameters: { connection } }),
    removeConnection: (connection, options) =>
      json(routes.removeConnection, { ...options, parameters: { connection } }),
    audit: async (line, options) => eachLine(await send(routes.audit, { ...options }), line),
    session: (options) => json(routes.session, { ...options }),
    signOut: (options) => json(routes.signOut, { ...options }),
    sessions: (options) => json(routes.sessions, { ...options }),
    endSession: (session, options) => json(routes.endSession, { ...options, parameters: { session } }),
    signedInPeople: (options) => json(routes.signedInPeople, { ...options }),
    endSessionsOf: (subject, options) => json(routes.endSessionsOf, { ...options, parameters: { subject } }),
    token: ({ client, secret }, options) => {
      const form = { grant_type: "client_credentials", client_id: client, client_secret: secret };
      return json(routes.token, { ...options, upload: new URLSearchParams(form) });
    },
    tokenClients: (options) => json(routes.tokenClients, { ...options }),
    addTokenClient: (body, options) => json(routes.addTokenClient, { ...options, body }),
    revokeTokenClient: (client, options) => json(routes.revokeTokenClient, { ...options, parameters: { client } }),
    passkeys: (options) => json(routes.passkeys, { ...options }),
    createPasskey: (options) => json(routes.createPasskey, { ...options }),
    addPasskey: (body, options) => json(routes.addPasskey, { ...options, body }),
    removePasskey: (key, body, options) => json(routes.removePasskey, { ...options, parameters: { key }, body }),
    askPasskey: (options) => json(routes.askPasskey, { ...options }),
    signInWithPasskey: (body, options) => json(routes.signInWithPasskey, { ...options, body }),
    draft: (body, options) => json(routes.draft, { ...options, body }),
    signDraft: (draft, signatures, options) =>
      json(routes.signDraft, { ...options, parameters: { draft }, body: { signatures } }),
  };
}
