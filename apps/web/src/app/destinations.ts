// The pages of the rail in their order, whose they are, and which of them somebody may open.
import type { Permission } from "@fiducial/api";
import {
  type Icon,
  IconEye,
  IconHelp,
  IconLayoutDashboard,
  IconListDetails,
  IconPhotoScan,
  IconPlugConnected,
  IconShieldCheck,
  IconUsers,
} from "@tabler/icons-react";

/** A page that the rail leads to. */
export interface Destination {
  readonly to: "/" | "/studies" | "/ledger" | "/verify" | "/accesses" | "/members" | "/connections" | "/help";
  readonly page: "overview" | "studies" | "ledger" | "verify" | "accesses" | "members" | "connections" | "help";
  readonly icon: Icon;
}

/** The pages, in the order of the rail and of the number keys; on a phone the first are tabs. */
export const destinations: readonly Destination[] = [
  { to: "/", page: "overview", icon: IconLayoutDashboard },
  { to: "/studies", page: "studies", icon: IconPhotoScan },
  { to: "/ledger", page: "ledger", icon: IconListDetails },
  { to: "/verify", page: "verify", icon: IconShieldCheck },
  { to: "/accesses", page: "accesses", icon: IconEye },
  { to: "/members", page: "members", icon: IconUsers },
  { to: "/connections", page: "connections", icon: IconPlugConnected },
  { to: "/help", page: "help", icon: IconHelp },
];

// Those that are not named are for anybody.
const needs: readonly (readonly [path: string, permission: Permission])[] = [
  ["/studies", "studies.read"],
  ["/ledger", "ledger.read"],
  ["/members", "ledger.read"],
  ["/accesses", "accesses.read"],
  ["/connections", "node.operate"],
  ["/account", "session.own"],
];

/** The permission that the page at an address, or a route's path, needs, if it needs one. */
export function neededAt(path: string): Permission | undefined {
  if (path === "/") return "ledger.read";
  return needs.find(([below]) => path === below || path.startsWith(`${below}/`))?.[1];
}

/** The pages for somebody. Until the node has said who it is, all of them: what goes later makes less stir than what comes. */
export function destinationsOf(allowed: readonly Permission[] | undefined): readonly Destination[] {
  return destinations.filter(({ to }) => {
    const needed = neededAt(to);
    return needed === undefined || allowed === undefined || allowed.includes(needed);
  });
}

/** Where somebody begins: at the overview, or where files and receipts are checked, which anybody may. */
export function homeOf(allowed: readonly Permission[] | undefined): "/" | "/verify" {
  return destinationsOf(allowed)[0]?.to === "/" ? "/" : "/verify";
}

/** The number keys that somebody has, one for each page but the help: a page keeps its number whoever looks. */
export function pageKeys(
  allowed: readonly Permission[] | undefined,
): readonly (Destination & { readonly key: string })[] {
  const shown = destinationsOf(allowed);
  return destinations
    .map((destination, at) => ({ ...destination, key: String(at + 1) }))
    .filter(({ to }) => to !== "/help" && shown.some((one) => one.to === to));
}
