// The overview: does everything run, and what happened last?
import { IconListDetails, IconShieldCheck } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { CoverageLine } from "../../ui/coverage-line.tsx";
import { EntryLine } from "../../ui/entry-line.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { useLive } from "../../ui/live.tsx";
import { useNewEntries } from "../../ui/new-entries.ts";
import { entriesQuery, healthQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Card } from "../../ui/parts.tsx";
import { ActivityCard } from "./activity-card.tsx";
import { CosignerList } from "./cosigner-list.tsx";
import { FigureCards } from "./figure-cards.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { NewestStudies } from "./newest-studies.tsx";
import { TroubleList } from "./trouble-list.tsx";
import "./overview.css";

/** The page. */
export function OverviewPage(): ReactNode {
  const { t, formats } = useWording();
  const { data: health, error, refetch } = useQuery(healthQuery);
  const now = new Date();
  const state = error
    ? t.ledger.overview.unreachable
    : health?.status === "degraded"
      ? t.ledger.overview.degraded
      : t.ledger.overview.runs;
  const title = `${t.ledger.overview.greeting(now.getHours())} ${health === undefined && !error ? "" : state}`.trim();
  const place = [health?.organization.name, formats.day(now.toISOString()), health?.log.origin];
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  return (
    <>
      <PageTitle
        title={title}
        says={place.filter((part) => part !== undefined).join(" · ")}
        actions={
          <Link to="/verify" className="button primary">
            <IconShieldCheck size={17} aria-hidden />
            {t.ledger.overview.verify}
          </Link>
        }
      />
      {error && (
        <div className="card">
          <Failure error={error} again={() => void refetch()} />
        </div>
      )}
      {health !== undefined && !error && <TroubleList troubles={health.troubles} />}
      <FigureCards health={health} lost={error !== null} />
      <div className="overview-columns">
        <div className="column gap-16">
          <ActivityCard />
          <NewestEntries />
        </div>
        <div className="column gap-16">
          <NeedsYou />
          <CosignerList health={health} />
          <NewestStudies />
        </div>
      </div>
    </>
  );
}

const newest = entriesQuery({ limit: 12 });

function NewestEntries(): ReactNode {
  const { t, formats } = useWording();
  const { connected } = useLive();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ ...newest, placeholderData: keepPreviousData });
  const show = () => void queries.invalidateQueries({ queryKey: newest.queryKey });
  const { waiting, place } = useNewEntries(data?.size, show);
  return (
    <Card
      title={t.ledger.overview.what}
      aside={
        <Link to="/ledger" className="link size-13">
          {t.ledger.overview.openLedger}
        </Link>
      }
      says={
        <span className="row gap-6 second">
          <i className={`live-dot ${connected ? "" : "off"}`} />
          {connected ? t.ledger.overview.live : t.ledger.overview.paused}
        </span>
      }
    >
      <div ref={place}>
        {waiting > 0 && (
          <button type="button" className="new-entries" onClick={show}>
            {t.ledger.overview.more(waiting)}
          </button>
        )}
        {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
        {data === undefined && !error && <Skeletons rows={8} />}
        {data?.entries.length === 0 && (
          <Note icon={IconListDetails} title={t.ledger.overview.emptyTitle} says={t.ledger.overview.emptySays} />
        )}
        <ul className="entries">
          {data?.entries.map((entry) => (
            <li key={entry.index}>
              <EntryLine entry={entry} time={timeIn(entry.recordedAt)} />
            </li>
          ))}
        </ul>
      </div>
      <div className="card-foot">
        <CoverageLine covers={t.ledger.overview.covers} />
      </div>
    </Card>
  );

  function timeIn(recordedAt: string): string {
    const today = formats.day(recordedAt) === formats.day(new Date().toISOString());
    return today ? formats.clock(recordedAt) : formats.moment(recordedAt);
  }
}
