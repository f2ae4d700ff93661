// Every address of the HTTP surface: what it takes and what it answers. The node, the client and the OpenAPI page read this table.
import { z } from "zod";
import { accessRoutes } from "./access-routes.ts";
import { Activity, ActivityQuery } from "./activity.ts";
import { Actor, ActorList, ActorsQuery } from "./actors.ts";
import { Attention } from "./attention.ts";
import { Connection, ConnectionIdField, ConnectionList } from "./connections.ts";
import { EntriesQuery, EntryDetail, EntryPage } from "./entries.ts";
import { DigestField, HandleField } from "./fields.ts";
import { FindQuery, FoundPlaces } from "./finding.ts";
import { Health } from "./health.ts";
import { intakeRoutes } from "./intake-routes.ts";
import { ReceiptRequest, StatementPlace } from "./intakes.ts";
import { KindList } from "./kinds.ts";
import { LookupQuery, ObjectQuery, ObjectVersions, ReceiptQuery } from "./objects.ts";
import { passkeyRoutes } from "./passkey-routes.ts";
import type { Route } from "./route.ts";
import { sessionRoutes } from "./session-routes.ts";
import { StudiesQuery, StudyDetail, StudyPage, StudySearch } from "./studies.ts";
import { LogTerms, largestSubmission, Submission, TakenStatements } from "./submissions.ts";

/** Codes that every address may answer with. */
export const everyAddressAnswers = [
  "REQUEST_INVALID",
  "REQUEST_TIMED_OUT",
  "NOT_SIGNED_IN",
  "TOKEN_INVALID",
  "NOT_ALLOWED",
  "TOO_MANY_REQUESTS",
  "HOST_FOREIGN",
  "ORIGIN_FOREIGN",
  "HEADERS_TOO_LARGE",
  "BUSY",
  "INTERNAL",
] as const;

const index = z.coerce.number().int().min(0);

/** The media type of a receipt. docs/formats/receipt.md. */
export const receiptMediaType = "application/vnd.fiducial.receipt+json";

export const routes = {
  health: { method: "GET", path: "/api/v1/health", says: "How the node is.", answer: Health, problems: [] },
  entries: {
    method: "GET",
    path: "/api/v1/entries",
    says: "Entries of the log, newest first.",
    query: EntriesQuery,
    answer: EntryPage,
    problems: [],
  },
  activity: {
    method: "GET",
    path: "/api/v1/activity",
    says: "How many entries each application recorded, day by day.",
    query: ActivityQuery,
    answer: Activity,
    problems: [],
  },
  attention: {
    method: "GET",
    path: "/api/v1/attention",
    says: "What waits for somebody, as far as whoever asks may know of it.",
    answer: Attention,
    problems: [],
  },
  find: {
    method: "POST",
    path: "/api/v1/search",
    says: "Finds entries, members and, for those who may see them, studies or their histories, by what people have of them.",
    body: FindQuery,
    answer: FoundPlaces,
    problems: [],
  },
  entry: {
    method: "GET",
    path: "/api/v1/entries/{index}",
    says: "One entry, with what proves it.",
    parameters: z.object({ index }),
    answer: EntryDetail,
    problems: ["ENTRY_UNKNOWN"],
  },
  receipt: {
    method: "GET",
    path: "/api/v1/entries/{index}/receipt",
    says: "The receipt of an entry: it verifies offline. What it is for tells how it is recorded: `check`, as a look at the entry; without, as an export.",
    parameters: z.object({ index }),
    query: ReceiptQuery,
    answer: receiptMediaType,
    problems: ["ENTRY_UNKNOWN"],
  },
  studies: {
    method: "GET",
    path: "/api/v1/studies",
    says: "Registered studies, newest first: all, or those of a modality, a device, a span of days.",
    query: StudiesQuery,
    answer: StudyPage,
    problems: [],
  },
  searchStudies: {
    method: "POST",
    path: "/api/v1/studies/search",
    says: "Studies that a patient's id, an accession number or a UID leads to, newest first.",
    body: StudySearch,
    answer: StudyPage,
    problems: [],
  },
  study: {
    method: "GET",
    path: "/api/v1/studies/{study}",
    says: "One study with its objects and what was said about it.",
    parameters: z.object({ study: HandleField }),
    answer: StudyDetail,
    problems: ["STUDY_UNKNOWN"],
  },
  object: {
    method: "GET",
    path: "/api/v1/studies/{study}/objects/{statementId}/{item}",
    says: "An object's bytes, as stored here or in the PACS behind; the field Fiducial-Verdict says how a copy from there stands to what was registered.",
    parameters: z.object({ study: HandleField, statementId: DigestField, item: index }),
    answer: "application/dicom",
    problems: [
      "STUDY_UNKNOWN",
      "OBJECT_UNKNOWN",
      "OBJECT_NOT_STORED",
      "PACS_UNREACHABLE",
      "PACS_DENIED",
      "PACS_FOREIGN",
      "PACS_FAILED",
      "PACS_COPY_MISSING",
      "PACS_COPY_ALTERED",
      "PACS_COPY_CHANGED",
      "PACS_COPY_OTHER_VERSION",
      "DISK_FULL",
    ],
  },
  lookup: {
    method: "POST",
    path: "/api/v1/objects/lookup",
    says: "The registered versions of an object, each with its receipt. What they are for tells how it is recorded: `check`, as a look at the entries; `compare` and without, as a comparison of a copy. Without, the receipts count as given out.",
    query: LookupQuery,
    body: ObjectQuery,
    answer: ObjectVersions,
    problems: ["OBJECT_UNKNOWN"],
  },
  ...accessRoutes,
  actors: {
    method: "GET",
    path: "/api/v1/actors",
    says: "Who is on the log: organizations, people, devices, software, AI products, with keys and roles.",
    query: ActorsQuery,
    answer: ActorList,
    problems: ["ACTOR_UNKNOWN"],
  },
  actor: {
    method: "GET",
    path: "/api/v1/actors/{actor}",
    says: "One actor, with its keys and roles.",
    parameters: z.object({ actor: HandleField }),
    answer: Actor,
    problems: ["ACTOR_UNKNOWN"],
  },
  statement: {
    method: "GET",
    path: "/api/v1/statements/{statementId}",
    says: "Where an accepted statement stands.",
    parameters: z.object({ statementId: DigestField }),
    answer: StatementPlace,
    problems: ["STATEMENT_UNKNOWN"],
  },
  submit: {
    method: "POST",
    path: "/api/v1/statements",
    says: "Hands in statements that others signed. What became of each is told when it is durable; the refusal of one does not touch the others, and one that is in the log already is answered with its place.",
    body: Submission,
    largestBody: largestSubmission,
    answer: TakenStatements,
    problems: ["REQUEST_TOO_LARGE", "DISK_FULL", "VAULT_FULL"],
  },
  receiptShowing: {
    method: "POST",
    path: "/api/v1/entries/{index}/receipts",
    says: "A receipt of an entry that shows some of its objects.",
    parameters: z.object({ index }),
    body: ReceiptRequest,
    answer: receiptMediaType,
    problems: ["ENTRY_UNKNOWN", "OBJECT_UNKNOWN", "RECEIPT_TOO_LARGE"],
  },
  ...intakeRoutes,
  audit: {
    method: "POST",
    path: "/api/v1/audits",
    says: "Re-checks everything the log holds: lines of JSON tell how far it is, the last how it came out.",
    answer: "application/x-ndjson",
    problems: ["AUDIT_UNDER_WAY"],
  },
  connections: {
    method: "GET",
    path: "/api/v1/connections",
    says: "Connections: what came in from where, what was refused, and what is wrong.",
    answer: ConnectionList,
    problems: [],
  },
  testConnection: {
    method: "POST",
    path: "/api/v1/connections/{connection}/test",
    says: "Tests a connection now, and tells how it stands.",
    parameters: z.object({ connection: ConnectionIdField }),
    answer: Connection,
    problems: ["CONNECTION_UNKNOWN", "CONNECTION_NOT_TESTABLE"],
  },
  seenConnection: {
    method: "POST",
    path: "/api/v1/connections/{connection}/seen",
    says: "Takes away what was wrong with a connection, until it is wrong again, and tells how it stands.",
    parameters: z.object({ connection: ConnectionIdField }),
    answer: Connection,
    problems: ["CONNECTION_UNKNOWN"],
  },
  removeConnection: {
    method: "POST",
    path: "/api/v1/connections/{connection}/removal",
    says: "Forgets a connection that is not configured, with what it counted, until it calls again; tells of the others.",
    parameters: z.object({ connection: ConnectionIdField }),
    answer: ConnectionList,
    problems: ["CONNECTION_UNKNOWN", "CONNECTION_CONFIGURED"],
  },
  policy: {
    method: "GET",
    path: "/api/v1/policy",
    says: "The trust policy under which this node's receipts verify.",
    answer: "application/json",
    problems: [],
  },
  kinds: {
    method: "GET",
    path: "/api/v1/kinds",
    says: "What can be said on this log.",
    answer: KindList,
    problems: [],
  },
  log: {
    method: "GET",
    path: "/api/v1/log",
    says: "The log as whoever drafts a statement for it has to know it: origin, contract, times and sizes.",
    answer: LogTerms,
    problems: [],
  },
  openApi: {
    method: "GET",
    path: "/api/v1/openapi.json",
    says: "This page: every address, what it takes and what it answers. OpenAPI 3.1.",
    answer: "application/json",
    problems: [],
  },
  events: {
    method: "GET",
    path: "/api/v1/events",
    says: "Tells when the log has grown, and when something came in or a connection changed, as server-sent events.",
    answer: "text/event-stream",
    problems: ["TOO_MANY_LISTENERS"],
  },
  ...sessionRoutes,
  ...passkeyRoutes,
} as const satisfies Readonly<Record<string, Route>>;
export type RouteName = keyof typeof routes;

/** Puts parameters into a path. Values are encoded, so that none can leave its segment. */
export function pathOf(
  { path }: Pick<Route, "path">,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name] ?? "")));
}
