// What somebody typed into the search box: an entry, a UID, or words to look for among studies.

/** What was meant. */
export type Search =
  | { readonly what: "entry"; readonly index: number }
  | { readonly what: "uid"; readonly uid: string }
  | { readonly what: "studies"; readonly words: string }
  | { readonly what: "nothing" };

/** Reads what was typed: a number of up to nine digits, or one after `#`, is an entry; digits and dots are a UID. */
export function readSearch(typed: string): Search {
  const text = typed.trim();
  if (text === "") return { what: "nothing" };
  const number = /^(?:#\s*|entry\s+|eintrag\s+)(\d{1,15})$/i.exec(text)?.[1] ?? /^\d{1,9}$/.exec(text)?.[0];
  if (number !== undefined) return { what: "entry", index: Number(number) };
  if (/^\d+(?:\.\d+){2,}$/.test(text) && text.length <= 64) return { what: "uid", uid: text };
  return { what: "studies", words: text.slice(0, 128) };
}
