// New entries and lists: a list is brought up to date only when nobody is reading it; else it says how many are waiting.
import { type RefObject, useEffect, useRef } from "react";
import { useLive } from "./live.tsx";

/** Returns how many entries wait to be shown in the list at `place`, which shows a log of `size` entries; shows them itself when it is not being read. */
export function useNewEntries(
  size: number | undefined,
  show: () => void,
): { readonly waiting: number; readonly place: RefObject<HTMLDivElement | null> } {
  const place = useRef<HTMLDivElement>(null);
  const current = useRef(show);
  current.current = show;
  const live = useLive();
  const waiting = size === undefined || live.size === undefined ? 0 : Math.max(0, live.size - size);
  useEffect(() => {
    if (waiting > 0 && !isRead(place.current)) current.current();
  }, [waiting]);
  return { waiting, place };
}

function isRead(list: HTMLElement | null): boolean {
  return list !== null && (list.matches(":hover") || list.contains(document.activeElement) || scrollY > 80);
}
