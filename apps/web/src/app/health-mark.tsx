// How the ledger is, in two words in the bar.
import { IconAlertTriangle, IconCircleCheckFilled, IconClock, IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { healthQuery } from "../ui/node.ts";

/** Says whether the ledger is healthy, and leads to the overview, which says why. */
export function HealthMark(): ReactNode {
  const { t } = useWording();
  const { data, isError } = useQuery(healthQuery);
  const [tone, Mark, says] = isError
    ? (["fails", IconPlugConnectedX, t.shell.health.unreachable] as const)
    : data === undefined
      ? (["neutral", IconClock, t.shell.health.waiting] as const)
      : data.status === "ok"
        ? (["holds", IconCircleCheckFilled, t.shell.health.ok] as const)
        : (["differs", IconAlertTriangle, t.shell.health.degraded] as const);
  return (
    <Link to="/" className="health">
      <span className={`tone tone-${tone}`}>
        <Mark size={16} aria-hidden />
      </span>
      <span>{says}</span>
    </Link>
  );
}
