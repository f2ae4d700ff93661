// What each route of the API table shows of patients: recorded before the answer goes out. A route that is added says so here, or the compiler asks.
import { Readable } from "node:stream";
import type {
  AccessNamesRequest,
  EntryDetail,
  FileVerdict,
  FindQuery,
  FoundPlace,
  FoundPlaces,
  NamedAccessFilter,
  ObjectVersions,
  RouteName,
  StudyDetail,
  StudyPage,
} from "@fiducial/api";
import type { ReadAction, ReadThing } from "@fiducial/contract";
import { type Entry, parseEntry } from "@fiducial/core";
import { studiesOf } from "@fiducial/projection";
import type { FastifyRequest } from "fastify";
import { askedBy, type ReadFacts } from "../access/hook.ts";
import { authorize } from "../authorization/authorize.ts";
import { callerOf } from "../authorization/guard.ts";
import type { OpenNode } from "../compose.ts";
import type { ObjectRecord } from "../intake/study-records.ts";
import { numbersEntry } from "./find.ts";
import { entryAt } from "./summaries.ts";

/** What a route shows: `of` tells of which studies, given the answer; of a refused request there is none. */
interface RecordedRoute {
  readonly what: ReadThing;
  readonly action: ReadAction;
  /** What it is instead, where whoever asks says what for. */
  as?(request: FastifyRequest): { readonly what: ReadThing; readonly action: ReadAction } | undefined;
  of(node: OpenNode, request: FastifyRequest, answer: unknown): readonly ReadFacts[];
}

/** Shows nothing of any patient, or takes in and shows nothing. */
const nothing = undefined;

const recordedRoutes: Readonly<Record<RouteName, RecordedRoute | undefined>> = {
  health: nothing,
  policy: nothing,
  kinds: nothing,
  log: nothing,
  openApi: nothing,
  // Staff, machines and organizations.
  actors: nothing,
  actor: nothing,
  // Open fields only: what the ledger shows whoever holds it.
  entries: nothing,
  statement: nothing,
  events: nothing,
  audit: nothing,
  submit: nothing,
  openIntake: nothing,
  takeObject: nothing,
  registerIntake: nothing,
  activity: nothing,
  // Handles, kinds and times, as lists of entries show them.
  attention: nothing,
  connections: nothing,
  testConnection: nothing,
  seenConnection: nothing,
  removeConnection: nothing,
  // Who is signed in, and machines that may ask.
  session: nothing,
  signOut: nothing,
  sessions: nothing,
  endSession: nothing,
  signedInPeople: nothing,
  endSessionsOf: nothing,
  token: nothing,
  tokenClients: nothing,
  addTokenClient: nothing,
  revokeTokenClient: nothing,
  // Keys of people, and statements that their own fields are answered of.
  passkeys: nothing,
  createPasskey: nothing,
  addPasskey: nothing,
  removePasskey: nothing,
  askPasskey: nothing,
  signInWithPasskey: nothing,
  draft: nothing,
  signDraft: nothing,

  studies: { what: "study-list", action: "view", of: (_, __, page) => [listed(page as StudyPage | undefined)] },
  searchStudies: { what: "study-list", action: "search", of: (_, __, page) => [listed(page as StudyPage | undefined)] },
  find: {
    what: "study-list",
    action: "search",
    of: (node, request, found) => searchedBy(node, request, (found as FoundPlaces | undefined) ?? { places: [] }),
  },
  study: { what: "study", action: "view", of: (node, request, answer) => [shown(node, request, answer)] },
  object: { what: "images", action: "retrieve", of: (node, request) => [imageOf(node, request)] },
  entry: {
    what: "entry",
    action: "view",
    of: (node, _, entry) => ofStudies(entry === undefined ? [] : studiesAt(node, (entry as EntryDetail).index)),
  },
  receipt: {
    what: "receipt",
    action: "export",
    as: lookAtEntry,
    of: (node, request) => ofStudies(studiesOfEntry(node, request)),
  },
  receiptShowing: {
    what: "receipt",
    action: "export",
    of: (node, request) => ofStudies(studiesOfEntry(node, request)),
  },
  studyAccesses: { what: "access-list", action: "view", of: (_, { params }) => [{ study: studyIn(params) }] },
  accesses: { what: "access-list", action: "view", of: (_, { query }) => [{ study: studyIn(query) }] },
  accessesCsv: { what: "access-list", action: "export", of: (_, { query }) => [{ study: studyIn(query) }] },
  accessesJson: { what: "access-list", action: "export", of: (_, { query }) => [{ study: studyIn(query) }] },
  namedAccessesCsv: { what: "reader-names", action: "export", of: (_, { body }) => [reasoned(body)] },
  namedAccessesJson: { what: "reader-names", action: "export", of: (_, { body }) => [reasoned(body)] },
  accessNames: { what: "reader-names", action: "view", of: (_, { body }) => [reasoned(body)] },
  lookup: {
    what: "study",
    action: "verify",
    as: lookAtEntry,
    of: (node, _, answer) =>
      ofStudies(
        ((answer as ObjectVersions | undefined)?.versions ?? []).flatMap(({ statementId }) =>
          studiesOfStatement(node, statementId),
        ),
      ),
  },
  verification: {
    what: "study",
    action: "verify",
    of: (_, __, verdict) => ofStudies(asList((verdict as FileVerdict | undefined)?.study)),
  },
};

/** Records what an answer of a route shows, and resolves when that is durable. Rejects with ACCESS_NOT_RECORDED; the answer is let go then. */
export async function recordShown(
  node: OpenNode,
  name: RouteName,
  request: FastifyRequest,
  answer: unknown,
): Promise<void> {
  const route = recordedRoutes[name];
  if (route === undefined) return;
  try {
    const asked = askedBy(request);
    const { what, action } = route.as?.(request) ?? route;
    const reads = route.of(node, request, answer).map((facts) => ({ ...asked, what, action, ...facts }));
    await Promise.all(reads.map(node.access.before));
  } catch (thrown) {
    if (answer instanceof Readable) answer.destroy();
    throw thrown;
  }
}

/** Records that somebody who is signed in was refused what a route shows. */
export async function recordRefused(node: OpenNode, name: RouteName, request: FastifyRequest): Promise<void> {
  const route = recordedRoutes[name];
  if (route === undefined || callerOf(request).type === "anonymous") return;
  const { study } = (request.params ?? {}) as { readonly study?: string };
  // Handles that stand for nothing would be a record each.
  const known = study !== undefined && node.projection.imaging.study(study) !== undefined ? study : undefined;
  const { what, action } = route.as?.(request) ?? route;
  await node.access.before({
    caller: callerOf(request),
    address: request.ip,
    what,
    action,
    study: known,
    outcome: "refused",
  });
}

// A page that checks what it shows asks for receipts that nobody keeps.
function lookAtEntry({ query }: FastifyRequest): ReturnType<NonNullable<RecordedRoute["as"]>> {
  return (query as { readonly for?: string }).for === "check" ? { what: "entry", action: "view" } : undefined;
}

function listed(page: StudyPage | undefined): ReadFacts {
  return { studies: page?.studies.length, listed: page?.studies.map(({ study }) => study) };
}

// Whoever may find no study searched none. A search that tells no more of studies than which they are is in the list of who looked at each.
function searchedBy(node: OpenNode, request: FastifyRequest, { places }: FoundPlaces): readonly ReadFacts[] {
  const caller = callerOf(request);
  const listed = places.flatMap((place) => (place.type === "study" ? [place.study.study] : []));
  const studies = listed.length;
  const located = new Set(places.flatMap((place) => studiesLocated(node, place, (request.body as FindQuery).text)));
  const isList =
    studies > 0 || (located.size === 0 && (authorize("studies.read", caller) || authorize("studies.find", caller)));
  return [...[...located].map((study) => ({ study, studies: 1 })), ...(isList ? [{ studies, listed }] : [])];
}

// An entry that was found by an object tells which study that is of, which the ledger alone does not; by a number or an id it tells what the ledger has.
function studiesLocated(node: OpenNode, place: FoundPlace, text: string): readonly string[] {
  if (place.type === "history") return [place.history.study];
  if (place.type !== "entry" || numbersEntry(text) || place.entry.id === text.toLowerCase()) return [];
  return studiesAt(node, place.entry.index);
}

function shown(_: OpenNode, request: FastifyRequest, answer: unknown): ReadFacts {
  const { study } = request.params as { readonly study: string };
  return { study, instances: (answer as StudyDetail | undefined)?.instances };
}

function imageOf(node: OpenNode, { params }: FastifyRequest): ReadFacts {
  const { study, statementId, item } = params as Readonly<Record<"study" | "statementId" | "item", string>>;
  const record = node.vault.manifestItem(statementId, Number(item))?.value as unknown as ObjectRecord | undefined;
  return { study, series: record?.seriesUid };
}

function studyIn(given: unknown): string | undefined {
  const { study, lists } = given as { readonly study?: string; readonly lists?: string };
  return study ?? lists;
}

function reasoned(body: unknown): ReadFacts {
  return { study: studyIn(body), remark: (body as AccessNamesRequest | NamedAccessFilter).reason.trim() };
}

function asList(study: string | undefined): readonly string[] {
  return study === undefined ? [] : [study];
}

function ofStudies(studies: readonly string[]): ReadFacts[] {
  return [...new Set(studies)].map((study) => ({ study }));
}

function studiesOfEntry(node: OpenNode, { params }: FastifyRequest): readonly string[] {
  return studiesAt(node, Number((params as { readonly index: string }).index));
}

function studiesAt(node: OpenNode, index: number): readonly string[] {
  return studiesIn(node, entryAt(node, index));
}

function studiesIn(node: OpenNode, { statement: { content } }: Entry): readonly string[] {
  const { statement } = content.open;
  // A dispute opens what somebody wrote about another statement, and so about its studies.
  const about = typeof statement === "string" ? studiesOfStatement(node, statement) : [];
  return [...studiesOf(content.open), ...about];
}

// Also of a log that a recovery ended: there its number is another one.
function studiesOfStatement({ logs }: OpenNode, statementId: string): readonly string[] {
  const place = logs.placeOf(statementId);
  const entry = place && parseEntry(place.log.reader.entry(place.index));
  return entry === undefined ? [] : studiesOf(entry.statement.content.open);
}
