// Who may ask for what: the one seam that every route passes, closed unless it says otherwise.
import type { RouteName } from "@fiducial/api";
import { namesThisMachine } from "../serving/request-target.ts";

/** What a route is, for the purpose of asking who may use it. */
export type Access = "public" | "member";

/** Public routes prove things and name nobody; everything else shows sealed values. */
export const accessOf: Readonly<Record<RouteName | "log", Access>> = {
  health: "public",
  policy: "public",
  kinds: "public",
  openApi: "public",
  log: "public",
  actors: "member",
  actor: "member",
  entries: "member",
  entry: "member",
  receipt: "member",
  studies: "member",
  searchStudies: "member",
  study: "member",
  object: "member",
  lookup: "member",
  events: "member",
  statement: "member",
  receiptShowing: "member",
  openIntake: "member",
  takeObject: "member",
  registerIntake: "member",
  verification: "member",
  audit: "member",
};

/** What is known of a request before anybody has signed in. */
export interface Asking {
  readonly remoteAddress: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  /** Whether it says that it was forwarded for somebody else. */
  readonly forwarded: boolean;
}

/** Tells whether a request may use a route. Until sign-in is set up, members are those who sit at this very machine. */
export function authorize(access: Access, asking: Asking): boolean {
  return access === "public" || isAtThisMachine(asking);
}

// A page of another site that the same browser shows reaches the loopback address too: its name, or where it says it comes from, gives it away.
// So does a proxy on this machine, which asks for anybody and may name this machine as the host.
function isAtThisMachine({ remoteAddress, host, origin, fetchSite, forwarded }: Asking): boolean {
  const local = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(remoteAddress);
  const named = namesThisMachine(host);
  const sameOrigin = origin === undefined || origin === `http://${host}`;
  const sameSite = fetchSite === undefined || fetchSite === "same-origin" || fetchSite === "none";
  return local && named && sameOrigin && sameSite && !forwarded;
}
