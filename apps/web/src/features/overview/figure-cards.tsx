// Four figures: health, backlog, the last cosigned checkpoint, entries.
import type { Cosigner, Health } from "@fiducial/api";
import { type Icon, IconFlag, IconHeartbeat, IconInbox, IconListDetails } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Tone } from "../../ui/parts.tsx";

/** The cards; their places are kept while nothing is known yet. When the node is `lost`, they show its last answer, and say so. */
export function FigureCards({
  health,
  lost,
  failing,
}: {
  readonly health: Health | undefined;
  readonly lost: boolean;
  /** Names of connections that fail. */
  readonly failing: readonly string[];
}): ReactNode {
  const { t, formats } = useWording();
  const { overview } = t.ledger;
  const backlogSays = useBacklog();
  const cosigners = health?.checkpoint?.cosigners ?? [];
  return (
    <div className="figures-row">
      <HealthFigure health={health} lost={lost} failing={failing} />
      <Figure
        icon={IconInbox}
        tone="accent"
        name={overview.backlog}
        value={health && formats.count(health.intake.objects + health.backlog)}
        unit={overview.waiting}
        says={health && backlogSays(health)}
      />
      <Checkpoint health={health} cosigners={cosigners} />
      <Figure
        icon={IconListDetails}
        tone="accent"
        name={overview.entries}
        value={health && formats.count(health.log.size)}
        says={health && overview.entriesSays(health.log.origin)}
      />
    </div>
  );
}

// What came in waits to be registered; what was stated waits to be ordered. Both are safe.
function useBacklog(): (health: Health) => string {
  const { t, formats } = useWording();
  const { overview } = t.ledger;
  return ({ backlog, intake: { objects, oldest } }) => {
    if (objects > 0 && oldest !== undefined) return overview.backlogIntake(formats.age(oldest, new Date()));
    return backlog === 0 ? overview.backlogNone : overview.backlogSome;
  };
}

function HealthFigure({
  health,
  lost,
  failing,
}: {
  readonly health: Health | undefined;
  readonly lost: boolean;
  readonly failing: readonly string[];
}): ReactNode {
  const { t } = useWording();
  const { overview } = t.ledger;
  const degraded = health?.status === "degraded";
  const healthy = !degraded && failing.length === 0;
  const known = health && {
    value: degraded
      ? overview.healthDegraded
      : healthy
        ? overview.healthOk
        : overview.connectionsFailing(failing.length),
    says:
      degraded || healthy ? (
        overview.ordering(health.ordering)
      ) : (
        <Link to="/connections" className="link">
          {failing.join(", ")}
        </Link>
      ),
  };
  const { value, says } = lost ? { value: overview.healthLost, says: overview.healthLostSays } : { ...known };
  const tone = lost ? "fails" : healthy ? "holds" : "differs";
  return <Figure icon={IconHeartbeat} tone={tone} name={overview.health} value={value} says={says} />;
}

function Checkpoint({
  health,
  cosigners,
}: {
  readonly health: Health | undefined;
  readonly cosigners: readonly Cosigner[];
}): ReactNode {
  const { t, formats } = useWording();
  const { overview } = t.ledger;
  const latest = cosigners.reduce((last, { timestamp }) => Math.max(last, timestamp), 0);
  const replicas = cosigners.filter(({ replica }) => replica).length;
  const parts = [
    t.words.entries(health?.checkpoint?.size ?? 0),
    t.words.witnesses(cosigners.length - replicas),
    ...(replicas > 0 ? [t.words.replicas(replicas)] : []),
  ];
  const signed = latest > 0;
  return (
    <Figure
      icon={IconFlag}
      tone={signed || health === undefined ? "holds" : "differs"}
      name={overview.checkpoint}
      value={
        health && (signed ? formats.age(new Date(latest * 1000).toISOString(), new Date()) : overview.checkpointNone)
      }
      unit={signed ? overview.ago : ""}
      says={health && (signed ? parts.join(" · ") : overview.checkpointNoneSays)}
    />
  );
}

function Figure({
  icon: Mark,
  tone,
  name,
  value,
  unit = "",
  says,
}: {
  readonly icon: Icon;
  readonly tone: Tone;
  readonly name: string;
  readonly value: string | undefined;
  readonly unit?: string;
  readonly says: ReactNode;
}): ReactNode {
  return (
    <section className="card figure" aria-label={name}>
      <div className="row size-13 second">
        <span className={`tone tone-${tone}`}>
          <Mark size={18} stroke={1.75} aria-hidden />
        </span>
        {name}
      </div>
      <div className="figure-value">
        {value ?? <span className="skeleton figure-blank" />} {value !== undefined && <small>{unit}</small>}
      </div>
      <div className="size-12 second">{says ?? <span className="skeleton figure-blank-line" />}</div>
    </section>
  );
}
