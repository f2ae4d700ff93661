// How the ledger is, in two words in the bar.
import { IconAlertTriangle, IconCircleCheckFilled, IconClock, IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { healthQuery } from "../ui/node.ts";
import { useSession } from "../ui/session.ts";
import { homeOf } from "./destinations.ts";

/** Says whether the ledger is healthy, and leads those who may see it to the overview, which says why. */
export function HealthMark(): ReactNode {
  const { t } = useWording();
  const { data, isError } = useQuery(healthQuery);
  const home = homeOf(useSession()?.permissions);
  const [tone, Mark, says] = isError
    ? (["fails", IconPlugConnectedX, t.shell.health.unreachable] as const)
    : data === undefined
      ? (["neutral", IconClock, t.shell.health.waiting] as const)
      : data.status === "ok"
        ? (["holds", IconCircleCheckFilled, t.shell.health.ok] as const)
        : (["differs", IconAlertTriangle, t.shell.health.degraded] as const);
  const mark = (
    <>
      <span className={`tone tone-${tone}`}>
        <Mark size={16} aria-hidden />
      </span>
      <span>{says}</span>
    </>
  );
  if (home !== "/") return <span className="health">{mark}</span>;
  return (
    <Link to={home} className="health">
      {mark}
    </Link>
  );
}
