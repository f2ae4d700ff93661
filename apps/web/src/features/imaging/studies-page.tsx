// The studies: newest first, as many as are wanted.
import type { StudySummary } from "@fiducial/api";
import { IconChevronRight, IconPhotoOff, IconPhotoScan } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { FindingChips } from "../../ui/entry-line.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { ListFoot } from "../../ui/list-foot.tsx";
import { studiesQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Dot } from "../../ui/parts.tsx";
import { acquiredText } from "./acquired-text.ts";
import { personName } from "./person-name.ts";
import "./imaging.css";

/** The page. */
export function StudiesPage(): ReactNode {
  const { t } = useWording();
  const { search } = useLocation().state;
  const query = useInfiniteQuery(studiesQuery(search));
  const { data, error, refetch } = query;
  const found = data?.pages.flatMap(({ studies }) => studies);
  const words = t.imaging;
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  return (
    <>
      <PageTitle
        title={words.title}
        says={search === undefined ? words.says : words.found(search)}
        actions={
          search !== undefined && (
            <Link to="/studies" state={{}} className="button">
              {words.clear}
            </Link>
          )
        }
      />
      <section className="card" aria-label={words.title}>
        {error && found === undefined && <Failure error={error} again={() => void refetch()} />}
        {found === undefined && !error && <Skeletons rows={10} />}
        {found?.length === 0 && (
          <Note
            icon={IconPhotoOff}
            title={search === undefined ? words.emptyTitle : words.none}
            says={search === undefined ? words.emptySays : words.noneSays}
          />
        )}
        <ul className="entries">
          {found?.map((study) => (
            <li key={study.study}>
              <StudyRow study={study} />
            </li>
          ))}
        </ul>
        {found !== undefined && <ListFoot covers={words.covers} more={words.more} query={query} />}
      </section>
    </>
  );
}

function StudyRow({ study }: { readonly study: StudySummary }): ReactNode {
  const { t, formats, language } = useWording();
  const title = study.description ?? t.imaging.untitled(study.modalities.map(t.words.modality).join(", "));
  const facts = [
    study.patientName ? personName(study.patientName) : study.patientId,
    study.modalities.map(t.words.modality).join(", "),
    `${t.words.series(study.series)}, ${t.words.objects(study.instances)}`,
    study.deviceName,
    study.accession && t.imaging.accession(study.accession),
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
      <FindingChips findings={study.findings} />
      <span className="entry-time long">
        {acquiredText(study.acquired, language) ?? formats.moment(study.registeredAt)}
      </span>
      <IconChevronRight size={16} className="third" aria-hidden />
    </Link>
  );
}
