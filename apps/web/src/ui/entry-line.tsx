// An entry as a line: the sentence first, then what kind of actor, how it is known, its number, and what was found.
import type { EntrySummary } from "@fiducial/api";
import { sentenceOf } from "@fiducial/api/sentences";
import { findingOf } from "@fiducial/contract";
import { IconAlertTriangle, IconInfoCircle, IconSparkles, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { findingTone } from "./finding-tone.ts";
import { Chip, Dot } from "./parts.tsx";
import { markOf } from "./sentences/mark-of.ts";

/** The line of a list. It is a link, so that keys and pointers open it alike. */
export function EntryLine({ entry, time }: { readonly entry: EntrySummary; readonly time?: string }): ReactNode {
  const { formats } = useWording();
  const { icon, tone } = markOf(entry);
  return (
    <Link to="/ledger/$index" params={{ index: String(entry.index) }} className="entry-line" data-stop>
      <Dot icon={icon} tone={tone} />
      <div className="grow">
        <Saying entry={entry} />
        <EntryFacts entry={entry} />
      </div>
      <FindingChips findings={entry.findings} />
      <time
        className={`entry-time ${time === undefined ? "" : "long"}`}
        dateTime={entry.recordedAt}
        title={formats.full(entry.recordedAt)}
      >
        {time ?? formats.clock(entry.recordedAt)}
      </time>
    </Link>
  );
}

/** The sentence, with who did it standing out. */
export function Saying({ entry }: { readonly entry: EntrySummary }): ReactNode {
  const wording = useWording();
  const { who, did } = sentenceOf(entry, wording);
  return (
    <div className="size-13 pretty">
      <b>{who}</b> {did}
    </div>
  );
}

/** Kind of actor, seen or stated or imported, number. People and AI are told by icon and word; the colour only supports. */
export function EntryFacts({
  entry,
  lead,
}: {
  readonly entry: EntrySummary;
  /** What stands before them, such as a time. */
  readonly lead?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const type = entry.signers[0]?.type ?? "software";
  const marked = type === "person" || type === "ai";
  const Mark = type === "ai" ? IconSparkles : IconUser;
  return (
    <div className="facts">
      {lead !== undefined && <span>{lead}</span>}
      <span className={marked ? `tone tone-${type} strong actor` : ""}>
        {marked && <Mark size={13} stroke={2} aria-hidden />}
        {t.words.actorTypes[type]}
      </span>
      <span>{entry.basis === undefined ? t.words.natures.act : t.words.bases[entry.basis]}</span>
      {entry.signers.some(({ passkey }) => passkey) && <span>{t.account.signing.signedWith}</span>}
      <span className="figures">{t.words.entryNumber(entry.index)}</span>
    </div>
  );
}

/** One chip for each finding, with its sentence as a title. */
export function FindingChips({ findings }: { readonly findings: readonly string[] }): ReactNode {
  const { t } = useWording();
  if (findings.length === 0) return undefined;
  return (
    <span className="entry-chips">
      {findings.map((code) => (
        <span key={code} title={t.findings[code] ?? findingOf(code)?.says ?? code}>
          <Chip tone={findingTone(code)} icon={findingTone(code) === "neutral" ? IconInfoCircle : IconAlertTriangle}>
            {t.findingWords[code] ?? code.replaceAll("_", " ").toLowerCase()}
          </Chip>
        </span>
      ))}
    </span>
  );
}
