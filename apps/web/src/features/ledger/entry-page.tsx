// One entry: what it says, who vouches for it, why its place can be trusted, and its raw bytes last.
import type { EntryDetail } from "@fiducial/api";
import { sentenceText } from "@fiducial/api/sentences";
import {
  IconAlertTriangle,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconClock,
  IconEye,
  IconFileCertificate,
  IconFingerprint,
  IconHistory,
  IconInfoCircle,
  IconLink,
  IconPhotoScan,
  IconShieldCheck,
  IconSignature,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { zoneText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { findingTone } from "../../ui/finding-tone.ts";
import { useKeys } from "../../ui/keys.ts";
import { entryQuery, healthQuery, policyQuery, receiptQuery } from "../../ui/node.ts";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Chip } from "../../ui/parts.tsx";
import { receiptAddress, saveReceipt } from "../../ui/receipt-link.ts";
import { StudyLink } from "../../ui/study-link.tsx";
import { proofHolds, vouching } from "./entry-check.ts";
import { OpenFields, SealedFields } from "./entry-fields.tsx";
import { TimesAndFindings } from "./entry-times.tsx";
import { ProofPath } from "./proof-path.tsx";
import { RawBytes } from "./raw-bytes.tsx";
import { Vouchers } from "./vouchers.tsx";
import "./ledger.css";

const route = getRouteApi("/ledger/$index");

/** The page. */
export function EntryPage(): ReactNode {
  const { t } = useWording();
  const index = Number(route.useParams().index);
  const { data, error, refetch } = useQuery(entryQuery(index));
  if (error && data === undefined) {
    return (
      <>
        <PageTitle title={t.ledger.entry.title(String(index))} path={[<LedgerLink key="ledger" />]} />
        <div className="card">
          <Failure error={error} again={() => void refetch()} />
        </div>
      </>
    );
  }
  if (data === undefined) {
    return (
      <>
        <PageTitle title={t.ledger.entry.title(String(index))} path={[<LedgerLink key="ledger" />]} />
        <div className="card">
          <Skeletons rows={10} />
        </div>
      </>
    );
  }
  return <Entry entry={data} />;
}

function Entry({ entry }: { readonly entry: EntryDetail }): ReactNode {
  const { t, formats } = useWording();
  const navigate = useNavigate();
  const receipt = useQuery(receiptQuery(entry.index)).data;
  const policy = useQuery(policyQuery).data;
  const holds = useMemo(() => proofHolds(entry), [entry]);
  const checked = useMemo(
    () => (receipt === undefined || policy === undefined ? undefined : (vouching(receipt, policy) ?? "unreadable")),
    [receipt, policy],
  );
  const open = (to: number) => void navigate({ to: "/ledger/$index", params: { index: String(to) } });
  useKeys({
    p: () => void navigate({ to: "/verify", search: { entry: entry.index } }),
    r: () => saveReceipt(entry.index),
    j: () => open(entry.index + 1),
    k: () => (entry.index > 0 ? open(entry.index - 1) : false),
  });
  return (
    <>
      <EntryTitle entry={entry} witnessed={typeof checked === "object" ? checked.cosigners.length > 0 : undefined} />
      <div className="entry-columns">
        <div className="column gap-16 entry-facts">
          <div className="entry-fields">
            <OpenFields entry={entry} />
            <SealedFields sealed={entry.sealed} />
          </div>
          <TimesAndFindings entry={entry} />
        </div>
        <div className="column gap-16 entry-proof">
          <ProofPath entry={entry} holds={holds} />
          <Vouchers checked={checked} />
        </div>
        <RawBytes raw={entry.raw} />
      </div>
      <p className="size-12 third">
        {t.ledger.entry.statement} <span className="mono">{entry.id}</span> · {formats.full(entry.recordedAt)}{" "}
        {zoneText(entry.recordedAt)}
      </p>
    </>
  );
}

function EntryTitle({
  entry,
  witnessed,
}: {
  readonly entry: EntryDetail;
  readonly witnessed: boolean | undefined;
}): ReactNode {
  const wording = useWording();
  const { t, formats } = wording;
  const organization = useQuery(healthQuery).data?.organization.name;
  const words = t.ledger.entry;
  const isNoted = entry.findings.every((code) => findingTone(code) === "neutral");
  return (
    <PageTitle
      title={sentenceText(entry, wording)}
      path={[
        <LedgerLink key="ledger" />,
        ...(organization === undefined ? [] : [words.ownLog(organization)]),
        <Neighbours key="entry" index={entry.index} />,
      ]}
      actions={
        <>
          <CopyButton className="button" text={() => location.href} icon={IconLink}>
            {words.copyLink}
          </CopyButton>
          {entry.study !== undefined && (
            <StudyLink study={entry.study} className="button">
              {(way) =>
                way === "study" ? (
                  <>
                    <IconPhotoScan size={16} aria-hidden />
                    {words.openStudy}
                  </>
                ) : (
                  <>
                    <IconHistory size={16} aria-hidden />
                    {words.openHistory}
                  </>
                )
              }
            </StudyLink>
          )}
          <Link to="/verify" search={{ entry: entry.index }} className="button">
            <IconShieldCheck size={16} aria-hidden />
            {words.prove}
          </Link>
          <a className="button primary" {...receiptAddress(entry.index)}>
            <IconFileCertificate size={17} aria-hidden />
            {t.words.receipt}
          </a>
        </>
      }
    >
      <div className="row wrap">
        {witnessed !== undefined && (
          <Chip tone={witnessed ? "holds" : "differs"} icon={witnessed ? IconCircleCheck : IconClock}>
            {witnessed ? words.witnessed : words.notWitnessed}
          </Chip>
        )}
        <Chip icon={entry.basis === undefined ? IconSignature : IconEye}>
          {entry.basis === undefined ? words.act : words.observation(t.words.bases[entry.basis].toLowerCase())}
        </Chip>
        {entry.signers.some(({ passkey }) => passkey) && (
          <Chip tone="person" icon={IconFingerprint}>
            {t.account.signing.signedWith}
          </Chip>
        )}
        {entry.findings.length > 0 && (
          <Chip tone={isNoted ? "neutral" : "differs"} icon={isNoted ? IconInfoCircle : IconAlertTriangle}>
            {t.words.findings(entry.findings.length)}
          </Chip>
        )}
        <time className="size-13 second" dateTime={entry.recordedAt}>
          {formats.full(entry.recordedAt)} {zoneText(entry.recordedAt)}
        </time>
      </div>
    </PageTitle>
  );
}

function LedgerLink(): ReactNode {
  const { t } = useWording();
  return <Link to="/ledger">{t.shell.pages.ledger}</Link>;
}

function Neighbours({ index }: { readonly index: number }): ReactNode {
  const { t } = useWording();
  const words = t.ledger.entry;
  return (
    <span className="row gap-2">
      {words.title(String(index))}
      {index > 0 && (
        <Link to="/ledger/$index" params={{ index: String(index - 1) }} className="step" aria-label={words.previous}>
          <IconChevronLeft size={14} aria-hidden />
        </Link>
      )}
      <Link to="/ledger/$index" params={{ index: String(index + 1) }} className="step" aria-label={words.next}>
        <IconChevronRight size={14} aria-hidden />
      </Link>
    </span>
  );
}
