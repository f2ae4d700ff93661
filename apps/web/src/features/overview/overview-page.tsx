// The overview: does everything run, and what happened last?
import type { Health } from "@fiducial/api";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { attentionQuery, healthQuery } from "../../ui/node.ts";
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
  const failing = useFailingConnections();
  const now = new Date();
  const title = `${t.ledger.overview.greeting(now.getHours())} ${stateOf(t, health, error, failing)}`.trim();
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
      <FigureCards health={health} lost={error !== null} failing={failing ?? []} />
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

/** In a sentence; nothing until it is known: what fails is told at once, not taken back what was said to run. */
function stateOf(
  { ledger: { overview } }: Messages,
  health: Health | undefined,
  error: Error | null,
  failing: readonly string[] | undefined,
): string {
  if (error !== null) return overview.unreachable;
  // A connection that fails is told by its name.
  if (health?.troubles.some(({ code }) => code !== "CONNECTION_FAILS" || failing?.length === 0) === true)
    return overview.degraded;
  if (health === undefined || failing === undefined) return "";
  return failing.length > 0 ? overview.connectionsFail(failing) : overview.runs;
}

/** The names of connections that fail, as far as the user may know of them; undefined as long as that is not known. */
function useFailingConnections(): readonly string[] | undefined {
  return useQuery(attentionQuery).data?.concerns.flatMap(({ code, connection }) =>
    code === "CONNECTION_FAILED" && connection !== undefined ? [connection.name] : [],
  );
}
