// Where what was found in the search box is shown.
import type { FoundPlace } from "@fiducial/api";

/** An address of the page. */
export type Address =
  | { readonly to: "/ledger/$index"; readonly params: { readonly index: string } }
  | {
      readonly to: "/studies/$study";
      readonly params: { readonly study: string };
      readonly search: { readonly statement?: string; readonly item?: number };
    }
  | { readonly to: "/ledger"; readonly search: { readonly study: string } }
  | { readonly to: "/members/$actor"; readonly params: { readonly actor: string } };

/** The address of something that was found. */
export function addressOf(place: FoundPlace): Address {
  if (place.type === "entry") return { to: "/ledger/$index", params: { index: String(place.entry.index) } };
  if (place.type === "study") {
    const { study, object } = place;
    const search = object === undefined ? {} : { statement: object.statementId, item: object.item };
    return { to: "/studies/$study", params: { study: study.study }, search };
  }
  if (place.type === "history") return { to: "/ledger", search: { study: place.history.study } };
  return { to: "/members/$actor", params: { actor: place.member.actor } };
}

/** The one place that all of it comes to: what was found alone, or the study in which the object is that a UID names, whose entries its page has too. */
export function placeMeant(places: readonly FoundPlace[]): FoundPlace | undefined {
  if (places.length === 1) return places[0];
  const [study, ...others] = places.filter(({ type }) => type === "study");
  const isObject = study?.type === "study" && study.object !== undefined;
  return isObject && others.length === 0 && places.every(isOfObject) ? study : undefined;
}

function isOfObject({ type }: FoundPlace): boolean {
  return type === "study" || type === "entry";
}

/** The entry whose number somebody typed as one, `#12` or `entry 12`; undefined for anything else, bare digits too, which may be a patient's id. */
export function typedEntry(text: string): number | undefined {
  const number = /^(?:#\s*|entry\s+|eintrag\s+)(\d{1,15})$/i.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}
