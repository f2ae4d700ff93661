// The way in with a passkey.
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { keep } from "../../ui/kept.ts";
import { PageTitle } from "../../ui/page-title.tsx";
import { ceremonyFault, signInWithPasskey } from "../../ui/passkey/ceremony.ts";
import { CeremonyFailure } from "../../ui/passkey/signing.tsx";
import "./account.css";

const route = getRouteApi("/passkey");

/** The page. */
export function PasskeyPage(): ReactNode {
  const { t } = useWording();
  const words = t.account.signIn;
  const { return: returnTo = "/" } = route.useSearch();
  const enter = useMutation({ mutationFn: () => signInWithPasskey(returnTo) });
  const back = new URLSearchParams({ return: returnTo });
  return (
    <>
      <PageTitle title={words.title} />
      <section className="card passkey-card" aria-label={words.title}>
        <div className="card-body column gap-16">
          <p className="size-13 second">{words.says}</p>
          <div className="row wrap">
            <button
              type="button"
              className="button primary"
              disabled={enter.isPending || enter.isSuccess}
              onClick={() => enter.mutate()}
            >
              <IconFingerprint size={17} aria-hidden />
              {words.use}
            </button>
            <a className="button" href={`/sign-in?choose&${back}`} onClick={() => keep("sign-in", "issuer")}>
              {words.otherwise}
            </a>
          </div>
          {enter.isError && <CeremonyFailure fault={ceremonyFault(enter.error)} />}
        </div>
      </section>
    </>
  );
}
