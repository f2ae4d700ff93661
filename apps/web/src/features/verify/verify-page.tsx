// Is this file what was recorded? Found out in this browser, step by step.
import { IconDownload, IconFileUpload, IconFolderOpen, IconReceipt, IconWifiOff } from "@tabler/icons-react";
import { useLocation, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { zoneText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { type KeyAction, useKeys } from "../../ui/keys.ts";
import { Failure, NotAllowed, Note } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Chip } from "../../ui/parts.tsx";
import { saveText } from "../../ui/receipt-link.ts";
import { signInAddress } from "../../ui/session.ts";
import { VerdictBand } from "../../ui/verdict-band.tsx";
import { brokenWords } from "../../verifier/verdict-words.ts";
import type { Finding } from "../../verifier/verification.ts";
import { EmptyDrop, FilePicker } from "./file-choice.tsx";
import { FindingDetail } from "./finding-detail.tsx";
import { FindingList } from "./finding-list.tsx";
import { findingsText } from "./findings-text.ts";
import { type Session, useVerifySession } from "./verify-session.ts";
import { Working } from "./working.tsx";
import "./verify.css";

/** The page. */
export function VerifyPage(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { session, policyName, verify, stop } = useVerifySession();
  const done = session.state === "done" ? session : undefined;
  return (
    <>
      <PageTitle
        title={t.verifyPage.title}
        says={t.verifyPage.says}
        actions={
          <div className="row gap-16">
            <Chip tone="holds" icon={IconWifiOff}>
              {t.verifyPage.offline}
            </Chip>
            {done !== undefined && done.findings.length > 0 && (
              <button
                type="button"
                className="button"
                onClick={() => saveText("findings.json", findingsText(done.findings, done.at), "application/json")}
              >
                <IconDownload size={16} aria-hidden />
                {t.verifyPage.saveFindings}
              </button>
            )}
          </div>
        }
      />
      {session.state === "empty" && <EmptyDrop take={verify} />}
      {session.state === "receipt-wanted" && <ReceiptWanted session={session} take={verify} />}
      {session.state === "working" && <Working session={session} stop={stop} />}
      {session.state === "not-allowed" && (
        <div className="card">
          <NotAllowed permission={session.permission} />
        </div>
      )}
      {session.state === "failed" && (
        <div className="card">
          <Failure error={session.error} />
        </div>
      )}
      {done !== undefined && <Done session={done} policyName={policyName} take={verify} />}
    </>
  );
}

function ReceiptWanted({
  session: { isSignedIn, names },
  take,
}: {
  readonly session: Extract<Session, { readonly state: "receipt-wanted" }>;
  readonly take: (files: readonly File[]) => void;
}): ReactNode {
  const { t } = useWording();
  return (
    <div className="card">
      <Note
        icon={IconReceipt}
        title={t.unknownObject.receiptWanted}
        says={
          <>
            <b className="in-file">{names.length === 1 ? names[0] : t.verifyPage.list.title(names.length)}</b>
            <br />
            {t.unknownObject.receiptWantedSays}
          </>
        }
      >
        <FilePicker take={take} className="button primary">
          {t.verify.choose}
        </FilePicker>
        {!isSignedIn && (
          <a className="button" href={signInAddress()}>
            {t.shell.signIn}
          </a>
        )}
      </Note>
    </div>
  );
}

function Done({
  session,
  policyName,
  take,
}: {
  readonly session: Extract<Session, { readonly state: "done" }>;
  readonly policyName: string | undefined;
  readonly take: (files: readonly File[]) => void;
}): ReactNode {
  const { t } = useWording();
  const { findings, broken } = session;
  const [shown, choose] = useOpened(session);
  return (
    <>
      <FileStrip session={session} shown={shown} take={take} />
      {broken.length > 0 && <Broken broken={broken} />}
      {findings.length > 1 && <FindingList findings={findings} chosen={shown} choose={choose} />}
      {shown !== undefined && <FindingDetail finding={shown} file={session.files.get(shown)} />}
      <p className="size-12 third">
        {policyName === undefined ? t.verifyPage.policyOfNode : t.verify.policyOf(policyName)}
      </p>
    </>
  );
}

// What is open stands in the history beside the address, so that Back leads to the list and not away from it.
function useOpened({
  findings,
  at: of,
}: Extract<Session, { readonly state: "done" }>): readonly [Finding | undefined, (finding: Finding) => void] {
  const { opened } = useLocation().state;
  const navigate = useNavigate();
  const isOpen = findings.length > 1 && opened?.of === of;
  const choose = (finding: Finding): void => {
    const state = { opened: { of, at: findings.indexOf(finding) } };
    void navigate({ to: "/verify", search: true, state, resetScroll: false, replace: isOpen });
  };
  // Escape in a dialog closes that alone.
  const close: KeyAction = ({ target }) => {
    if (!isOpen || (target instanceof Element && target.closest("[role=dialog]") !== null)) return false;
    return history.back();
  };
  useKeys({ Escape: close });
  const [only] = findings.length === 1 ? findings : [];
  return [only ?? (isOpen ? findings[opened.at] : undefined), choose];
}

function FileStrip({
  session,
  shown,
  take,
}: {
  readonly session: Extract<Session, { readonly state: "done" }>;
  readonly shown: Finding | undefined;
  readonly take: (files: readonly File[]) => void;
}): ReactNode {
  const { t, formats } = useWording();
  const { findings, broken, at, ms } = session;
  const title = t.verifyPage.list.title(Math.max(findings.length, session.files.size) + broken.length);
  const seconds = `${formats.count(Math.max(0.01, Math.round(ms / 10) / 100))} s`;
  const size = shown?.sizeBytes;
  const checkedAt = `${formats.clockSeconds(at)} ${zoneText(at)}`;
  const says =
    size === undefined && shown !== undefined
      ? t.verifyPage.receiptAlone(checkedAt)
      : t.verifyPage.dropped(size === undefined ? title : formats.bytes(size), checkedAt, seconds);
  return (
    <div className="drop-strip">
      <span className="tone tone-accent">
        <IconFileUpload size={24} aria-hidden />
      </span>
      <div className="grow">
        <div className="size-13 strong cut">{shown?.name ?? title}</div>
        <div className="size-12 second">{[says, numbersOf(shown, t)].filter((part) => part !== "").join(" · ")}</div>
      </div>
      <span className="size-13 second drop-hint">{t.verifyPage.dropAnother}</span>
      <FilePicker take={take} className="button">
        {t.verify.choose}
      </FilePicker>
      <FilePicker take={take} className="button" folder>
        <IconFolderOpen size={16} aria-hidden />
        {t.verifyPage.chooseFolder}
      </FilePicker>
    </div>
  );
}

// As the file's header numbers it, which is how people find it again.
function numbersOf(shown: Finding | undefined, t: Messages): string {
  const object = shown?.found === "checked" || shown?.found === "no-receipt" ? shown.object : undefined;
  const { seriesNumber, instanceNumber } = object?.header ?? {};
  return instanceNumber === undefined || object?.fingerprint.frameCount === 0
    ? ""
    : t.verifyPage.image(instanceNumber, seriesNumber);
}

function Broken({ broken }: { readonly broken: Extract<Session, { readonly state: "done" }>["broken"] }): ReactNode {
  const wording = useWording();
  return broken.map((file) => (
    <VerdictBand key={file.name} words={brokenWords(file, wording)}>
      <span className="mono third">{file.code}</span>
    </VerdictBand>
  ));
}
