// The members: who acts on this log, by type, in the order of their registration. The type stands in the address.
import type { Actor } from "@fiducial/api";
import { IconAlertTriangle, IconChevronRight, IconUserOff, IconUsersPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { ListFoot } from "../../ui/list-foot.tsx";
import { actorsQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Chip, Dot } from "../../ui/parts.tsx";
import { useSession } from "../../ui/session.ts";
import { keyStateOf } from "./key-state.ts";
import { memberMarks, memberTitle, memberTypes } from "./member-words.ts";
import "./identity.css";

const route = getRouteApi("/members");

/** The page. */
export function MembersPage(): ReactNode {
  const { t, formats } = useWording();
  const { type } = route.useSearch();
  const query = useInfiniteQuery(actorsQuery({ limit: 50, ...(type !== undefined && { type }) }));
  const { data, error, refetch } = query;
  const found = data?.pages.flatMap(({ actors }) => actors);
  const counts = data?.pages[0]?.counts;
  const total = counts && memberTypes.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  const words = t.identity;
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  return (
    <>
      <PageTitle title={words.title} says={words.says} />
      <TypeChoice counts={counts} total={total} />
      <section className="card" aria-label={type === undefined ? words.title : words.types[type]}>
        {error && found === undefined && <Failure error={error} again={() => void refetch()} />}
        {found === undefined && !error && <Skeletons rows={6} />}
        {found?.length === 0 && type !== undefined && <Nobody type={type} />}
        {type === "device" && found !== undefined && found.length > 0 && <AnotherDevice />}
        <ul className="entries">
          {found?.map((actor) => (
            <li key={actor.actor}>
              <MemberRow actor={actor} />
            </li>
          ))}
        </ul>
        {total !== undefined && (
          <ListFoot
            covers={words.covers(formats.count(total))}
            notCovered={words.notCoveredSays}
            more={words.more}
            query={query}
          />
        )}
      </section>
    </>
  );
}

const exactly = { exact: true, includeSearch: true };

function TypeChoice({
  counts,
  total,
}: {
  readonly counts: Partial<Record<Actor["type"], number>> | undefined;
  readonly total: number | undefined;
}): ReactNode {
  const { t, formats } = useWording();
  const figure = (count: number | undefined) => (
    <span className="figures third">{count === undefined ? "" : formats.count(count)}</span>
  );
  return (
    <nav className="member-types" aria-label={t.identity.show}>
      <Link to="/members" search={{}} className="member-type" activeOptions={exactly}>
        {t.identity.all} {figure(total)}
      </Link>
      {memberTypes.map((type) => (
        <Link key={type} to="/members" search={{ type }} className="member-type" activeOptions={exactly}>
          {t.identity.types[type]} {figure(counts && (counts[type] ?? 0))}
        </Link>
      ))}
    </nav>
  );
}

function MemberRow({ actor }: { readonly actor: Actor }): ReactNode {
  const { t } = useWording();
  const own = useSession()?.actor;
  const words = t.identity;
  const { icon, tone } = memberMarks[actor.type];
  const states = actor.keys.map((key) => keyStateOf(key, actor));
  const inUse = states.filter((state) => state === "used").length;
  const facts = [
    t.words.actorTypes[actor.type],
    actor.type === "person" ? shortHex(actor.actor) : undefined,
    states.length === 0 ? words.noKey : words.keysInUse(inUse),
    words.since(t.words.entryNumber(actor.index)),
  ].filter((fact) => fact !== undefined);
  return (
    <Link to="/members/$actor" params={{ actor: actor.actor }} className="entry-line" data-stop>
      <Dot icon={icon} tone={tone} />
      <div className="grow">
        <div className="row gap-8 size-13 strong">
          {memberTitle(actor, t)}
          {actor.actor === own && <Chip tone="person">{words.you}</Chip>}
        </div>
        <div className="facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
      </div>
      {(states.includes("compromised") || actor.retiredBy !== undefined) && (
        <span className="entry-chips">
          {states.includes("compromised") && (
            <Chip tone="fails" icon={IconAlertTriangle}>
              {words.compromised}
            </Chip>
          )}
          {actor.retiredBy !== undefined && <Chip icon={IconUserOff}>{words.retired}</Chip>}
        </span>
      )}
      <IconChevronRight size={16} className="third" aria-hidden />
    </Link>
  );
}

// Devices of which images come are registered by a command, those that are there and those that are not.
function AnotherDevice(): ReactNode {
  const { t } = useWording();
  const command = commands.device as string;
  return (
    <div className="card-head">
      <p className="size-13 second">{t.identity.empty.device}</p>
      <code className="mono member-command">{command}</code>
      <CopyButton text={() => command} />
    </div>
  );
}

const commands: Partial<Record<Actor["type"], string>> = {
  person: "fiducial members add",
  device: "fiducial devices add",
};

function Nobody({ type }: { readonly type: Actor["type"] }): ReactNode {
  const { t } = useWording();
  const { empty } = t.identity;
  const command = commands[type];
  return (
    <Note icon={IconUsersPlus} title={empty.title} says={empty[type]}>
      {command !== undefined && (
        <>
          <code className="mono member-command">{command}</code>
          <CopyButton text={() => command} />
        </>
      )}
    </Note>
  );
}
