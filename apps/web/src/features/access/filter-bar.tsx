// Which reads: all or those worth a look, of a study or reader, between two days.
import type { AccessCounts } from "@fiducial/api";
import { IconX } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AccessesSearch } from "../../app/addresses.ts";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { Segments } from "../../ui/segments.tsx";
import { StudyLink } from "../../ui/study-link.tsx";

/** The bar. Whatever is chosen goes into the address. */
export function FilterBar({
  search,
  counts,
}: {
  readonly search: AccessesSearch;
  readonly counts: AccessCounts | undefined;
}): ReactNode {
  const { t, formats } = useWording();
  const navigate = useNavigate();
  const change = (changed: AccessesSearch) => void navigate({ to: "/accesses", search: changed, replace: true });
  const { notable, ...others } = search;
  const { study, lists, reader, ...dates } = others;
  const figure = (count: number | undefined) => (count === undefined ? "" : formats.count(count));
  return (
    <search className="row wrap access-filter" aria-label={t.access.filter}>
      <Segments
        label={t.access.filter}
        value={notable ?? "all"}
        options={[
          ["all", t.access.all(notable === undefined ? figure(counts?.reads) : "")],
          ["true", t.access.notable(figure(counts?.notable))],
        ]}
        choose={(chosen) => change({ ...others, ...(chosen === "true" ? { notable: "true" } : {}) })}
      />
      <DayField label={t.access.from} day={dates.from} choose={(from) => change(withDay(search, "from", from))} />
      <DayField label={t.access.to} day={dates.to} choose={(to) => change(withDay(search, "to", to))} />
      {study !== undefined && (
        <StudyLink study={study} className="chip outlined">
          {(way) => (way === "study" ? t.access.ofStudy(shortHex(study)) : t.access.historyOf(shortHex(study)))}
        </StudyLink>
      )}
      {lists !== undefined && (
        <StudyLink study={lists} className="chip outlined">
          {() => t.access.listsOf(shortHex(lists))}
        </StudyLink>
      )}
      {reader !== undefined && <span className="chip outlined">{t.access.ofReader(shortHex(reader))}</span>}
      {Object.values(search).some((value) => value !== undefined) && (
        <Link to="/accesses" search={{}} className="button small quiet">
          <IconX size={14} aria-hidden />
          {t.access.clear}
        </Link>
      )}
    </search>
  );
}

function withDay(search: AccessesSearch, name: "from" | "to", day: string): AccessesSearch {
  const { [name]: _, ...others } = search;
  return day === "" ? others : { ...others, [name]: day };
}

function DayField({
  label,
  day = "",
  choose,
}: {
  readonly label: string;
  readonly day?: string | undefined;
  readonly choose: (day: string) => void;
}): ReactNode {
  return (
    <label className="row size-12 second">
      {label}
      <input type="date" className="button small" value={day} onChange={({ target }) => choose(target.value)} />
    </label>
  );
}
