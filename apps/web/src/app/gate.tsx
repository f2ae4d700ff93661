// What stands before a page: it is shown to whom it is for; others are asked to sign in, or told whose it is.
import type { Permission } from "@fiducial/api";
import { IconLogin2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useWording } from "../i18n/language.tsx";
import { NotAllowed, Note, Skeletons } from "../ui/notes.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { goToSignIn, passkeyAddress, sessionQuery, signInAddress } from "../ui/session.ts";

/** What the pages below an address are for; those that are not named are for anybody. */
const needs: readonly (readonly [path: string, permission: Permission])[] = [
  ["/studies", "studies.read"],
  ["/ledger", "ledger.read"],
  ["/members", "ledger.read"],
  ["/accesses", "accesses.read"],
  ["/connections", "node.operate"],
  ["/account", "session.own"],
];

/** The permission that the page at an address needs, if it needs one. */
export function neededAt(path: string): Permission | undefined {
  if (path === "/") return "ledger.read";
  return needs.find(([below]) => path === below || path.startsWith(`${below}/`))?.[1];
}

/** The page that the address names, or what stands in its place. */
export function Gate(): ReactNode {
  const { pathname } = useLocation();
  const { data: session, isPending } = useQuery(sessionQuery);
  const needed = neededAt(pathname);
  if (needed !== undefined && isPending) return <Skeletons rows={6} />;
  // Where the node cannot be reached, the page tells so.
  if (needed === undefined || session === undefined || session.permissions.includes(needed)) return <Outlet />;
  return session.caller === "anonymous" ? <SignedOut /> : <Closed permission={needed} />;
}

function Closed({ permission }: { readonly permission: Permission }): ReactNode {
  const { t } = useWording();
  return (
    <>
      <PageTitle title={t.shell.notAllowed.title} hidden />
      <div className="card">
        <NotAllowed permission={permission} />
      </div>
    </>
  );
}

function SignedOut(): ReactNode {
  const { t } = useWording();
  const [going, setGoing] = useState(true);
  useEffect(() => setGoing(goToSignIn()), []);
  if (going) return <Skeletons rows={6} />;
  return (
    <>
      <PageTitle title={t.shell.signedOut.title} hidden />
      <div className="card">
        <Note icon={IconLogin2} title={t.shell.signedOut.title} says={t.shell.signedOut.stuck}>
          <a className="button primary" href={signInAddress()}>
            {t.shell.signIn}
          </a>
          <a className="button" href={passkeyAddress()}>
            {t.shell.usePasskey}
          </a>
        </Note>
      </div>
    </>
  );
}
