// Where a study came from and what came of it: a small graph, and the same as a table.
import type { EntrySummary, StudyDetail } from "@fiducial/api";
import { textIn } from "@fiducial/api/sentences";
import { type Icon, IconDots, IconPhotoScan, IconScan, IconTable, IconTimeline } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { Card, type Tone } from "../../ui/parts.tsx";
import { markOf } from "../../ui/sentences/mark-of.ts";

interface Offspring {
  readonly entry: EntrySummary;
  readonly icon: Icon;
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string;
}

const mostShown = 4;

/** The card. */
export function Lineage({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t } = useWording();
  const [asTable, setAsTable] = useState(false);
  const words = t.imaging.lineage;
  const offspring = useOffspring(study);
  return (
    <Card
      title={words.title}
      says={words.says}
      className="lineage"
      aside={
        <button type="button" className="button small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <IconTimeline size={15} aria-hidden /> : <IconTable size={15} aria-hidden />}
          {asTable ? words.asGraph : words.asTable}
        </button>
      }
    >
      {asTable ? <LineageTable offspring={offspring} /> : <LineageGraph study={study} offspring={offspring} />}
    </Card>
  );
}

function useOffspring(study: StudyDetail): readonly Offspring[] {
  const { t, formats } = useWording();
  const words = t.imaging.lineage;
  const titles: Readonly<Record<string, string>> = {
    "imaging.study.extended": words.extended,
    "imaging.study.derived": words.derived,
    "imaging.study.verified": words.verified,
    "imaging.study.rejected": words.rejected,
    "imaging.subject.corrected": words.corrected,
    "imaging.study.destroyed": words.destroyed,
  };
  return study.history.flatMap((entry) => {
    if (entry.index === study.index) return [];
    const isReceived = textIn(entry, "direction") === "received";
    const direction = isReceived ? words.received : words.sent;
    const title = entry.kind === "imaging.study.transferred" ? direction : titles[entry.kind];
    if (title === undefined) return [];
    const detail = detailOf(entry, t, isReceived) || formats.moment(entry.recordedAt);
    return [{ entry, ...markOf(entry), title, detail }];
  });
}

/** Where it went or came from, else what came of it; empty where neither is told. */
function detailOf(entry: EntrySummary, t: Messages, isReceived: boolean): string {
  const { lineage } = t.imaging;
  if (entry.destination !== undefined)
    return isReceived ? lineage.from(entry.destination) : lineage.to(entry.destination);
  // How a study was destroyed is told by the entry's sentence.
  const method = entry.kind === "imaging.study.destroyed" ? "" : textIn(entry, "method");
  const result = textIn(entry, "result") || method;
  return t.verifyPage.short[result as keyof typeof t.verifyPage.short] ?? result;
}

function LineageGraph({
  study,
  offspring,
}: {
  readonly study: StudyDetail;
  readonly offspring: readonly Offspring[];
}): ReactNode {
  const { t, formats } = useWording();
  const words = t.imaging.lineage;
  const shown = offspring.length > mostShown ? offspring.slice(-(mostShown - 1)) : offspring;
  const left = offspring.length - shown.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className="lineage-graph" aria-label={words.says} tabIndex={0}>
      <Node icon={IconScan} tone="neutral" title={words.acquired} detail={study.deviceName ?? words.unnamed} />
      <span className="lineage-edge" aria-hidden />
      <Node
        icon={IconPhotoScan}
        tone="accent"
        chosen
        title={words.thisStudy}
        detail={words.registeredAt(formats.moment(study.registeredAt))}
      />
      {offspring.length > 0 && (
        <ul className="lineage-branches">
          {left > 0 && (
            <li>
              <Node icon={IconDots} tone="neutral" title={words.more(left)} detail="" />
            </li>
          )}
          {shown.map(({ entry, icon, tone, title, detail }) => (
            <li key={entry.index}>
              <Link to="/ledger/$index" params={{ index: String(entry.index) }} className="lineage-link">
                <Node icon={icon} tone={tone} title={title} detail={detail} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Node({
  icon: Mark,
  tone,
  title,
  detail,
  chosen = false,
}: {
  readonly icon: Icon;
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string;
  readonly chosen?: boolean;
}): ReactNode {
  return (
    <div className={`lineage-node tone-${tone} ${chosen ? "chosen" : ""}`}>
      <span className="tone">
        <Mark size={18} aria-hidden />
      </span>
      <div className="grow">
        <div className={`size-12 strong cut ${tone === "neutral" ? "" : "tone"}`}>{title}</div>
        <div className="size-12 second cut">{detail}</div>
      </div>
    </div>
  );
}

function LineageTable({ offspring }: { readonly offspring: readonly Offspring[] }): ReactNode {
  const { t, formats } = useWording();
  const { columns } = t.imaging.lineage;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{columns.what}</th>
          <th>{columns.detail}</th>
          <th>{columns.when}</th>
          <th>{columns.entry}</th>
        </tr>
      </thead>
      <tbody>
        {offspring.map(({ entry, title, detail }) => (
          <tr key={entry.index}>
            <td>{title}</td>
            <td>{detail}</td>
            <td>{formats.moment(entry.recordedAt)}</td>
            <td>
              <Link to="/ledger/$index" params={{ index: String(entry.index) }} className="link">
                {t.words.entryNumber(entry.index)}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
