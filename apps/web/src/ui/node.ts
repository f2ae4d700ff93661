// What the pages ask of the node, and for how long an answer is good.
import {
  type AccessesQuery,
  type ActorsQuery,
  ApiError,
  apiClient,
  type EntriesQuery,
  type StudiesQuery,
} from "@fiducial/api";
import { infiniteQueryOptions, keepPreviousData, QueryCache, QueryClient, queryOptions } from "@tanstack/react-query";
import { attendedFetch } from "./attended-fetch.ts";

/** The node that served this page. */
export const node: ReturnType<typeof apiClient> = apiClient({ fetch: attendedFetch });

/** Makes the store of answers. What the node refuses is not asked again; what did not reach it is, twice. */
export function newQueryClient(): QueryClient {
  const retry = (failures: number, error: Error) => error instanceof ApiError && error.status === 0 && failures < 2;
  // A session that has ended shows at whatever is asked next: then it is asked who this is.
  const queryCache = new QueryCache({
    onError: (error) => {
      if (error instanceof ApiError && error.status === 401) void queries.invalidateQueries({ queryKey: ["session"] });
    },
  });
  const queries = new QueryClient({
    queryCache,
    defaultOptions: { queries: { retry, staleTime: 30_000, refetchOnWindowFocus: false } },
  });
  return queries;
}

/** How the node is: asked again every 15 seconds, because events do not come from a node that is gone. */
export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => node.health({ signal }),
  refetchInterval: 15_000,
  retry: false,
});

/** Entries, page by page. */
export const entriesQuery = (query: EntriesQuery) =>
  queryOptions({
    queryKey: ["entries", query],
    queryFn: ({ signal }) => node.entries(query, { signal }),
    placeholderData: keepPreviousData,
  });

/** How much was recorded on each day of a fortnight. */
export const activityQuery = queryOptions({
  queryKey: ["activity"],
  queryFn: ({ signal }) => node.activity({}, { signal }),
  refetchInterval: 60_000,
});

/** What waits for somebody. What is seen elsewhere ends it here, so it is asked again soon. */
export const attentionQuery = queryOptions({
  queryKey: ["attention"],
  queryFn: ({ signal }) => node.attention({ signal }),
  refetchInterval: 60_000,
});

/** One entry. Its proof grows with the log, itself it never changes. */
export const entryQuery = (index: number) =>
  queryOptions({ queryKey: ["entry", index], queryFn: ({ signal }) => node.entry(index, { signal }) });

/** The receipt of an entry, to check it by; nobody keeps it. */
export const receiptQuery = (index: number) =>
  queryOptions({
    queryKey: ["receipt", index],
    queryFn: ({ signal }) => node.receipt(index, { signal, for: "check" }),
  });

/** The policy under which receipts verify. */
export const policyQuery = queryOptions({
  queryKey: ["policy"],
  queryFn: ({ signal }) => node.policy({ signal }),
  staleTime: 300_000,
});

/** Studies, as many pages as were asked for: those that filters let through, and that an identifier leads to when one is given. */
export const studiesQuery = (filters: Omit<StudiesQuery, "before" | "limit">, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["studies", filters, search],
    queryFn: ({ signal, pageParam }) => {
      const page = { ...filters, limit: 100, ...(pageParam !== undefined && { before: pageParam }) };
      return search === undefined
        ? node.studies(page, { signal })
        : node.searchStudies({ ...page, search }, { signal });
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** What somebody's words lead to. */
export const findQuery = (text: string) =>
  queryOptions({
    queryKey: ["find", text],
    queryFn: ({ signal }) => node.find({ text }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** Who acts on the log, as many pages as were asked for. */
export const actorsQuery = (query: Omit<ActorsQuery, "after">) =>
  infiniteQueryOptions({
    queryKey: ["actors", query],
    queryFn: ({ signal, pageParam }) =>
      node.actors({ ...query, ...(pageParam !== undefined && { after: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** Reads, as many pages as were asked for. Asking is a read itself, so an answer is good until somebody asks for another. */
export const accessesQuery = (query: Omit<AccessesQuery, "before">) =>
  infiniteQueryOptions({
    queryKey: ["accesses", query],
    queryFn: ({ signal, pageParam }) =>
      node.accesses({ ...query, ...(pageParam !== undefined && { before: pageParam }) }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** The newest reads of a study. */
export const studyAccessesQuery = (study: string) =>
  queryOptions({
    queryKey: ["accesses", "of", study],
    queryFn: ({ signal }) => node.studyAccesses(study, { limit: 6 }, { signal }),
  });

/** One who acts on the log. */
export const actorQuery = (actor: string) =>
  queryOptions({ queryKey: ["actor", actor], queryFn: ({ signal }) => node.actor(actor, { signal }) });

/** The few studies that the overview shows. */
export const newestStudiesQuery = queryOptions({
  queryKey: ["studies", "newest"],
  queryFn: ({ signal }) => node.studies({ limit: 5 }, { signal }),
});

/** What comes in from where. Events tell when to ask again. */
export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: ({ signal }) => node.connections({ signal }),
});

/** One study. */
export const studyQuery = (study: string) =>
  queryOptions({ queryKey: ["study", study], queryFn: ({ signal }) => node.study(study, { signal }) });
