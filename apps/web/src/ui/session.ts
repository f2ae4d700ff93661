// Who sits here, as the node has it: pages show what this person may see. The node decides; hiding is politeness.
import type { CallerSession, Permission } from "@fiducial/api";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { keptValue } from "./kept.ts";
import { node } from "./node.ts";

/** Who the node takes this browser's user for. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => node.session({ signal }),
  staleTime: 60_000,
  refetchInterval: 60_000,
  retry: false,
});

/** Who it is; undefined as long as the node has not said. */
export function useSession(): CallerSession | undefined {
  return useQuery(sessionQuery).data;
}

/** Whether the user may do something; undefined as long as the node has not said. */
export function useMay(permission: Permission): boolean | undefined {
  return useSession()?.permissions.includes(permission);
}

/** Where to sign in, to come back to the address that is shown. `choose` asks who it is, whoever is signed in at the issuer. */
export function signInAddress(choose = false): string {
  const back = new URLSearchParams({ return: location.pathname + location.search });
  return `/sign-in?${choose ? "choose&" : ""}${back}`;
}

/** Where to sign in with a passkey, to come back to the address that is shown. */
export function passkeyAddress(): string {
  const here = location.pathname === "/passkey" ? "/" : location.pathname + location.search;
  return `/passkey?${new URLSearchParams({ return: here })}`;
}

/** Goes to sign in, unless that was tried a moment ago and did not help: a browser that keeps no cookies would go round for ever. */
export function goToSignIn(): boolean {
  const last = Number(sessionStorage.getItem(triedKey) ?? 0);
  if (Date.now() - last < 10_000) return false;
  sessionStorage.setItem(triedKey, String(Date.now()));
  location.assign(keptValue("sign-in") === "passkey" ? passkeyAddress() : signInAddress());
  return true;
}

const triedKey = "fiducial-sign-in-tried";

/** Signs out and goes where the node says; to another sign-in when `choose` says so. */
export async function signOut(choose: boolean): Promise<void> {
  const { next } = await node.signOut();
  sessionStorage.removeItem(triedKey);
  location.assign(choose ? "/sign-in?choose" : next);
}
