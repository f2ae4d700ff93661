// Entries of each day as stacked bars. Loaded when the overview is shown, since the library is large.
import type { ReactNode } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { dateText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { type ActivityBar, type ActivitySeries, shownSeries } from "./activity-series.ts";

/** The bars; the newest day stands at the end and is said to be today. */
export function ActivityChart({ bars }: { readonly bars: readonly ActivityBar[] }): ReactNode {
  const { t, formats } = useWording();
  const series = shownSeries(bars);
  const today = bars.at(-1)?.day;
  const dayText = (day: string) => (day === today ? t.ledger.activity.today : String(Number(day.slice(8))));
  return (
    <div className="activity-chart">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          accessibilityLayer={false}
          data={bars.map(({ day, counts }) => ({ day, ...counts }))}
          margin={{ top: 8, right: 4, left: 0 }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" strokeDasharray="3 4" />
          <XAxis dataKey="day" tickFormatter={dayText} tickLine={false} axisLine={{ stroke: "var(--line)" }} />
          <YAxis
            allowDecimals={false}
            width={48}
            tickLine={false}
            axisLine={false}
            tickFormatter={(value: number) => formats.count(value)}
          />
          <Tooltip
            content={<BarNote bars={bars} series={series} />}
            cursor={{ fill: "var(--sunken)" }}
            isAnimationActive={false}
          />
          {series.map((name) => (
            <Bar
              key={name}
              dataKey={name}
              stackId="day"
              fill={`var(--chart-${name})`}
              stroke="var(--surface)"
              strokeWidth={1.5}
              maxBarSize={36}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function BarNote({
  bars,
  series,
  active = false,
  label,
}: {
  readonly bars: readonly ActivityBar[];
  readonly series: readonly ActivitySeries[];
  readonly active?: boolean;
  readonly label?: string | number;
}): ReactNode {
  const { t, formats } = useWording();
  const bar = bars.find(({ day }) => day === label);
  if (!active || bar === undefined) return undefined;
  return (
    <div className="chart-note">
      <div className="strong">{dateText(bar.day, formats.language)}</div>
      {series.map((name) => (
        <div className="row apart" key={name}>
          <span className="row gap-6">
            <i className="chart-mark" style={{ background: `var(--chart-${name})` }} />
            {t.words.applications[name]}
          </span>
          <span className="tabular">{formats.count(bar.counts[name])}</span>
        </div>
      ))}
    </div>
  );
}
