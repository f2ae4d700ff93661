// Reads as lines: who by role, what, for which purpose, when. Each leads to the entry that records it.
import type { Access } from "@fiducial/api";
import { accessSentence } from "@fiducial/api/sentences";
import {
  type Icon,
  IconAlertTriangle,
  IconBan,
  IconEye,
  IconServer,
  IconTool,
  IconUrgent,
  IconUser,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { FindingChips } from "./entry-line.tsx";
import { Dot, type Tone } from "./parts.tsx";

/** The list. `names` are those that were asked for, by reader. */
export function AccessList({
  accesses,
  names = new Map(),
}: {
  readonly accesses: readonly Access[];
  readonly names?: ReadonlyMap<string, string>;
}): ReactNode {
  return (
    <ul className="entries">
      {accesses.map((access) => (
        <li key={access.index}>
          <AccessLine access={access} name={names.get(access.reader ?? "")} />
        </li>
      ))}
    </ul>
  );
}

const readerIcons: Readonly<Record<Access["readerType"], Icon>> = {
  person: IconUser,
  machine: IconServer,
  operator: IconTool,
};

function AccessLine({ access, name }: { readonly access: Access; readonly name: string | undefined }): ReactNode {
  const wording = useWording();
  const { t, formats } = wording;
  const { who, did } = accessSentence(access, wording, name);
  const { icon, tone } = markOfAccess(access);
  const Reader = readerIcons[access.readerType];
  const person = access.readerType === "person";
  const purpose = t.access.purposes[access.purpose] ?? access.purpose;
  return (
    <Link
      to="/ledger/$index"
      params={{ index: String(access.index) }}
      className={`entry-line ${tone === "differs" ? "unusual" : ""}`}
      data-stop
    >
      <Dot icon={icon} tone={tone} />
      <div className="grow">
        <div className="size-13 pretty">
          <b>{who}</b> {did}
        </div>
        <div className="facts">
          <span className={person ? "tone tone-person strong actor" : "actor"}>
            <Reader size={13} stroke={2} aria-hidden />
            {t.access.readerTypes[access.readerType]}
          </span>
          <span title={access.purposeBasis === "presumed" ? t.access.presumed : undefined}>{purpose}</span>
          {access.instances !== undefined && <span>{t.words.objects(access.instances)}</span>}
          {access.studies !== undefined && <span>{t.access.studies(access.studies)}</span>}
          <span className="figures">{t.words.entryNumber(access.index)}</span>
        </div>
      </div>
      <FindingChips findings={access.findings} />
      <time className="entry-time long" dateTime={access.at} title={formats.full(access.at)}>
        {formats.moment(access.at)}
      </time>
    </Link>
  );
}

/** What stands out: an emergency, a refusal, anything else that was found. */
function markOfAccess({ findings, outcome, readerType }: Access): { readonly icon: Icon; readonly tone: Tone } {
  if (findings.includes("BREAK_GLASS")) return { icon: IconUrgent, tone: "differs" };
  if (outcome === "refused") return { icon: IconBan, tone: "neutral" };
  if (findings.length > 0) return { icon: IconAlertTriangle, tone: "differs" };
  return { icon: IconEye, tone: readerType === "person" ? "person" : "neutral" };
}
