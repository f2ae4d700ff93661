// One member: what is known of it, which roles it holds, and how its keys stand.
import type { Actor } from "@fiducial/api";
import { IconFileCertificate, IconListDetails, IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useKeys } from "../../ui/keys.ts";
import { actorQuery } from "../../ui/node.ts";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Card, Chip, Opened, Pairs } from "../../ui/parts.tsx";
import { receiptAddress, saveReceipt } from "../../ui/receipt-link.ts";
import { EntryLink } from "./entry-link.tsx";
import { MemberKeys } from "./member-keys.tsx";
import { MemberRoles } from "./member-roles.tsx";
import { memberTitle } from "./member-words.ts";
import "./identity.css";

const route = getRouteApi("/members/$actor");

/** The page. */
export function MemberPage(): ReactNode {
  const { t } = useWording();
  const { actor } = route.useParams();
  const { data, error, refetch } = useQuery(actorQuery(actor));
  if (data !== undefined) return <Member actor={data} />;
  return (
    <>
      <PageTitle title={t.identity.title} path={[<MembersLink key="members" />]} />
      <div className="card">
        {error ? <Failure error={error} again={() => void refetch()} /> : <Skeletons rows={8} />}
      </div>
    </>
  );
}

function Member({ actor }: { readonly actor: Actor }): ReactNode {
  const { t } = useWording();
  const words = t.identity.one;
  useKeys({ r: () => saveReceipt(actor.index) });
  const type = t.words.actorTypes[actor.type];
  const organization = actor.organizationName ?? shortHex(actor.organization);
  return (
    <>
      <PageTitle
        title={memberTitle(actor, t)}
        path={[<MembersLink key="members" />, t.identity.types[actor.type]]}
        beside={actor.retiredBy !== undefined && <Chip icon={IconUserOff}>{t.identity.retired}</Chip>}
        says={actor.type === "organization" ? type : words.of(type, organization)}
        actions={
          <>
            <Link to="/ledger/$index" params={{ index: String(actor.index) }} className="button">
              <IconListDetails size={16} aria-hidden />
              {words.openEntry}
            </Link>
            <a className="button primary" {...receiptAddress(actor.index)}>
              <IconFileCertificate size={17} aria-hidden />
              {t.words.receipt}
            </a>
          </>
        }
      />
      <div className="member-columns">
        <div className="column gap-16">
          {(actor.type === "person" || actor.roles.length > 0) && <MemberRoles member={actor} />}
          <MemberKeys actor={actor} />
        </div>
        <Facts actor={actor} organization={organization} />
      </div>
    </>
  );
}

function Facts({ actor, organization }: { readonly actor: Actor; readonly organization: string }): ReactNode {
  const { t } = useWording();
  const words = t.identity.one;
  const rows: (readonly [string, ReactNode])[] = [[words.type, t.words.actorTypes[actor.type]]];
  if (actor.name !== undefined) {
    rows.push([
      words.name,
      <div key="name">
        <Opened>{actor.name}</Opened>
        <div className="size-12 third">{words.nameSays}</div>
      </div>,
    ]);
  }
  if (actor.type !== "organization") rows.push([words.organization, organization]);
  rows.push([
    words.handle,
    <span key="handle" className="row wrap">
      <span className="mono" title={actor.actor}>
        {shortHex(actor.actor)}
      </span>
      <CopyButton text={() => actor.actor} />
    </span>,
  ]);
  rows.push([words.registered, <EntryLink key="registered" index={actor.index} />]);
  if (actor.retiredBy !== undefined) rows.push([words.retiredBy, <EntryLink key="retired" index={actor.retiredBy} />]);
  return (
    <Card title={words.facts}>
      <Pairs of={rows} />
    </Card>
  );
}

function MembersLink(): ReactNode {
  const { t } = useWording();
  return <Link to="/members">{t.identity.one.path}</Link>;
}
