// The three times of an entry, and what was found.
import type { EntryDetail } from "@fiducial/api";
import { findingOf } from "@fiducial/contract";
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { localTimeText, zoneText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { languageTags } from "../../i18n/messages.ts";
import { ComparedObjects } from "../../ui/compared-copy.tsx";
import { findingTone } from "../../ui/finding-tone.ts";
import { Card } from "../../ui/parts.tsx";
import { useMay } from "../../ui/session.ts";

/** The card. A time without offset stands as it was given, and says so. */
export function TimesAndFindings({ entry }: { readonly entry: EntryDetail }): ReactNode {
  const { t, language, formats } = useWording();
  const words = t.ledger.entry;
  const administers = useMay("members.administer") === true;
  const hasOffset = /(?:Z|[+-]\d\d:\d\d)$/.test(entry.occurredAt);
  const sameDay = hasOffset && formats.day(entry.occurredAt) === formats.day(entry.recordedAt);
  const happened = hasOffset
    ? sameDay
      ? formats.clockSeconds(entry.occurredAt)
      : formats.full(entry.occurredAt)
    : localTimeText(entry.occurredAt, languageTags[language]);
  return (
    <Card title={words.times}>
      <div className="times-and-findings">
        <dl className="times">
          <Time name={words.happened} value={happened} note={hasOffset ? zoneText(entry.occurredAt) : words.noOffset} />
          <Time name={words.signed} value={formats.clockSeconds(entry.signedAt)} note={zoneText(entry.signedAt)} />
          <Time
            name={words.recorded}
            value={formats.clockSeconds(entry.recordedAt)}
            note={zoneText(entry.recordedAt)}
          />
        </dl>
        <ul className="column gap-12 found">
          {entry.findings.length === 0 && (
            <li className="row">
              <span className="tone tone-holds">
                <IconCircleCheck size={18} aria-hidden />
              </span>
              <span className="size-13">{words.noFindings}</span>
            </li>
          )}
          {entry.findings.map((code) => (
            <li key={code} className="row top gap-12">
              <span className={`tone tone-${findingTone(code)}`}>
                {findingTone(code) === "neutral" ? (
                  <IconInfoCircle size={18} aria-hidden />
                ) : (
                  <IconAlertTriangle size={18} aria-hidden />
                )}
              </span>
              <div>
                <div className="size-13 strong pretty">{t.findings[code] ?? findingOf(code)?.says ?? code}</div>
                <div className="size-12 second">
                  {entry.nature === "observation" && words.acceptedAllTheSame} {words.code}{" "}
                  <span className="mono">{code}</span>
                </div>
                {code === "DEVICE_NOT_NAMED" && administers && (
                  <p className="size-12 second">
                    {words.nameDevice}{" "}
                    <Link to="/members" search={{ type: "device" }} className="link">
                      {words.devices}
                    </Link>
                  </p>
                )}
              </div>
            </li>
          ))}
          {entry.compared !== undefined && (
            <li>
              <ComparedObjects study={entry.study} result={String(entry.open["result"])} compared={entry.compared} />
            </li>
          )}
        </ul>
      </div>
    </Card>
  );
}

function Time({
  name,
  value,
  note = "",
}: {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}): ReactNode {
  return (
    <div>
      <dt className="size-12 third">{name}</dt>
      <dd className="medium figures">
        {value} {note !== "" && <div className="size-12 third">{note}</div>}
      </dd>
    </div>
  );
}
