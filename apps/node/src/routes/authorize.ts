// Who may ask for what: the one seam that every route passes, closed unless it says otherwise.
import type { RouteName } from "@fiducial/api";
import { namesThisMachine } from "../serving/request-target.ts";

/** What somebody may do, and what each route asks for. `public` proves things and names nobody; everything else shows sealed values. */
export const permissions = {
  public: "what proves the log: checkpoints, hash tiles, policy, kinds, health",
  "ledger.read": "entries, members and receipts, with what is sealed in them",
  "ledger.audit": "audits, and entry tiles",
  "studies.read": "studies, their images and their history",
  "objects.verify": "comparing a file with what is registered",
  "intake.write": "sending objects in",
  "node.operate": "connections, backlog and state of the node",
} as const;
export type Permission = keyof typeof permissions;

/** What each route of the API table asks for. */
export const accessOf: Readonly<Record<RouteName, Permission>> = {
  health: "public",
  policy: "public",
  kinds: "public",
  openApi: "public",
  actors: "ledger.read",
  actor: "ledger.read",
  entries: "ledger.read",
  activity: "ledger.read",
  find: "studies.read",
  entry: "ledger.read",
  receipt: "ledger.read",
  studies: "studies.read",
  searchStudies: "studies.read",
  study: "studies.read",
  object: "studies.read",
  lookup: "objects.verify",
  events: "ledger.read",
  statement: "ledger.read",
  receiptShowing: "ledger.read",
  openIntake: "intake.write",
  takeObject: "intake.write",
  registerIntake: "intake.write",
  verification: "objects.verify",
  audit: "ledger.audit",
  connections: "node.operate",
  testConnection: "node.operate",
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

/** Tells whether a request may do something. Until sign-in is set up, members are those who sit at this very machine. */
export function authorize(permission: Permission, asking: Asking): boolean {
  return permission === "public" || isAtThisMachine(asking);
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
