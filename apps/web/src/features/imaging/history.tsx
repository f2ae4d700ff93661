// What happened to a study: sentences in the order of the log, the receipt below, and what the list does not cover.
import type { ComparedCopy, EntrySummary, StudyDetail } from "@fiducial/api";
import { textIn } from "@fiducial/api/sentences";
import { IconFileCertificate } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { ComparedObjects } from "../../ui/compared-copy.tsx";
import { CoverageLine } from "../../ui/coverage-line.tsx";
import { EntryFacts, FindingChips, Saying } from "../../ui/entry-line.tsx";
import { Card, Dot } from "../../ui/parts.tsx";
import { receiptAddress } from "../../ui/receipt-link.ts";
import { Segments } from "../../ui/segments.tsx";
import { markOf } from "../../ui/sentences/mark-of.ts";

type Shown = "all" | "changes" | "transfers";

const isTransfer = ({ kind }: EntrySummary) =>
  kind === "imaging.study.transferred" || kind === "imaging.study.verified";

/** The card. */
export function History({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t, formats } = useWording();
  const [shown, setShown] = useState<Shown>("all");
  const words = t.imaging;
  const entries = study.history.filter((entry) => shown === "all" || isTransfer(entry) === (shown === "transfers"));
  const last = study.history.at(-1);
  const comparedBy = new Map(study.compared.map((one) => [one.index, one]));
  return (
    <Card
      title={words.happened}
      className="history"
      aside={
        <Segments
          label={words.show}
          value={shown}
          options={[
            ["all", words.all],
            ["changes", words.changes],
            ["transfers", words.reads],
          ]}
          choose={setShown}
        />
      }
    >
      <ol className="timeline history-list">
        {entries.length === 0 && <p className="size-13 second">{words.nothingSuch}</p>}
        {entries.map((entry) => (
          <Event key={entry.index} entry={entry} compared={comparedBy.get(entry.index)} />
        ))}
      </ol>
      {study.versions.map(({ index, instances }) => (
        <div key={index} className="inset history-receipt">
          <span className="tone tone-holds">
            <IconFileCertificate size={22} aria-hidden />
          </span>
          <div className="grow">
            <div className="size-13 strong">{words.receiptTitle}</div>
            <div className="size-12 second">{words.receiptSays(t.words.entryNumber(index), instances)}</div>
          </div>
          <a className="button small" {...receiptAddress(index)}>
            {words.save}
          </a>
        </div>
      ))}
      {last && (
        <div className="card-foot">
          <CoverageLine covers={words.coverage(formats.moment(last.recordedAt))} />
        </div>
      )}
    </Card>
  );
}

function Event({
  entry,
  compared,
}: {
  readonly entry: EntrySummary;
  readonly compared: ComparedCopy | undefined;
}): ReactNode {
  const { formats } = useWording();
  const { icon, tone } = markOf(entry);
  return (
    <li>
      <Dot icon={icon} tone={tone} />
      <div>
        <Link to="/ledger/$index" params={{ index: String(entry.index) }} className="event-link" data-stop>
          <Saying entry={entry} />
        </Link>
        <EntryFacts entry={entry} lead={<time dateTime={entry.recordedAt}>{formats.moment(entry.recordedAt)}</time>} />
        {entry.findings.length > 0 && (
          <div className="event-findings">
            <FindingChips findings={entry.findings} />
          </div>
        )}
        {compared !== undefined && (
          <ComparedObjects study={entry.study} result={textIn(entry, "result")} compared={compared} />
        )}
      </div>
    </li>
  );
}
