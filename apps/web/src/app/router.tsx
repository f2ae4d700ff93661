// Every address of the page, with what it carries. Each page is loaded when it is first wanted, the others as soon as nothing else is to do.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import {
  readAccessesSearch,
  readLedgerSearch,
  readMembersSearch,
  readPasskeySearch,
  readStudiesSearch,
  readStudySearch,
  readVerifySearch,
} from "./addresses.ts";
import { Crashed, NotFound } from "./lost-pages.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Crashed });

// The router keeps what an address has besides; a page that hands its search on would hand that on, too.
function alone<Search>(read: (given: Readonly<Record<string, unknown>>) => Search) {
  return (given: Readonly<Record<string, unknown>>): Search => ({
    ...Object.fromEntries(Object.keys(given).map((name) => [name, undefined])),
    ...read(given),
  });
}

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../features/overview/overview-page.tsx"), "OverviewPage"),
});
const ledger = createRoute({
  getParentRoute: () => root,
  path: "/ledger",
  validateSearch: alone(readLedgerSearch),
  component: lazyRouteComponent(() => import("../features/ledger/ledger-page.tsx"), "LedgerPage"),
});
const entry = createRoute({
  getParentRoute: () => root,
  path: "/ledger/$index",
  component: lazyRouteComponent(() => import("../features/ledger/entry-page.tsx"), "EntryPage"),
});
const studies = createRoute({
  getParentRoute: () => root,
  path: "/studies",
  validateSearch: alone(readStudiesSearch),
  component: lazyRouteComponent(() => import("../features/imaging/studies-page.tsx"), "StudiesPage"),
});
const study = createRoute({
  getParentRoute: () => root,
  path: "/studies/$study",
  validateSearch: alone(readStudySearch),
  component: lazyRouteComponent(() => import("../features/imaging/study-page.tsx"), "StudyPage"),
});
const members = createRoute({
  getParentRoute: () => root,
  path: "/members",
  validateSearch: alone(readMembersSearch),
  component: lazyRouteComponent(() => import("../features/identity/members-page.tsx"), "MembersPage"),
});
const member = createRoute({
  getParentRoute: () => root,
  path: "/members/$actor",
  component: lazyRouteComponent(() => import("../features/identity/member-page.tsx"), "MemberPage"),
});
const accesses = createRoute({
  getParentRoute: () => root,
  path: "/accesses",
  validateSearch: alone(readAccessesSearch),
  component: lazyRouteComponent(() => import("../features/access/accesses-page.tsx"), "AccessesPage"),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  validateSearch: alone(readVerifySearch),
  component: lazyRouteComponent(() => import("../features/verify/verify-page.tsx"), "VerifyPage"),
});
const connections = createRoute({
  getParentRoute: () => root,
  path: "/connections",
  component: lazyRouteComponent(() => import("../features/connections/connections-page.tsx"), "ConnectionsPage"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("../features/account/account-page.tsx"), "AccountPage"),
});
const passkey = createRoute({
  getParentRoute: () => root,
  path: "/passkey",
  validateSearch: alone(readPasskeySearch),
  component: lazyRouteComponent(() => import("../features/account/passkey-page.tsx"), "PasskeyPage"),
});
const help = createRoute({
  getParentRoute: () => root,
  path: "/help",
  component: lazyRouteComponent(() => import("./help-page.tsx"), "HelpPage"),
});

/** The addresses. */
export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    ledger,
    entry,
    studies,
    study,
    accesses,
    members,
    member,
    verify,
    connections,
    account,
    passkey,
    help,
  ]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

/** Loads every page ahead: a node that is gone later can then be said to be gone by the page that somebody goes to. */
export function loadPages(): void {
  const pages = [
    overview,
    ledger,
    entry,
    studies,
    study,
    accesses,
    members,
    member,
    verify,
    connections,
    account,
    help,
  ];
  for (const { options } of pages) {
    const { component } = options as { readonly component?: { preload?: () => Promise<unknown> | undefined } };
    void component?.preload?.();
  }
}

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  /** What a tab's history keeps beside an address: identifiers, which have no place in one. */
  interface HistoryState {
    readonly search?: string;
    /** On the verify page: the finding that is open, by its place in the list, and when that list was made. */
    readonly opened?: { readonly of: string; readonly at: number };
  }
}
