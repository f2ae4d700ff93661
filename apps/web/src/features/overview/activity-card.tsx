// How much was recorded, day by day: a chart, and a table with the same figures.
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { dateText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { activityQuery } from "../../ui/node.ts";
import { Failure } from "../../ui/notes.tsx";
import { Card } from "../../ui/parts.tsx";
import { Segments } from "../../ui/segments.tsx";
import { type ActivityBar, barsOf, shownSeries } from "./activity-series.ts";

const ActivityChart = lazy(async () => ({ default: (await import("./activity-chart.tsx")).ActivityChart }));

/** The card. */
export function ActivityCard(): ReactNode {
  const { t } = useWording();
  const words = t.ledger.activity;
  const [shown, show] = useState<"chart" | "table">("chart");
  const { data, error, refetch } = useQuery(activityQuery);
  const bars = data && barsOf(data);
  const choices = [
    ["chart", <Choice key="chart" icon={<IconChartBar size={15} aria-hidden />} says={words.chart} />],
    ["table", <Choice key="table" icon={<IconTable size={15} aria-hidden />} says={words.table} />],
  ] as const;
  return (
    <Card title={words.title} aside={<Segments label={words.shownAs} value={shown} options={choices} choose={show} />}>
      {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
      {!error && bars === undefined && <span className="skeleton activity-blank" />}
      {bars !== undefined && (
        <div className="activity">
          {shown === "chart" ? <Picture bars={bars} /> : <Table bars={bars} />}
          <p className="size-12 second">{meaningOf(bars)}</p>
        </div>
      )}
    </Card>
  );

  function meaningOf(bars: readonly ActivityBar[]): string {
    const sum = (of: (bar: ActivityBar) => number) => bars.reduce((total, bar) => total + of(bar), 0);
    return words.says(
      bars.length,
      sum(({ total }) => total),
      sum(({ findings }) => findings),
    );
  }
}

function Choice({ icon, says }: { readonly icon: ReactNode; readonly says: string }): ReactNode {
  return (
    <span className="row gap-6">
      {icon}
      {says}
    </span>
  );
}

// What the bars show stands in the table as well, for whoever cannot see them.
function Picture({ bars }: { readonly bars: readonly ActivityBar[] }): ReactNode {
  const { t } = useWording();
  return (
    <>
      <ul className="chart-legend">
        {shownSeries(bars).map((name) => (
          <li key={name}>
            <i className="chart-mark" style={{ background: `var(--chart-${name})` }} />
            {t.words.applications[name]}
          </li>
        ))}
      </ul>
      <div role="img" aria-label={t.ledger.activity.picture}>
        <Suspense fallback={<span className="skeleton activity-blank" />}>
          <ActivityChart bars={bars} />
        </Suspense>
      </div>
    </>
  );
}

function Table({ bars }: { readonly bars: readonly ActivityBar[] }): ReactNode {
  const { t, formats } = useWording();
  const words = t.ledger.activity;
  const series = shownSeries(bars);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className="table-scroll" aria-label={words.table} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            {series.map((name) => (
              <th scope="col" key={name} className="figures">
                {t.words.applications[name]}
              </th>
            ))}
            <th scope="col" className="figures">
              {words.all}
            </th>
            <th scope="col" className="figures">
              {words.findings}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ day, counts, total, findings }) => (
            <tr key={day}>
              <th scope="row">{dateText(day, formats.language)}</th>
              {series.map((name) => (
                <td key={name} className="figures">
                  {formats.count(counts[name])}
                </td>
              ))}
              <td className="figures">{formats.count(total)}</td>
              <td className="figures">{formats.count(findings)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
