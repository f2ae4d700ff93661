// Who looked at a study: asked for only when somebody wants to know, since asking is recorded too.
import { ApiError } from "@fiducial/api";
import { IconEye } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useWording } from "../i18n/language.tsx";
import { AccessCoverage } from "./access-coverage.tsx";
import { AccessList } from "./access-list.tsx";
import { studyAccessesQuery } from "./node.ts";
import { Failure, Skeletons } from "./notes.tsx";
import { Card } from "./parts.tsx";
import { useMay } from "./session.ts";

/** The card, for those who may know: whoever is refused is recorded as refused. */
export function WhoLooked({ study }: { readonly study: string }): ReactNode {
  const { t } = useWording();
  const may = useMay("accesses.read") === true;
  const [asked, ask] = useState(false);
  if (!may) return undefined;
  return (
    <Card title={t.access.title}>
      {asked ? (
        <Newest study={study} />
      ) : (
        <div className="card-body row wrap">
          <p className="size-13 second grow">{t.access.showSays}</p>
          <button type="button" className="button small" onClick={() => ask(true)}>
            <IconEye size={16} aria-hidden />
            {t.access.show}
          </button>
        </div>
      )}
    </Card>
  );
}

function Newest({ study }: { readonly study: string }): ReactNode {
  const { t } = useWording();
  const { data, error, refetch } = useQuery(studyAccessesQuery(study));
  if (error instanceof ApiError && error.status === 403)
    return <p className="card-body size-13 second">{t.access.notAllowed}</p>;
  if (error && data === undefined) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Skeletons rows={3} />;
  return (
    <>
      <p className="card-body size-13 second">{t.access.summary(data.counts)}</p>
      <AccessList accesses={data.accesses} />
      <div className="card-foot column">
        {data.counts.reads > 0 && (
          <Link to="/accesses" search={{ study }} className="link size-13">
            {t.access.allOfStudy}
          </Link>
        )}
        <AccessCoverage page={data} search={{ study }} />
      </div>
    </>
  );
}
