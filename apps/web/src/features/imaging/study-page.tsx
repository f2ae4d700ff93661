// One study: its image, what happened to it, whether it is still what was registered.
import type { StudyDetail, StudyObject } from "@fiducial/api";
import { IconFileCertificate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { zoneText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { type LanguageName, languageTags } from "../../i18n/messages.ts";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { studyQuery } from "../../ui/node.ts";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { saveImageReceipt } from "../../ui/receipt-link.ts";
import { WhoLooked } from "../../ui/who-looked.tsx";
import { acquiredText } from "./acquired-text.ts";
import { CheckBand } from "./check-band.tsx";
import { Fingerprints } from "./fingerprints.tsx";
import { History } from "./history.tsx";
import { Lineage } from "./lineage.tsx";
import { personName } from "./person-name.ts";
import type { ShownSlice } from "./shown-slice.ts";
import { inVersion, isSame } from "./slices.ts";
import { StudyActs } from "./study-acts.tsx";
import { useStudyCheck } from "./study-check.ts";
import { hasMarks, StudyMarks } from "./study-marks.tsx";
import { StudyNotices } from "./study-notices.tsx";
import { Versions } from "./versions.tsx";
import { Viewer } from "./viewer.tsx";
import "./imaging.css";
import "./study-standing.css";

const route = getRouteApi("/studies/$study");

/** The page. */
export function StudyPage(): ReactNode {
  const { t } = useWording();
  const { study } = route.useParams();
  const { data, error, refetch } = useQuery(studyQuery(study));
  if (data !== undefined) return <Study key={data.study} study={data} />;
  return (
    <>
      <PageTitle title={t.imaging.one} path={[<StudiesLink key="studies" />]} />
      <div className="card">
        {error ? <Failure error={error} again={() => void refetch()} /> : <Skeletons rows={8} />}
      </div>
    </>
  );
}

function Study({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [shown, setShown] = useState<ShownSlice>();
  const check = useStudyCheck(study, shown);
  const object = shown?.slice?.object;
  const [failed, setFailed] = useState(false);
  const save = (): void => {
    setFailed(false);
    if (object !== undefined) saveImageReceipt(study, object).catch(() => setFailed(true));
  };
  useKeys({
    r: save,
    j: () => moveFocus("[data-stop]", 1),
    k: () => moveFocus("[data-stop]", -1),
    p: () => {
      if (object === undefined) return;
      const { statementId: statement, item } = object;
      void navigate({ to: "/verify", search: { study: study.study, statement, item } });
    },
  });
  const title = study.description ?? t.imaging.untitled(study.modalities.map(t.words.modality).join(", "));
  return (
    <>
      <PageTitle
        title={title}
        path={[<StudiesLink key="studies" />, <Patient key="patient" study={study} />]}
        beside={
          (study.accession !== undefined || hasMarks(study)) && (
            <>
              {study.accession && <span className="chip outlined">{t.imaging.accession(study.accession)}</span>}
              <StudyMarks study={study} />
            </>
          )
        }
        says={<StudyLine study={study} />}
        actions={
          <>
            <CheckBand check={check} />
            <StudyActs study={study} />
            {object !== undefined && (
              <div>
                <button type="button" className="button primary" onClick={save}>
                  <IconFileCertificate size={17} aria-hidden />
                  {t.imaging.imageReceipt}
                </button>
                {failed && (
                  <p role="alert" className="size-12 tone tone-fails">
                    {t.imaging.imageReceiptFailed}
                  </p>
                )}
              </div>
            )}
          </>
        }
      />
      <StudyNotices study={study} />
      <div className="study-columns">
        <div className="study-left">
          <Viewer study={study} onShown={setShown} />
          <Versions
            key={object && `${object.statementId}/${object.item}`}
            study={study.study}
            object={object}
            given={object && givenOf(study, object)}
          />
          <Lineage study={study} />
        </div>
        <div className="study-right">
          <History study={study} />
          <WhoLooked study={study.study} />
          {check.total > 0 && <Fingerprints finding={check.shown} />}
        </div>
      </div>
    </>
  );
}

// A shown version has all versions of its object, the one among them that the study opens with.
function givenOf({ seriesList }: StudyDetail, shown: StudyObject): StudyObject | undefined {
  const objects = seriesList.flatMap((series) => series.objects);
  return objects.find((one) => isSame(inVersion(one, shown), shown));
}

function StudyLine({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t, formats, language } = useWording();
  const parts = [
    acquiredText(study.acquired, language) ??
      t.imaging.registered(`${formats.moment(study.registeredAt)} ${zoneText(study.registeredAt)}`),
    `${t.words.series(study.series)}, ${t.words.objects(study.instances)}`,
    study.deviceName,
    study.bodyPart?.toLowerCase(),
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

// Names are not alone in the world: the ID tells two of one name apart.
function Patient({
  study: { patientName, patientId, patientBirthDate, study },
}: {
  readonly study: StudyDetail;
}): ReactNode {
  const { t, language } = useWording();
  const name = patientName && personName(patientName);
  const id = patientId && t.imaging.patientId(patientId);
  const born = patientBirthDate && t.imaging.born(localDate(patientBirthDate, language));
  const parts = [name, id, born].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? study.slice(0, 8) : parts.join(" · ");
}

function localDate(date: string, language: LanguageName): string {
  return new Date(date).toLocaleDateString(languageTags[language], { dateStyle: "medium", timeZone: "UTC" });
}

function StudiesLink(): ReactNode {
  const { t } = useWording();
  return <Link to="/studies">{t.shell.pages.studies}</Link>;
}
