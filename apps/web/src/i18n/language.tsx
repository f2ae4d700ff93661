// The language of the page, for every component below.
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { keep, keptValue } from "../ui/kept.ts";
import { en } from "./en.ts";
import { type Formats, formatsOf } from "./formats.ts";
import { chooseLanguage, type LanguageName, languageTags, type Messages } from "./messages.ts";

/** What a component needs to say something. */
export interface Wording {
  readonly language: LanguageName;
  readonly t: Messages;
  readonly formats: Formats;
  choose(language: LanguageName): void;
}

const Context = createContext<Wording | undefined>(undefined);

/** Gives the page its language: the one chosen last, else the reader's own. Other languages than English are loaded when wanted. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(() => chooseLanguage(keptValue("language"), navigator.languages));
  const [t, setTexts] = useState<Messages>(en);
  useEffect(() => {
    let current = true;
    document.documentElement.lang = language;
    void textsOf(language).then((texts) => current && setTexts(texts));
    return () => {
      current = false;
    };
  }, [language]);
  const wording = useMemo(
    () => ({
      language,
      t,
      formats: formatsOf(languageTags[language]),
      choose(next: LanguageName) {
        keep("language", next);
        setLanguage(next);
      },
    }),
    [language, t],
  );
  return <Context value={wording}>{children}</Context>;
}

/** Returns the language of the page. */
export function useWording(): Wording {
  const wording = use(Context);
  if (wording === undefined) throw new RangeError("A component that speaks stands outside of LanguageProvider.");
  return wording;
}

async function textsOf(language: LanguageName): Promise<Messages> {
  return language === "de" ? (await import("./de.ts")).de : en;
}
