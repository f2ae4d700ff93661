// The studies: newest first, filtered, as many as are wanted.
import type { StudyPage } from "@fiducial/api";
import { IconPhotoOff } from "@tabler/icons-react";
import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useLocation } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { useWording } from "../../i18n/language.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { ListFoot } from "../../ui/list-foot.tsx";
import { studiesQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { StudyFilters } from "./study-filters.tsx";
import { StudyList } from "./study-list.tsx";
import "./imaging.css";

const route = getRouteApi("/studies");

/** The page. */
export function StudiesPage(): ReactNode {
  const { t } = useWording();
  const filters = route.useSearch();
  const { search } = useLocation().state;
  const query = useInfiniteQuery(studiesQuery(filters, search));
  const { data, error, refetch } = query;
  const found = data?.pages.flatMap(({ studies }) => studies);
  const last = data?.pages.at(-1);
  const words = t.imaging;
  const more = useNextPage(query);
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  return (
    <>
      <PageTitle
        title={words.title}
        says={
          search !== undefined
            ? words.found(search)
            : `${words.says}${last === undefined ? "" : ` · ${t.words.studies(last.total)}`}`
        }
        actions={
          search !== undefined && (
            <Link to="/studies" search={filters} state={{}} className="button">
              {words.clear}
            </Link>
          )
        }
      />
      <StudyFilters modalities={last?.modalities ?? []} />
      <section className="card" aria-label={words.title}>
        {error && found === undefined && <Failure error={error} again={() => void refetch()} />}
        {found === undefined && !error && <Skeletons rows={10} />}
        {found?.length === 0 && <Nothing total={last?.total ?? 0} />}
        {found !== undefined && found.length > 0 && <StudyList studies={found} more={more} />}
        {found !== undefined && <ListFoot covers={words.covers} more={words.more} query={query} />}
      </section>
    </>
  );
}

function Nothing({ total }: { readonly total: number }): ReactNode {
  const { t, formats } = useWording();
  const isFiltered = Object.values(route.useSearch()).some((value) => value !== undefined);
  const isSearched = useLocation().state.search !== undefined;
  const words = t.imaging;
  const says = isSearched ? words.noneSays : words.filter.noneSays(formats.count(total));
  return isFiltered || isSearched ? (
    <Note icon={IconPhotoOff} title={words.none} says={says} />
  ) : (
    <Note icon={IconPhotoOff} title={words.emptyTitle} says={words.emptySays} />
  );
}

// The same function as long as there is a further page and none is on its way.
function useNextPage(query: UseInfiniteQueryResult<{ pages: StudyPage[] }>): (() => void) | undefined {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const next = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return hasNextPage && !isFetchingNextPage && !isFetchNextPageError ? next : undefined;
}
