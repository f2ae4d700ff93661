// How much a page may look at, held against a room with more candidates than any log here: an invented one, of numbers.
import fc from "fast-check";
import { expect, test } from "vitest";
import { queryOf } from "./query.ts";
import { type FoundPage, foundPage, type SearchPosition } from "./search.ts";
import type { FhirSite, PlaceRange, ServedRoom } from "./served.ts";

let lookedAt = 0;

function* numbers({ after, before, ascending }: PlaceRange): Iterable<number> {
  if (ascending) for (let one = after + 1; one < before; one++) yield one;
  else for (let one = before - 1; one > after; one--) yield one;
}

const room: ServedRoom<number> = {
  type: "Basic",
  says: "Numbers.",
  permission: "public",
  parameters: {
    multiple: {
      type: "token",
      says: "Multiples of a number.",
      test: (_, value) => (one) => {
        lookedAt++;
        return one % Number(value) === 0;
      },
    },
    exactly: { type: "token", says: "A number.", find: (_, value) => [Number(value)] },
  },
  sorts: { _lastUpdated: "place", mirrored: (_, one) => -one },
  place: (one) => one,
  list: (_, range) => numbers(range),
  one: () => undefined,
  resource: (_, one) => ({ resourceType: "Basic", id: String(one), code: { text: "A number" } }),
};
const site = {} as FhirSite;

async function pages(text: string, end: number): Promise<string[][]> {
  const query = queryOf(room, text, "strict");
  const found: string[][] = [];
  for (let position: SearchPosition | undefined = { end }; position !== undefined; ) {
    const page: FoundPage<number> = await foundPage(room, site, query, position);
    const { resources, next } = page;
    found.push(resources.map(({ id }) => id ?? ""));
    position = next;
  }
  return found;
}

test("a page looks at 2,000 candidates at most, and the pages together at all", async () => {
  lookedAt = 0;
  const query = queryOf(room, "multiple=30000", "strict");
  const { resources, next } = await foundPage(room, site, query, { end: 100_000 });
  expect([resources.length, lookedAt]).toEqual([0, 2000]);
  expect(next).toEqual({ end: 100_000, after: { place: 98_000, key: 0 } });
  expect((await pages("multiple=30000", 100_000)).flat()).toEqual(["90000", "60000", "30000", "0"]);
});

test("what has to be looked at as a whole to be sorted is bounded too", async () => {
  const sorted = (end: number) => pages("multiple=1&_sort=mirrored", end);
  expect((await sorted(1000)).flat().length).toBe(1000);
  await expect(sorted(1001)).rejects.toMatchObject({ code: "SEARCH_TOO_COSTLY" });
  await expect(pages("multiple=30000&_sort=mirrored", 2001)).rejects.toMatchObject({ code: "SEARCH_TOO_COSTLY" });
});

test("a list that nobody may have is refused, what is found by a key is not", async () => {
  const { list: _, ...unlisted } = room;
  const search = (text: string) => foundPage(unlisted, site, queryOf(room, text, "strict"), { end: 10 });
  await expect(search("multiple=2")).rejects.toMatchObject({ code: "SEARCH_TOO_COSTLY" });
  expect((await search("exactly=4&multiple=2")).resources.map(({ id }) => id)).toEqual(["4"]);
  expect((await search("exactly=3&multiple=2")).resources).toEqual([]);
});

test("pages of any size, in any order, hold what one page would, each once", async () => {
  const orders = fc.constantFrom(
    "",
    "&_sort=_lastUpdated",
    "&_sort=-_lastUpdated",
    "&_sort=mirrored",
    "&_sort=-mirrored",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 7 }),
      orders,
      async (end, count, multiple, order) => {
        const found = (await pages(`multiple=${multiple}&_count=${count}${order}`, end)).flat().map(Number);
        const all = Array.from({ length: end }, (_, one) => one).filter((one) => one % multiple === 0);
        const isAscending = order === "&_sort=_lastUpdated" || order === "&_sort=-mirrored";
        expect(found).toEqual(isAscending ? all : all.reverse());
      },
    ),
  );
});

test("values are parted by commas, but for those behind a backslash", () => {
  const values = (text: string) =>
    queryOf(room, new URLSearchParams({ exactly: text }).toString(), "strict").criteria[0]?.values;
  expect(values("a,b")).toEqual(["a", "b"]);
  expect(values("a\\,b,c")).toEqual(["a\\,b", "c"]);
  for (const text of [",", "a,", ",a", "a\\"])
    expect(() => values(text)).toThrow(expect.objectContaining({ code: "PARAMETER_INVALID" }));
});
