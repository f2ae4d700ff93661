// The overview: does everything run, and what happened last?
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { healthQuery } from "../../ui/node.ts";
import { Failure } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { ActivityCard } from "./activity-card.tsx";
import { CosignerList } from "./cosigner-list.tsx";
import { FigureCards } from "./figure-cards.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { NewestEntries } from "./newest-entries.tsx";
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
        <div className="overview-needs">
          <NeedsYou />
        </div>
        <div className="column gap-16 overview-main">
          <ActivityCard />
          <NewestEntries />
        </div>
        <div className="column gap-16 overview-rest">
          <CosignerList health={health} />
          <NewestStudies />
        </div>
      </div>
    </>
  );
}
