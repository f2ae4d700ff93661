// Single keys: they never fire while somebody types, and can be switched off. WCAG 2.2, 2.1.4 Character Key Shortcuts.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { keep, keptValue } from "./kept.ts";

/** What a key does. Returning false leaves the key to the browser. */
export type KeyAction = (event: KeyboardEvent) => unknown;

let single = keptValue("keys") !== "off";
const listeners = new Set<() => void>();

/** Whether single keys are on, and how to switch them. `?` and `/` stay on, or nobody could switch the others on again. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, areOn);
  return [on, switchKeys];
}

/** Does what `actions` says while the component is shown; keys by their `KeyboardEvent.key`. */
export function useKeys(actions: Readonly<Record<string, KeyAction>>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const action = current.current[event.key];
      const chorded = event.ctrlKey || event.metaKey || event.altKey;
      if (action === undefined || chorded || event.defaultPrevented || isTyping(event.target)) return;
      if (event.key.length === 1 && !areOn() && !always.has(event.key)) return;
      if (action(event) !== false) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

/** Moves the focus to the next (1) or previous (-1) of the elements that `selector` finds, from the one that has it. */
export function moveFocus(selector: string, step: 1 | -1): void {
  const places = [...document.querySelectorAll<HTMLElement>(selector)];
  const at = places.findIndex((place) => place.contains(document.activeElement));
  const next = at < 0 ? (step === 1 ? 0 : places.length - 1) : Math.min(places.length - 1, Math.max(0, at + step));
  places[next]?.focus();
  places[next]?.scrollIntoView({ block: "nearest" });
}

const always: ReadonlySet<string> = new Set(["?", "/"]);

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function areOn(): boolean {
  return single;
}

function switchKeys(on: boolean): void {
  single = on;
  keep("keys", on ? "on" : "off");
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
