// A page of a search: complete and in the same order however the log grows meanwhile, and never more work than a page may be.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Resource } from "@fiducial/fhir";
import { NodeError } from "../../node-error.ts";
import type { Criterion, Query } from "./query.ts";
import type { FhirSite, LogEnd, PlaceRange, ServedRoom } from "./served.ts";

/** From where a search goes on. */
export interface SearchPosition {
  /** The log as it stood when the search began. */
  readonly end: LogEnd;
  /** The last that was looked at: its place, and the number by which it is sorted. */
  readonly after?: { readonly place: number; readonly key: number } | undefined;
}

/** What a page holds, and from where the next one goes on. */
export interface FoundPage<Candidate> {
  readonly resources: readonly Resource[];
  /** What the resources were made of. */
  readonly candidates: readonly Candidate[];
  readonly next?: SearchPosition | undefined;
}

/** How many candidates a page looks at; then it ends, be it full or not. */
const mostLookedAt = 2000;
/** How many can be sorted by what only the vault knows. */
const mostSorted = 1000;
/** Bytes of a page, about. */
const mostBytes = 8 * 2 ** 20;
/** Candidates looked at before others get their turn. */
const lookedAtATurn = 32;

type Test<Candidate> = (candidate: Candidate) => boolean;

/** Finds the next page. Throws PARAMETER_INVALID, SEARCH_TOO_COSTLY. */
export async function foundPage<Candidate>(
  room: ServedRoom<Candidate>,
  site: FhirSite,
  query: Query,
  position: SearchPosition,
): Promise<FoundPage<Candidate>> {
  const order = query.sort === undefined ? "place" : room.sorts?.[query.sort.by];
  const [found, test] = [foundByKey(room, site, query), testOf(room, site, query, position.end)];
  const ordered =
    order === undefined || order === "place"
      ? byPlace(room, site, found, query, position)
      : await byKey(
          room,
          found ?? listed(room, site, query, position.end),
          test,
          position,
          query.sort?.descending === true,
          (one) => order(site, one, position.end),
        );
  return filled(room, site, ordered, test, query.count, position.end);
}

interface Keyed<Candidate> {
  readonly candidate: Candidate;
  readonly place: number;
  readonly key: number;
}

async function filled<Candidate>(
  room: ServedRoom<Candidate>,
  site: FhirSite,
  ordered: Iterable<Keyed<Candidate>>,
  test: Test<Candidate>,
  count: number,
  end: LogEnd,
): Promise<FoundPage<Candidate>> {
  const resources: Resource[] = [];
  const candidates: Candidate[] = [];
  let last: Keyed<Candidate> | undefined;
  let [lookedAt, bytes] = [0, 0];
  const goOn = () => ({ resources, candidates, next: { end, after: last && { place: last.place, key: last.key } } });
  for (const one of ordered) {
    if (lookedAt === mostLookedAt) return goOn();
    if (lookedAt++ % lookedAtATurn === 0) await nextTurn();
    if (test(one.candidate)) {
      if (resources.length === count || bytes > mostBytes) return goOn();
      const resource = await room.resource(site, one.candidate, false);
      bytes += JSON.stringify(resource).length;
      resources.push(resource);
      candidates.push(one.candidate);
    }
    last = one;
  }
  return { resources, candidates };
}

// Newest first, unless told: what is recorded later has later places, and does not get between.
function* byPlace<Candidate>(
  room: ServedRoom<Candidate>,
  site: FhirSite,
  found: readonly Candidate[] | undefined,
  query: Query,
  { end, after }: SearchPosition,
): Iterable<Keyed<Candidate>> {
  const { sort } = query;
  const ascending = sort !== undefined && !sort.descending;
  const range = {
    after: ascending ? (after?.place ?? -1) : -1,
    before: ascending ? end : (after?.place ?? end),
    ascending,
  };
  const within = found?.filter((one) => room.place(one) > range.after && room.place(one) < range.before);
  const sorted = within?.sort((a, b) => (ascending ? 1 : -1) * (room.place(a) - room.place(b)));
  const candidates = sorted ?? listOf(room, site, query)?.(range);
  if (candidates === undefined) throw new NodeError("SEARCH_TOO_COSTLY");
  for (const candidate of candidates) yield { candidate, place: room.place(candidate), key: 0 };
}

function listed<Candidate>(
  room: ServedRoom<Candidate>,
  site: FhirSite,
  query: Query,
  end: LogEnd,
): Iterable<Candidate> {
  const all = listOf(room, site, query)?.({ after: -1, before: end, ascending: false });
  if (all === undefined) throw new NodeError("SEARCH_TOO_COSTLY");
  return all;
}

// By the key of a criterion, if one has such a list; the tests look at all the same criteria again.
function listOf<Candidate>(
  { parameters, list }: ServedRoom<Candidate>,
  site: FhirSite,
  { criteria }: Query,
): ((range: PlaceRange) => Iterable<Candidate>) | undefined {
  for (const { name, values } of criteria) {
    const [value = "", ...others] = values;
    const keyed = others.length === 0 ? parameters[name]?.list?.(site, value) : undefined;
    if (keyed !== undefined) return keyed;
  }
  return list && ((range) => list(site, range));
}

// Sorted by what the vault alone knows, or what changes: all that match are looked at, as they stood when the search began.
async function byKey<Candidate>(
  room: ServedRoom<Candidate>,
  candidates: Iterable<Candidate>,
  test: Test<Candidate>,
  { end, after }: SearchPosition,
  descending: boolean,
  keyOf: (candidate: Candidate) => number | undefined,
): Promise<Keyed<Candidate>[]> {
  const matching: Keyed<Candidate>[] = [];
  let lookedAt = 0;
  for (const candidate of candidates) {
    if (lookedAt++ % lookedAtATurn === 0) await nextTurn();
    const place = room.place(candidate);
    const isMatch = place < end && test(candidate);
    if (lookedAt > mostLookedAt || (isMatch && matching.length === mostSorted))
      throw new NodeError("SEARCH_TOO_COSTLY");
    if (isMatch) matching.push({ candidate, place, key: keyOf(candidate) ?? Number.MIN_SAFE_INTEGER });
  }
  const sign = descending ? -1 : 1;
  const compare = (a: Omit<Keyed<never>, "candidate">, b: Omit<Keyed<never>, "candidate">) =>
    sign * (a.key - b.key || a.place - b.place);
  matching.sort(compare);
  return after === undefined ? matching : matching.filter((one) => compare(one, after) > 0);
}

// Where a criterion has keys, only what they lead to is looked at.
function foundByKey<Candidate>(
  room: ServedRoom<Candidate>,
  site: FhirSite,
  { criteria }: Query,
): Candidate[] | undefined {
  let found: Map<number, Candidate> | undefined;
  for (const { name, values } of criteria) {
    const parameter = room.parameters[name];
    if (parameter?.find === undefined) continue;
    const any = values.map((value) => parameter.find?.(site, value) ?? invalid(name));
    if (any.includes("all")) continue;
    const byPlace = new Map((any as Candidate[][]).flat().map((candidate) => [room.place(candidate), candidate]));
    found = found === undefined ? byPlace : new Map([...found].filter(([place]) => byPlace.has(place)));
  }
  return found && [...found.values()];
}

function testOf<Candidate>(
  room: ServedRoom<Candidate>,
  site: FhirSite,
  { criteria }: Query,
  end: LogEnd,
): Test<Candidate> {
  const tests = criteria.flatMap((criterion) => criterionTest(room, site, criterion));
  return (candidate) =>
    tests.every((any) => any.some((test) => test(candidate, end))) && room.keptBy?.(site, candidate) === undefined;
}

function criterionTest<Candidate>(room: ServedRoom<Candidate>, site: FhirSite, { name, values }: Criterion) {
  const parameter = room.parameters[name];
  if (parameter?.test === undefined) return [];
  return [values.map((value) => parameter.test?.(site, value) ?? invalid(name))];
}

function invalid(parameter: string): never {
  throw new NodeError("PARAMETER_INVALID", { parameter });
}
