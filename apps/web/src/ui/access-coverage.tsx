// What a list of reads covers, and what of it is still to come.
import type { AccessPage } from "@fiducial/api";
import { IconAlertTriangle, IconList } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AccessesSearch } from "../app/addresses.ts";
import { useWording } from "../i18n/language.tsx";
import { CoverageLine } from "./coverage-line.tsx";

/** The line, and others: how many lists of studies may have shown the study that was asked for, and how many reads wait to be recorded. */
export function AccessCoverage({
  page,
  search,
}: {
  readonly page: AccessPage;
  readonly search: AccessesSearch;
}): ReactNode {
  const { t, formats } = useWording();
  const { organization, until, waiting } = page.coverage;
  const { study, notable: _, ...same } = search;
  const hasDays = search.from !== undefined || search.to !== undefined;
  return (
    <>
      <CoverageLine
        covers={t.access.covers(organization ?? t.sentences.who.organization, formats.moment(until))}
        notCovered={t.access.notCovered}
      />
      {study !== undefined && page.lists !== undefined && (
        <p className="coverage">
          <IconList size={16} aria-hidden />
          <span>
            {t.access.lists(page.lists, hasDays)}{" "}
            {page.lists > 0 && (
              <Link to="/accesses" search={{ ...same, lists: study }} className="link">
                {t.access.showLists}
              </Link>
            )}
          </span>
        </p>
      )}
      {waiting > 0 && (
        <p className="coverage tone tone-differs">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{t.access.waiting(waiting)}</span>
        </p>
      )}
    </>
  );
}
