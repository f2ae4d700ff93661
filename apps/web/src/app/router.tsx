// Every address of the page, with what it carries. Each page is loaded when it is first wanted.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readLedgerSearch, readStudiesSearch, readStudySearch, readVerifySearch } from "./addresses.ts";
import { Crashed, NotFound } from "./lost-pages.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Crashed });

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../features/overview/overview-page.tsx"), "OverviewPage"),
});
const ledger = createRoute({
  getParentRoute: () => root,
  path: "/ledger",
  validateSearch: readLedgerSearch,
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
  validateSearch: readStudiesSearch,
  component: lazyRouteComponent(() => import("../features/studies/studies-page.tsx"), "StudiesPage"),
});
const study = createRoute({
  getParentRoute: () => root,
  path: "/studies/$study",
  validateSearch: readStudySearch,
  component: lazyRouteComponent(() => import("../features/studies/study-page.tsx"), "StudyPage"),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  validateSearch: readVerifySearch,
  component: lazyRouteComponent(() => import("../features/verify/verify-page.tsx"), "VerifyPage"),
});
const help = createRoute({
  getParentRoute: () => root,
  path: "/help",
  component: lazyRouteComponent(() => import("./help-page.tsx"), "HelpPage"),
});

/** The addresses. */
export const router = createRouter({
  routeTree: root.addChildren([overview, ledger, entry, studies, study, verify, help]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
