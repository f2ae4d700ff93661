// The texts of a page: every language has the same keys, which the compiler checks.
import type { en } from "./en.ts";

/** All texts of one language. */
export type Messages = typeof en;

/** The languages there are texts for. */
export const languages = ["en", "de"] as const;
export type LanguageName = (typeof languages)[number];

/** The tag by which figures and dates are written. BCP 47. */
export const languageTags: Readonly<Record<LanguageName, string>> = { en: "en-GB", de: "de-DE" };

/** Chooses a language: the one chosen before, else the first of the reader's that there is, else English. */
export function chooseLanguage(kept: string | null, preferred: readonly string[]): LanguageName {
  const wanted = [kept ?? "", ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.map((tag) => languages.find((language) => language === tag)).find((one) => one !== undefined) ?? "en";
}
