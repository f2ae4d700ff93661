// An act beside its button: what will stand on the ledger, in a sentence, signed with a passkey, and what the ledger said.
import type { Draft, EntrySummary, StatedEntry } from "@fiducial/api";
import { sentenceOf } from "@fiducial/api/sentences";
import type { Content } from "@fiducial/core";
import { IconCircleCheck, IconFingerprint, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../node.ts";
import { useSession } from "../session.ts";
import { type Act, type CeremonyFault, ceremonyFault, signDraft } from "./ceremony.ts";
import { contentOfDraft, saysWhatWasAsked } from "./draft-check.ts";
import "./passkey.css";

type State =
  | { readonly at: "drafting" | "signing" }
  | { readonly at: "shown"; readonly draft: Draft; readonly content: Content }
  | { readonly at: "recorded"; readonly entry: StatedEntry }
  | { readonly at: "failed"; readonly fault: CeremonyFault };

/** Drafts an act, shows what it says, and has it signed. `done` closes it. */
export function Signing({ act, done }: { readonly act: Act; readonly done: () => void }): ReactNode {
  const { t } = useWording();
  const words = t.account.signing;
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ at: "drafting" });
  const asked = JSON.stringify(act);
  useEffect(() => {
    let isShown = true;
    const show = (next: State) => void (isShown && setState(next));
    setState({ at: "drafting" });
    drafted(JSON.parse(asked) as Act).then(show, (thrown) => show({ at: "failed", fault: ceremonyFault(thrown) }));
    return () => {
      isShown = false;
    };
  }, [asked]);
  const sign = (draft: Draft) => {
    setState({ at: "signing" });
    signDraft(draft).then(
      async (entry) => {
        setState({ at: "recorded", entry });
        await queries.invalidateQueries();
      },
      (thrown) => setState({ at: "failed", fault: ceremonyFault(thrown) }),
    );
  };
  return (
    <div className="signing" role="status">
      {(state.at === "drafting" || state.at === "signing") && (
        <p className="size-13 second">{state.at === "drafting" ? words.drafting : words.waiting}</p>
      )}
      {state.at === "shown" && (
        <>
          <Said content={state.content} />
          <div className="row wrap">
            <button type="button" className="button primary" onClick={() => sign(state.draft)}>
              <IconFingerprint size={17} aria-hidden />
              {words.sign}
            </button>
            <button type="button" className="button quiet" onClick={done}>
              {words.cancel}
            </button>
          </div>
        </>
      )}
      {state.at === "recorded" && <Recorded entry={state.entry} done={done} />}
      {state.at === "failed" && (
        <>
          <CeremonyFailure fault={state.fault} />
          <div className="row">
            <button type="button" className="button small" onClick={done}>
              {words.close}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

async function drafted(act: Act): Promise<State> {
  const draft = await node.draft({ act });
  const content = contentOfDraft(draft);
  if (content === undefined || !saysWhatWasAsked(content, act))
    return { at: "failed", fault: { code: "DRAFT_DIFFERS" } };
  return { at: "shown", draft, content };
}

function Said({ content }: { readonly content: Content }): ReactNode {
  const wording = useWording();
  const session = useSession();
  const { who, did } = sentenceOf(entryOf(content, session?.roles ?? []), wording);
  const { actor, study } = content.open;
  const about = typeof study === "string" ? study : String(actor);
  const words = wording.t.account.signing;
  return (
    <div className="column gap-4">
      <p className="size-12 second">{words.says}</p>
      <p className="size-13 pretty">
        <b>{who}</b> {did}
      </p>
      <p className="size-12 third" title={about}>
        {typeof study === "string" ? words.study : words.member} <span className="mono">{shortHex(about)}</span>
      </p>
    </div>
  );
}

function Recorded({ entry, done }: { readonly entry: StatedEntry; readonly done: () => void }): ReactNode {
  const { t } = useWording();
  const words = t.account.signing;
  return (
    <div className="row wrap">
      <span className="tone tone-holds row size-13">
        <IconCircleCheck size={17} aria-hidden />
        {words.recorded}
      </span>
      <Link to="/ledger/$index" params={{ index: String(entry.index) }} className="link figures size-13">
        {t.words.entryNumber(entry.index)}
      </Link>
      <button type="button" className="button small quiet" onClick={done} aria-label={words.close}>
        <IconX size={16} aria-hidden />
      </button>
    </div>
  );
}

/** Says why nothing was signed: the node's sentence, or the page's, the code last. */
export function CeremonyFailure({ fault: { code, says } }: { readonly fault: CeremonyFault }): ReactNode {
  const { t } = useWording();
  const known = t.account.faults[code];
  return (
    <p role="alert" className="size-13 tone tone-fails pretty">
      {known ?? says ?? t.shell.failure.title} <span className="mono size-12">{code}</span>
    </p>
  );
}

// As it will be read in the list of entries.
function entryOf(
  { kind, version, open, signers, occurredAt, signedAt }: Content,
  roles: readonly string[],
): EntrySummary {
  return {
    index: 0,
    id: "",
    kind,
    version,
    nature: "act",
    recordedAt: signedAt,
    occurredAt,
    signedAt,
    findings: [],
    signers: signers.map(({ actor, capacity, organization }) => ({
      actor,
      capacity,
      organization,
      type: "person" as const,
      roles: [...roles],
    })),
    open: open as EntrySummary["open"],
  };
}
