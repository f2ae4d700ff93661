// Of which studies a PACS gives objects otherwise than they were registered, with the way to each.
import type { Connection } from "@fiducial/api";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";

/** As many as somebody reads; the number above says how much there is. */
const mostShown = 20;

/** The studies, for who may read them; for others how many objects. */
export function DifferingStudies({
  differing: { objects, studies },
}: {
  readonly differing: NonNullable<Connection["differing"]>;
}): ReactNode {
  const { t } = useWording();
  const words = t.connections;
  return (
    <div className="size-12 connection-fault">
      <p className="tone tone-fails">
        {words.differing(t.words.objects(objects))} {studies === undefined && words.differingUnnamed}
      </p>
      <ul className="facts">
        {studies?.slice(0, mostShown).map(({ study, objects }) => (
          <li key={study}>
            <Link to="/studies/$study" params={{ study }} className="mono" data-stop>
              {words.differingStudy(study.slice(0, 8), t.words.objects(objects))}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
