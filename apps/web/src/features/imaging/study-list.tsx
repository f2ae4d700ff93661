// Rows of studies: only those near the window are in the page, and the next are fetched before their turn, so that a million is as quick as ten.
import type { StudySummary } from "@fiducial/api";
import { IconChevronRight, IconPhotoScan } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { zoneText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { FindingChips } from "../../ui/entry-line.tsx";
import { findingTone } from "../../ui/finding-tone.ts";
import { Dot } from "../../ui/parts.tsx";
import { acquiredText } from "./acquired-text.ts";
import { personName } from "./person-name.ts";
import { StudyMarks } from "./study-marks.tsx";

/** Pixels; what a row really takes is measured. */
const usualHeight = 60;
/** Rows beyond the window's edges: keys move to the next one before it is seen. */
const beyond = 12;

/** The rows. `more` fetches the next page; it is called when the end comes near. */
export function StudyList({
  studies,
  more,
}: {
  readonly studies: readonly StudySummary[];
  readonly more: (() => void) | undefined;
}): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: studies.length,
    estimateSize: () => usualHeight,
    overscan: beyond,
    scrollMargin: top,
    getItemKey: (at) => studies[at]?.study ?? at,
  });
  const shown = rows.getVirtualItems();
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= studies.length - beyond;
  useEffect(() => {
    if (isNearEnd) more?.();
  }, [isNearEnd, more]);
  return (
    <ul className="entries virtual" ref={list} style={{ height: rows.getTotalSize() }}>
      {shown.map(({ index, key, start }) => (
        <li
          key={key}
          ref={rows.measureElement}
          data-index={index}
          aria-setsize={more === undefined ? studies.length : -1}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
        >
          <StudyRow study={studies[index] as StudySummary} />
        </li>
      ))}
    </ul>
  );
}

function StudyRow({ study }: { readonly study: StudySummary }): ReactNode {
  const { t, formats, language } = useWording();
  const title = study.description ?? t.imaging.untitled(study.modalities.map(t.words.modality).join(", "));
  const acquired = acquiredText(study.acquired, language);
  const facts = [
    study.patientName && personName(study.patientName),
    study.patientId && t.imaging.patientId(study.patientId),
    study.modalities.map(t.words.modality).join(", "),
    `${t.words.series(study.series)}, ${t.words.objects(study.instances)}`,
    study.deviceName,
    study.accession && t.imaging.accession(study.accession),
    acquired && t.imaging.acquired(acquired),
    t.words.entryNumber(study.index),
  ].filter((fact) => fact !== undefined && fact !== "");
  return (
    <Link to="/studies/$study" params={{ study: study.study }} className="entry-line" data-stop>
      <Dot icon={IconPhotoScan} tone="accent" />
      <div className="grow">
        <div className="size-13 strong">{title}</div>
        <div className="facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
      </div>
      <StudyMarks study={study} />
      <FindingChips findings={study.findings.filter((code) => findingTone(code) !== "neutral")} />
      <time className="entry-time long" dateTime={study.registeredAt} title={formats.full(study.registeredAt)}>
        {t.imaging.registered(`${formats.moment(study.registeredAt)} ${zoneText(study.registeredAt)}`)}
      </time>
      <IconChevronRight size={16} className="third" aria-hidden />
    </Link>
  );
}
