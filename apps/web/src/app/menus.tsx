// The two menus of the bar: how it looks, and in which language it speaks.
import { Menu } from "@mantine/core";
import {
  type Icon,
  IconCheck,
  IconContrast2,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  IconMoonStars,
  IconSun,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { languages } from "../i18n/messages.ts";
import { type ThemeChoice, useTheme } from "./theme.ts";

const themeIcons: readonly (readonly [ThemeChoice, Icon])[] = [
  ["system", IconDeviceDesktop],
  ["light", IconSun],
  ["dark", IconMoon],
  ["reading-room", IconMoonStars],
];

/** Chooses the theme. */
export function ThemeMenu(): ReactNode {
  const { t } = useWording();
  const { choice, choose } = useTheme();
  return (
    <ChoiceMenu label={t.shell.theme.label} icon={IconContrast2}>
      {themeIcons.map(([theme, Mark]) => (
        <Choice key={theme} value={theme} chosen={theme === choice} icon={Mark} choose={() => choose(theme)}>
          {t.shell.theme[theme]}
        </Choice>
      ))}
    </ChoiceMenu>
  );
}

/** Chooses the language. */
export function LanguageMenu(): ReactNode {
  const { t, language, choose } = useWording();
  return (
    <ChoiceMenu label={t.shell.language.label} icon={IconLanguage}>
      {languages.map((name) => (
        <Choice key={name} value={name} chosen={name === language} choose={() => choose(name)}>
          <span lang={name}>{t.shell.language[name]}</span>
        </Choice>
      ))}
    </ChoiceMenu>
  );
}

function ChoiceMenu({
  label,
  icon: Mark,
  children,
}: {
  readonly label: string;
  readonly icon: Icon;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Menu
      position="bottom-end"
      offset={6}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className="icon-button" aria-label={label} title={label}>
          <Mark size={18} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

function Choice({
  value,
  chosen,
  icon: Mark,
  choose,
  children,
}: {
  readonly value: string;
  readonly chosen: boolean;
  readonly icon?: Icon;
  readonly choose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Menu.RadioItem value={value} checked={chosen} onChange={choose} checkIcon={<IconCheck size={16} aria-hidden />}>
      <span className="row">
        {Mark && <Mark size={16} aria-hidden />}
        {children}
      </span>
    </Menu.RadioItem>
  );
}
