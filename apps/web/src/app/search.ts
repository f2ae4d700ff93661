// Where what was found in the search box is shown.
import type { FoundPlace } from "@fiducial/api";

/** An address of the page. */
export type Address =
  | { readonly to: "/ledger/$index"; readonly params: { readonly index: string } }
  | { readonly to: "/studies/$study"; readonly params: { readonly study: string } }
  | { readonly to: "/ledger"; readonly search: { readonly study: string } }
  | { readonly to: "/members/$actor"; readonly params: { readonly actor: string } };

/** The address of something that was found. */
export function addressOf(place: FoundPlace): Address {
  if (place.type === "entry") return { to: "/ledger/$index", params: { index: String(place.entry.index) } };
  if (place.type === "study") return { to: "/studies/$study", params: { study: place.study.study } };
  if (place.type === "history") return { to: "/ledger", search: { study: place.history.study } };
  return { to: "/members/$actor", params: { actor: place.member.actor } };
}

/** The entry whose number somebody typed as one, `#12` or `entry 12`; undefined for anything else, bare digits too, which may be a patient's id. */
export function typedEntry(text: string): number | undefined {
  const number = /^(?:#\s*|entry\s+|eintrag\s+)(\d{1,15})$/i.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}
