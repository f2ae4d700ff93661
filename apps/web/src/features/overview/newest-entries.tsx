// The newest entries. Reads are so many that they would fill the list: they are left out until they are asked for.
import { readPerformed } from "@fiducial/contract";
import { IconListDetails } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { CoverageLine } from "../../ui/coverage-line.tsx";
import { EntryLine } from "../../ui/entry-line.tsx";
import { useLive } from "../../ui/live.tsx";
import { useNewEntries } from "../../ui/new-entries.ts";
import { entriesQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { Card } from "../../ui/parts.tsx";
import { Segments } from "../../ui/segments.tsx";

type Shown = "changes" | "all";

/** The card. */
export function NewestEntries(): ReactNode {
  const { t, formats } = useWording();
  const words = t.ledger.overview;
  const { connected } = useLive();
  const queries = useQueryClient();
  const [shown, choose] = useState<Shown>("changes");
  const newest = entriesQuery({ limit: 12, ...(shown === "changes" && { without: readPerformed.name }) });
  const { data, error, refetch } = useQuery({ ...newest, placeholderData: keepPreviousData });
  const show = () => void queries.invalidateQueries({ queryKey: newest.queryKey });
  const { waiting, place } = useNewEntries(data?.size, show);
  return (
    <Card
      title={words.what}
      aside={
        <>
          <Segments
            label={words.shown}
            value={shown}
            options={[
              ["changes", words.changes],
              ["all", words.all],
            ]}
            choose={choose}
          />
          <Link to="/ledger" className="link size-13">
            {words.openLedger}
          </Link>
        </>
      }
      says={
        <span className="row gap-6 second">
          <i className={`live-dot ${connected ? "" : "off"}`} />
          {connected ? words.live : words.paused}
        </span>
      }
    >
      <div ref={place}>
        {waiting > 0 && (
          <button type="button" className="new-entries" onClick={show}>
            {shown === "all" ? words.more(waiting) : words.newer}
          </button>
        )}
        {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
        {data === undefined && !error && <Skeletons rows={8} />}
        {data?.entries.length === 0 && <Note icon={IconListDetails} title={words.emptyTitle} says={words.emptySays} />}
        <ul className="entries">
          {data?.entries.map((entry) => (
            <li key={entry.index}>
              <EntryLine entry={entry} time={timeIn(entry.recordedAt)} />
            </li>
          ))}
        </ul>
      </div>
      <div className="card-foot">
        <CoverageLine covers={shown === "all" ? words.covers : words.coversChanges} />
      </div>
    </Card>
  );

  function timeIn(recordedAt: string): string {
    const today = formats.day(recordedAt) === formats.day(new Date().toISOString());
    return today ? formats.clock(recordedAt) : formats.moment(recordedAt);
  }
}
