// Your account: who the node takes you for, your passkeys, and where you are signed in.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Card, Pairs } from "../../ui/parts.tsx";
import { sessionQuery } from "../../ui/session.ts";
import { PasskeyCard } from "./passkey-card.tsx";
import { SessionCard } from "./session-card.tsx";
import "./account.css";

/** The page. */
export function AccountPage(): ReactNode {
  const { t } = useWording();
  const words = t.account;
  const { data: session } = useQuery(sessionQuery);
  const { name = "", roles = [], actor } = session ?? {};
  const held = roles.map((role) => t.words.roles[role] ?? role);
  const rows: (readonly [string, ReactNode])[] = [
    [words.name, name],
    [words.roles, held.length === 0 ? t.shell.user.noRole : held.join(", ")],
  ];
  if (actor !== undefined && session?.permissions.includes("ledger.read"))
    rows.push([
      words.onLedger,
      <Link key="member" to="/members/$actor" params={{ actor }} className="link">
        {words.asMember}
      </Link>,
    ]);
  return (
    <>
      <PageTitle title={words.title} says={words.says} />
      <div className="account-columns">
        <div className="column gap-16">
          <PasskeyCard />
          <SessionCard />
        </div>
        <Card title={words.who}>
          <Pairs of={rows} />
          <p className="card-body size-12 second">{words.rolesSay}</p>
        </Card>
      </div>
    </>
  );
}
