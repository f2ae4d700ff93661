// When a study was acquired, as far as DICOM says: the device's own time, with its offset where that is known.
import { statedTime } from "../../i18n/formats.ts";
import { type LanguageName, languageTags } from "../../i18n/messages.ts";

/** Writes the time, or returns undefined when there is none that can be read; whatever else stands there is given back. */
export function acquiredText(acquired: string | undefined, language: LanguageName): string | undefined {
  if (acquired === undefined || acquired.trim() === "") return undefined;
  const stated = statedTime(acquired, languageTags[language]);
  return stated === undefined ? acquired : `${stated.local.slice(0, -3)} ${stated.zone}`.trimEnd();
}
