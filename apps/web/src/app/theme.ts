// The theme: as the system has it, or as chosen. index.html sets it before the first paint by the same rule.
import { useEffect, useSyncExternalStore } from "react";
import { keep, keptValue } from "../ui/kept.ts";

/** What can be shown. The reading room is darker than dark and does not follow the system. */
export const themes = ["light", "dark", "reading-room"] as const;
export type Theme = (typeof themes)[number];
export type ThemeChoice = Theme | "system";

let chosen: ThemeChoice | undefined;
const listeners = new Set<() => void>();

/** The choice, what is shown by it, and how to choose. */
export function useTheme(): { readonly choice: ThemeChoice; readonly theme: Theme; choose(choice: ThemeChoice): void } {
  const choice = useSyncExternalStore(subscribe, keptChoice);
  const dark = useSyncExternalStore(subscribe, systemIsDark);
  const theme = choice === "system" ? (dark ? "dark" : "light") : choice;
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    document.documentElement.dataset["mantineColorScheme"] = schemeOf(theme);
  }, [theme]);
  return { choice, theme, choose };
}

/** The scheme that parts from a library take. */
export function schemeOf(theme: Theme): "light" | "dark" {
  return theme === "light" ? "light" : "dark";
}

function keptChoice(): ThemeChoice {
  const kept = chosen ?? keptValue("theme");
  return themes.find((theme) => theme === kept) ?? "system";
}

function choose(choice: ThemeChoice): void {
  chosen = choice;
  keep("theme", choice);
  for (const listener of listeners) listener();
}

function systemIsDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}
