// The newest studies, by what they are; whose they are stands on their own pages.
import { IconChevronRight, IconPhotoScan } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { newestStudiesQuery } from "../../ui/node.ts";
import { Skeletons } from "../../ui/notes.tsx";
import { Card, Dot } from "../../ui/parts.tsx";
import { useMay } from "../../ui/session.ts";

/** The card; none when no study is registered, or who looks may see none. */
export function NewestStudies(): ReactNode {
  const { t, formats } = useWording();
  const may = useMay("studies.read");
  const { data, isError } = useQuery({ ...newestStudiesQuery, enabled: may === true });
  if (may === false || isError || data?.studies.length === 0) return undefined;
  return (
    <Card
      title={t.ledger.overview.studies}
      aside={
        <Link to="/studies" className="link size-13">
          {t.ledger.overview.allStudies}
        </Link>
      }
    >
      {data === undefined && <Skeletons rows={4} />}
      <ul className="entries">
        {data?.studies.map((study) => (
          <li key={study.study}>
            <Link to="/studies/$study" params={{ study: study.study }} className="entry-line">
              <Dot icon={IconPhotoScan} tone="accent" />
              <div className="grow">
                <div className="size-13 strong cut">
                  {study.description ?? t.imaging.untitled(study.modalities.map(t.words.modality).join(", "))}
                </div>
                <div className="size-12 third">
                  {t.words.objects(study.instances)} · {formats.moment(study.registeredAt)}
                </div>
              </div>
              <IconChevronRight size={16} className="third" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
