// The way to every page that somebody may open: a rail at the side; on a phone tabs below, and a menu for what has no tab.
import { Menu } from "@mantine/core";
import { IconDotsCircleHorizontal } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { useSession } from "../ui/session.ts";
import { type Destination, destinationsOf } from "./destinations.ts";

/** How many tabs stand side by side on a phone. */
const tabs = 5;

/** The rail. */
export function Rail(): ReactNode {
  const { t } = useWording();
  const shown = destinationsOf(useSession()?.permissions);
  const beyond = shown.length > tabs ? shown.slice(tabs - 1) : [];
  return (
    <nav className="rail" aria-label={t.shell.navigation}>
      {shown.map(({ to, page, icon: Mark }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === "/", includeSearch: false }}
          className={`rail-link ${beyond.some((one) => one.to === to) ? "beyond-tabs" : ""}`}
        >
          <Mark size={20} stroke={1.75} aria-hidden />
          {t.shell.pages[page]}
        </Link>
      ))}
      {beyond.length > 0 && <MoreTab pages={beyond} />}
    </nav>
  );
}

// Shown on a phone only.
function MoreTab({ pages }: { readonly pages: readonly Destination[] }): ReactNode {
  const { t } = useWording();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isHere = ({ to }: Destination) => path === to || path.startsWith(`${to}/`);
  return (
    <div className="more-tab">
      <Menu
        position="top-end"
        offset={10}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        transitionProps={{ duration: 0 }}
      >
        <Menu.Target>
          <button type="button" className={`rail-link ${pages.some(isHere) ? "active" : ""}`}>
            <IconDotsCircleHorizontal size={20} stroke={1.75} aria-hidden />
            {t.shell.more}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {pages.map((page) => (
            <Menu.Item
              key={page.to}
              component={Link}
              to={page.to}
              {...(isHere(page) && { "aria-current": "page" as const })}
            >
              <span className="row">
                <page.icon size={20} stroke={1.75} aria-hidden />
                {t.shell.pages[page.page]}
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
