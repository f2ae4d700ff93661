// What stands before a page: it is shown to whom it is for; others are asked to sign in, or told whose it is.
import type { Permission } from "@fiducial/api";
import { IconLogin2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useWording } from "../i18n/language.tsx";
import { NotAllowed, Note, Skeletons } from "../ui/notes.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { goToSignIn, passkeyAddress, sessionQuery, signInAddress } from "../ui/session.ts";
import { homeOf, neededAt } from "./destinations.ts";

/** The page that the address names, or what stands in its place. */
export function Gate(): ReactNode {
  // On the way to another page the address is the next one's already, and what is shown still the last one.
  const route = useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId ?? "" });
  const { data: session, isPending } = useQuery(sessionQuery);
  const needed = neededAt(route);
  if (needed !== undefined && isPending) return <Skeletons rows={6} />;
  // Where the node cannot be reached, the page tells so.
  if (needed === undefined || session === undefined || session.permissions.includes(needed)) return <Outlet />;
  if (session.caller === "anonymous") return <SignedOut />;
  const home = homeOf(session.permissions);
  if (route !== "/" || home === "/") return <Closed permission={needed} />;
  return (
    <>
      <Navigate to={home} replace />
      <Skeletons rows={6} />
    </>
  );
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
