// The ledger: every entry, newest first, page by page; or the history of one study. The page, the filter and the study stand in the address.
import { IconChevronLeft, IconChevronRight, IconEye, IconFilterOff, IconPhotoScan } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { CoverageLine } from "../../ui/coverage-line.tsx";
import { EntryLine } from "../../ui/entry-line.tsx";
import { useFoundBy } from "../../ui/found-by.ts";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { useNewEntries } from "../../ui/new-entries.ts";
import { entriesQuery, healthQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { useMay } from "../../ui/session.ts";
import { LedgerFilter } from "./ledger-filter.tsx";
import "./ledger.css";

const route = getRouteApi("/ledger");
const perPage = 50;

/** The page. */
export function LedgerPage(): ReactNode {
  const { t, formats } = useWording();
  const search = route.useSearch();
  const queries = useQueryClient();
  const query = entriesQuery({ ...search, limit: perPage });
  const { data, error, refetch } = useQuery(query);
  const origin = useQuery(healthQuery).data?.log.origin;
  const newest = search.before === undefined;
  const show = () => void queries.invalidateQueries({ queryKey: query.queryKey });
  const { waiting, place } = useNewEntries(newest ? data?.size : undefined, show);
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  const { list, overview } = t.ledger;
  return (
    <>
      {search.study === undefined ? (
        <PageTitle
          title={list.title}
          says={data && `${list.says(formats.count(data.size))}${origin === undefined ? "" : ` · ${origin}`}`}
          actions={<LedgerFilter search={search} />}
        />
      ) : (
        <HistoryTitle study={search.study} />
      )}
      <section className="card" aria-label={list.title} ref={place}>
        {waiting > 0 && (
          <button type="button" className="new-entries" onClick={show}>
            {overview.more(waiting)}
          </button>
        )}
        {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
        {data === undefined && !error && <Skeletons rows={12} />}
        {data?.entries.length === 0 && <Nothing size={formats.count(data.size)} />}
        <ul className="entries">
          {data?.entries.map((entry, at, all) => {
            const day = formats.day(entry.recordedAt);
            const before = all[at - 1];
            return (
              <Fragment key={entry.index}>
                {(before === undefined || formats.day(before.recordedAt) !== day) && (
                  <li className="day-line">{day}</li>
                )}
                <li>
                  <EntryLine entry={entry} />
                </li>
              </Fragment>
            );
          })}
        </ul>
        {data && (
          <div className="card-foot row apart wrap">
            <CoverageLine
              covers={
                search.study === undefined
                  ? list.coverage(origin ?? "", formats.count(Math.max(0, data.size - 1)))
                  : list.historyCoverage(origin ?? "")
              }
            />
            <Pages newest={newest} next={data.next} />
          </div>
        )}
      </section>
    </>
  );
}

function HistoryTitle({ study }: { readonly study: string }): ReactNode {
  const { t } = useWording();
  const { list } = t.ledger;
  const found = useFoundBy(study);
  const [seesStudies, seesReads] = [useMay("studies.read") === true, useMay("accesses.read") === true];
  return (
    <PageTitle
      title={list.historyOf(shortHex(study))}
      path={[
        <Link key="ledger" to="/ledger">
          {t.shell.pages.ledger}
        </Link>,
      ]}
      beside={found && <span className="chip outlined">{list.foundBy[found.by](found.text)}</span>}
      says={list.historySays}
      actions={
        <>
          {seesReads && (
            <Link to="/accesses" search={{ study }} className="button">
              <IconEye size={16} aria-hidden />
              {t.access.title}
            </Link>
          )}
          {seesStudies && (
            <Link to="/studies/$study" params={{ study }} className="button">
              <IconPhotoScan size={16} aria-hidden />
              {list.openStudy}
            </Link>
          )}
        </>
      }
    />
  );
}

function Nothing({ size }: { readonly size: string }): ReactNode {
  const { list } = useWording().t.ledger;
  const { study, findings, from, to } = route.useSearch();
  const ofStudy = study !== undefined;
  const none = findings === undefined && from === undefined && to === undefined ? list.none : list.noneFits;
  return (
    <Note icon={IconFilterOff} title={ofStudy ? list.historyNone : none} says={list.noneSays(size)}>
      <Link to="/ledger" search={{}} className="button">
        {ofStudy ? list.whole : list.clear}
      </Link>
    </Note>
  );
}

function Pages({ newest, next }: { readonly newest: boolean; readonly next: number | undefined }): ReactNode {
  const { t } = useWording();
  const { before: _, ...same } = route.useSearch();
  return (
    <nav className="row" aria-label={t.ledger.list.pages}>
      {!newest && (
        <Link to="/ledger" search={same} className="button small">
          <IconChevronLeft size={14} aria-hidden />
          {t.ledger.list.newer}
        </Link>
      )}
      {next !== undefined && (
        <Link to="/ledger" search={{ ...same, before: next }} className="button small" rel="next">
          {t.ledger.list.older}
          <IconChevronRight size={14} aria-hidden />
        </Link>
      )}
    </nav>
  );
}
