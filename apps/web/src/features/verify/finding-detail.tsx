// One finding: the verdict, the steps that lead to it, what differs, and against what it was checked.
import { toHex } from "@fiducial/core";
import { IconFileCertificate, IconHistory, IconInfoCircle, IconPhotoCheck, IconPhotoScan } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { healthQuery } from "../../ui/node.ts";
import { placeOf } from "../../ui/object-check.ts";
import { Pairs } from "../../ui/parts.tsx";
import { receiptAddress } from "../../ui/receipt-link.ts";
import { useMay } from "../../ui/session.ts";
import { StudyLink, type StudyWay } from "../../ui/study-link.tsx";
import { VerdictBand } from "../../ui/verdict-band.tsx";
import { recordSays, reservationsSay } from "../../verifier/record-words.ts";
import { verdictWords } from "../../verifier/verdict-words.ts";
import { type Finding, nameOfReceipt } from "../../verifier/verification.ts";
import { Differences } from "./differences.tsx";
import { StepList } from "./step-list.tsx";

/** The finding. `file` is what it is about, where it is an object. */
export function FindingDetail({
  finding,
  file,
}: {
  readonly finding: Finding;
  readonly file: File | undefined;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const words = verdictWords(finding, wording);
  if (finding.found !== "checked") {
    return (
      <>
        <VerdictBand words={words} />
        {finding.found === "no-policy" && finding.log !== undefined && (
          <p className="card card-body size-13 second">{t.words.claimedLog(finding.log)}</p>
        )}
        {finding.found !== "no-policy" && (
          <div className="card">
            {finding.found === "unreadable" ? <Unreadable finding={finding} /> : <NotFound finding={finding} />}
          </div>
        )}
      </>
    );
  }
  const { check } = finding;
  const place = placeOf(check.receipt);
  return (
    <>
      <VerdictBand words={words}>
        {place !== undefined && (
          <StudyLink
            study={place.study}
            object={place}
            className={check.verdict === "altered" ? "button primary" : "button"}
          >
            {(way) => <StudyWords way={way} isAltered={check.verdict === "altered"} />}
          </StudyLink>
        )}
      </VerdictBand>
      <div className="verify-columns">
        <StepList finding={finding} />
        <div className="column gap-16">
          {check.verdict !== undefined && check.registered !== undefined && (
            <Differences finding={finding} file={file} />
          )}
          <Evidence finding={finding} />
        </div>
      </div>
    </>
  );
}

function StudyWords({ way, isAltered }: { readonly way: StudyWay; readonly isAltered: boolean }): ReactNode {
  const { t } = useWording();
  const [Mark, says] =
    way === "history"
      ? [IconHistory, t.ledger.entry.openHistory]
      : isAltered
        ? [IconPhotoCheck, t.imaging.openRegistered]
        : [IconPhotoScan, t.verifyPage.openStudy];
  return (
    <>
      <Mark size={16} aria-hidden />
      {says}
    </>
  );
}

function Evidence({
  finding: { check, object },
}: {
  readonly finding: Extract<Finding, { readonly found: "checked" }>;
}): ReactNode {
  const wording = useWording();
  const { t, formats } = wording;
  const { verification, receipt } = check;
  const { checkpoint } = verification;
  const ownOrigin = useQuery(healthQuery).data?.log.origin;
  const origin = verification.entry?.statement.content.log ?? "";
  const index = receipt.entry.index;
  const used = object && nameOfReceipt(receipt);
  const mayRead = useMay("ledger.read") === true;
  return (
    <section className="card evidence" aria-label={t.verify.checkedAgainst(formats.count(index), origin)}>
      <div className="row wrap gap-12">
        <span className={`tone tone-${check.sound ? "holds" : check.waiting ? "differs" : "fails"}`}>
          <IconFileCertificate size={22} aria-hidden />
        </span>
        <div className="grow">
          <div className="size-13 strong">{t.verify.checkedAgainst(formats.count(index), origin)}</div>
          {used !== undefined && <div className="size-13 in-file">{t.verify.receiptUsed(used)}</div>}
          {recordSays(check, wording).map((sentence) => (
            <div key={sentence} className="size-13">
              {sentence}
            </div>
          ))}
          {checkpoint && (
            <div className="size-12 second">
              {t.verifyPage.checkpointLine(formats.count(checkpoint.size))}{" "}
              <span className="mono">{shortHex(toHex(checkpoint.rootHash))}</span>
            </div>
          )}
        </div>
        {/* Another log's entry of this number is another entry. */}
        {mayRead && origin !== "" && origin === ownOrigin && (
          <>
            <Link to="/ledger/$index" params={{ index: String(index) }} className="button small">
              {t.verifyPage.openEntry}
            </Link>
            <a className="button small" {...receiptAddress(index)}>
              {t.words.receipt}
            </a>
          </>
        )}
      </div>
      <div className="evidence-note">
        <IconInfoCircle size={20} className="third" aria-hidden />
        <p className="size-13 second">
          {reservationsSay(check, wording).join(" ")} {check.verdict !== undefined && t.verifyPage.sealedCompared}{" "}
          {t.verify.otherCopies}
        </p>
      </div>
    </section>
  );
}

function Unreadable({ finding }: { readonly finding: Extract<Finding, { readonly found: "unreadable" }> }): ReactNode {
  const { t } = useWording();
  return (
    <div className="card-body column">
      <p className="size-13 second">{t.verify.unreadableRest}</p>
      <p className="row size-12 third">
        {t.verify.codeWord} <span className="mono second">{finding.code}</span>
      </p>
    </div>
  );
}

// Not found: the range that was searched, how complete it is, and what was looked for.
function NotFound({ finding }: { readonly finding: Extract<Finding, { readonly found: "no-receipt" }> }): ReactNode {
  const { t, formats } = useWording();
  const health = useQuery(healthQuery);
  const { header, fingerprint } = finding.object;
  const size = health.data?.log.size;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      t.unknownObject.searched,
      size === undefined ? "" : t.unknownObject.searchedSays(formats.count(Math.max(0, size - 1))),
    ],
    [t.unknownObject.completeUpTo, formats.moment(new Date(health.dataUpdatedAt).toISOString())],
    [t.unknownObject.notSearched, t.unknownObject.notSearchedSays],
    [t.verifyPage.sopUid, <Hash key="uid">{header.sopInstanceUid}</Hash>],
    [t.imaging.fingerprints.names.file, <Hash key="file">{fingerprint.file}</Hash>],
    [t.imaging.fingerprints.names.dataset, <Hash key="dataset">{fingerprint.dataset}</Hash>],
  ];
  return <Pairs of={rows} />;
}

function Hash({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="mono">{children}</span>;
}
