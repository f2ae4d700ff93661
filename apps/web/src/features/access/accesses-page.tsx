// Who looked: every read and every refusal, by role; for auditors, data stewards and administrators. The filter stands in the address.
import { type AccessesQuery, type AccessPage, ApiError } from "@fiducial/api";
import { IconCalendarOff, IconEyeOff, IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { AccessesSearch } from "../../app/addresses.ts";
import { useWording } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { AccessCoverage } from "../../ui/access-coverage.tsx";
import { AccessList } from "../../ui/access-list.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { accessesQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { useMay } from "../../ui/session.ts";
import { ExportButtons } from "./export-buttons.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { NameRequest } from "./name-request.tsx";
import { StudyFinder } from "./study-finder.tsx";
import "./access.css";

const route = getRouteApi("/accesses");

/** The page. */
export function AccessesPage(): ReactNode {
  const { t } = useWording();
  const search = route.useSearch();
  const filter = filterOf(search);
  const isTurned = search.from !== undefined && search.to !== undefined && search.from > search.to;
  // Days that hold nothing are nothing to ask for: asking is recorded.
  const query = useInfiniteQuery({ ...accessesQuery({ limit: 50, ...filter }), enabled: !isTurned });
  const { data, error, refetch } = isTurned ? { ...query, data: undefined, error: null } : query;
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [given, setGiven] = useState<{ readonly reason: string; readonly study: string | undefined }>();
  const study = search.study ?? search.lists;
  // A reason that was given for one study is none for another.
  const reason = given?.study === study ? given?.reason : undefined;
  const mayName = useMay("accesses.name") === true;
  const [first] = data?.pages ?? [];
  const found = data?.pages.flatMap(({ accesses }) => accesses);
  const isForOthers = error instanceof ApiError && error.status === 403;
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  const people = found?.flatMap(({ readerType, reader }) => (readerType === "person" && reader ? [reader] : [])) ?? [];
  return (
    <>
      <PageTitle
        title={t.access.title}
        says={first && summaryOf(t.access, first, search)}
        actions={!isForOthers && !isTurned && <ExportButtons filter={filter} reason={reason} />}
      />
      {!isForOthers && <FilterBar search={search} counts={first?.counts} />}
      {!isForOthers && <StudyFinder search={search} />}
      {mayName && people.length > 0 && (
        <NameRequest
          readers={people}
          study={study}
          known={names}
          named={(all, reason) => {
            setNames(all);
            setGiven({ reason, study });
          }}
        />
      )}
      <section className="card" aria-label={t.access.list}>
        {isForOthers && <Note icon={IconEyeOff} title={t.access.notAllowed} code={error.code} />}
        {error && !isForOthers && found === undefined && <Failure error={error} again={() => void refetch()} />}
        {isTurned && <Note icon={IconCalendarOff} title={t.access.turned} says={t.access.turnedSays} />}
        {found === undefined && !error && !isTurned && <Skeletons rows={8} />}
        {found?.length === 0 && <Nothing />}
        {found !== undefined && <AccessList accesses={found} names={names} />}
        {first !== undefined && <Foot page={first} query={query} search={search} />}
      </section>
    </>
  );
}

// Only without a filter is nothing found nothing at all.
function summaryOf(words: Messages["access"], { counts }: AccessPage, search: AccessesSearch): string {
  if (counts.reads > 0 || Object.values(search).every((value) => value === undefined)) return words.summary(counts);
  return search.from === undefined && search.to === undefined ? words.summaryNone : words.summaryNoneInTime;
}

/** Days of the reader's own calendar, as times. The last day is within. */
function filterOf({ from, to, ...same }: AccessesSearch): Omit<AccessesQuery, "before" | "limit"> {
  return {
    ...same,
    ...(from === undefined ? {} : { from: startOf(from, 0) }),
    ...(to === undefined ? {} : { to: startOf(to, 1) }),
  };
}

function startOf(day: string, later: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

function Nothing(): ReactNode {
  const { t } = useWording();
  return (
    <Note icon={IconFilterOff} title={t.access.none} says={t.access.noneSays}>
      <Link to="/accesses" search={{}} className="button">
        {t.access.clear}
      </Link>
    </Note>
  );
}

function Foot({
  page,
  search,
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly page: AccessPage;
  readonly search: AccessesSearch;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}): ReactNode {
  const { t } = useWording();
  return (
    <div className="card-foot row apart wrap">
      <div className="column gap-4 grow">
        <AccessCoverage page={page} search={search} />
      </div>
      {hasNextPage && (
        <button
          type="button"
          className="button small"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t.access.older}
        </button>
      )}
    </div>
  );
}
