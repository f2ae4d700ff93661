// Who sits here: name and role, another user, the way out. Where nobody does, the way in.
import { Menu } from "@mantine/core";
import {
  IconFingerprint,
  IconId,
  IconLogin2,
  IconLogout,
  IconSwitchHorizontal,
  IconUserCircle,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { passkeyAddress, signInAddress, signOut, useSession } from "../ui/session.ts";

/** The menu of the person who is signed in. */
export function UserMenu(): ReactNode {
  const { t } = useWording();
  const session = useSession();
  const navigate = useNavigate();
  if (session === undefined) return null;
  if (session.caller !== "person")
    return (
      <span className="row">
        <a
          className="icon-button bar-passkey"
          href={passkeyAddress()}
          aria-label={t.shell.usePasskey}
          title={t.shell.usePasskey}
        >
          <IconFingerprint size={20} stroke={1.75} aria-hidden />
        </a>
        <a className="button small" href={signInAddress()}>
          <IconLogin2 size={16} aria-hidden />
          {t.shell.signIn}
        </a>
      </span>
    );
  const { name = "", roles = [], demoSignIn } = session;
  const held = roles.map((role) => t.words.roles[role]);
  const leave = (choose: boolean) => () => void signOut(choose).catch(() => location.reload());
  return (
    <Menu
      position="bottom-end"
      offset={6}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className="user-button">
          <IconUserCircle size={22} stroke={1.5} aria-hidden />
          <span className="unseen">{t.shell.user.label} </span>
          <span className="user-words">
            <span className="strong cut">{held[0] ?? t.shell.user.noRole}</span>{" "}
            <span className="size-12 third cut">{name}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="user-facts">
          <div className="strong">{name}</div>
          <div className="size-12 second">{held.length === 0 ? t.shell.user.noRole : held.join(", ")}</div>
          {demoSignIn && <div className="size-12 user-demo">{t.shell.user.demo}</div>}
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => void navigate({ to: "/account" })}>
          <span className="row">
            <IconId size={16} aria-hidden />
            {t.shell.user.account}
          </span>
        </Menu.Item>
        <Menu.Item onClick={leave(true)}>
          <span className="row">
            <IconSwitchHorizontal size={16} aria-hidden />
            {t.shell.user.switch}
          </span>
        </Menu.Item>
        <Menu.Item onClick={leave(false)}>
          <span className="row">
            <IconLogout size={16} aria-hidden />
            {t.shell.user.signOut}
          </span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
