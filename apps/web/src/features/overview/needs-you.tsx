// What waits for whoever looks: each in a sentence, with the way to it.
import type { Concern, ConcernCode } from "@fiducial/api";
import { whoIs } from "@fiducial/api/sentences";
import {
  type Icon,
  IconAmbulance,
  IconCheck,
  IconInbox,
  IconPlugConnectedX,
  IconShieldX,
  IconTrash,
  IconUserQuestion,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { ComparedObjects } from "../../ui/compared-copy.tsx";
import { attentionQuery, newestStudiesQuery } from "../../ui/node.ts";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { Card, Dot, type Tone } from "../../ui/parts.tsx";
import { useMay } from "../../ui/session.ts";
import { StudyLink } from "../../ui/study-link.tsx";

const looks: Readonly<Record<ConcernCode, readonly [Icon, Tone]>> = {
  COPY_ALTERED: [IconShieldX, "fails"],
  STUDY_UID_SHARED: [IconUserQuestion, "differs"],
  CORRECTION_OPEN: [IconUserQuestion, "differs"],
  DESTRUCTION_OPEN: [IconTrash, "differs"],
  INTAKE_WAITING: [IconInbox, "differs"],
  CONNECTION_FAILED: [IconPlugConnectedX, "fails"],
  PACS_DIFFERS: [IconShieldX, "fails"],
  EMERGENCY_ACCESS: [IconAmbulance, "differs"],
};

/** The card. */
export function NeedsYou(): ReactNode {
  const { t } = useWording();
  const { needs } = t.ledger.overview;
  const { data, error, refetch } = useQuery(attentionQuery);
  const concerns = data?.concerns ?? [];
  return (
    <Card title={needs.title} says={concerns.length > 0 && needs.count(concerns.length)}>
      {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Skeletons rows={2} />}
      <ul className="concerns">
        {concerns.map((concern) => (
          <ConcernLine
            key={`${concern.code} ${concern.index} ${concern.connection?.id} ${concern.study}`}
            concern={concern}
          />
        ))}
        {data !== undefined && (
          <li>
            <Dot icon={IconCheck} tone="holds" />
            <span className="size-13 second">
              {data.more ? needs.more : concerns.length > 0 ? needs.rest : needs.nothing}
            </span>
          </li>
        )}
      </ul>
    </Card>
  );
}

function ConcernLine({ concern }: { readonly concern: Concern }): ReactNode {
  const { t, formats } = useWording();
  const { concerns, says, copyFoundBy } = t.ledger.overview.needs;
  const { code, at, connection, by, study, compared } = concern;
  const [icon, tone] = looks[code];
  return (
    <li>
      <Dot icon={icon} tone={tone} />
      <div className="column gap-4 grow">
        <h3 className="size-13 strong">{concerns[code]}</h3>
        <p className="size-13 second">
          {code === "COPY_ALTERED" && by !== undefined
            ? copyFoundBy(at === undefined ? "" : formats.moment(at), whoIs(by, t))
            : says[code](at === undefined ? "" : formats.moment(at), connection?.name ?? "")}
        </p>
        <WhichStudy concern={concern} />
        {compared !== undefined && <ComparedObjects study={study} result="altered" compared={compared} />}
        <div className="row wrap gap-8">
          <WayTo concern={concern} />
        </div>
      </div>
    </li>
  );
}

// What the ledger tells of it; what it is called stands on this page for those who see the newest studies.
function WhichStudy({ concern: { study, registration } }: { readonly concern: Concern }): ReactNode {
  const { t, formats } = useWording();
  const seesStudies = useMay("studies.read") === true;
  const newest = useQuery({ ...newestStudiesQuery, enabled: seesStudies }).data?.studies;
  if (study === undefined || registration === undefined) return undefined;
  const { index, registeredAt, modalities, instances, deviceName } = registration;
  const title =
    newest?.find((one) => one.study === study)?.description ??
    t.imaging.untitled(modalities.map(t.words.modality).join(", "));
  const facts = [
    t.imaging.registered(formats.moment(registeredAt)),
    t.words.objects(instances),
    deviceName,
    t.words.entryNumber(index),
  ];
  return (
    <p className="size-13">
      <StudyLink study={study} className="link" otherwise={title}>
        {() => title}
      </StudyLink>
      <span className="second"> · {facts.filter((fact) => fact !== undefined).join(" · ")}</span>
    </p>
  );
}

// Where the user may look; of two places the nearer one.
function WayTo({ concern: { code, index, study } }: { readonly concern: Concern }): ReactNode {
  const { t } = useWording();
  const { open } = t.ledger.overview.needs;
  const [seesStudies, operates] = [useMay("studies.read"), useMay("node.operate")];
  if (code === "CONNECTION_FAILED" || code === "INTAKE_WAITING")
    return (
      operates === true && (
        <Link to="/connections" className="button">
          {open.connections}
        </Link>
      )
    );
  return (
    <>
      {index !== undefined && (
        <Link to="/ledger/$index" params={{ index: String(index) }} className="button">
          {open.entry}
        </Link>
      )}
      {study !== undefined && seesStudies === true && (
        <Link to="/studies/$study" params={{ study }} className="button quiet">
          {open.study}
        </Link>
      )}
    </>
  );
}
