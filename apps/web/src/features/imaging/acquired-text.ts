// When a study was acquired, as far as DICOM says: with an offset in the reader's time, without one as it stands.
import { type Formats, localTimeText } from "../../i18n/formats.ts";
import { type LanguageName, languageTags } from "../../i18n/messages.ts";

/** Writes the time, or returns undefined when there is none that can be read; whatever else stands there is given back. */
export function acquiredText(
  acquired: string | undefined,
  formats: Formats,
  language: LanguageName,
): string | undefined {
  if (acquired === undefined || acquired.trim() === "") return undefined;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(acquired)) return localTimeText(acquired, languageTags[language]).slice(0, -3);
  const hasOffset = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(acquired);
  if (hasOffset && !Number.isNaN(Date.parse(acquired))) return `${formats.day(acquired)}, ${formats.clock(acquired)}`;
  return acquired;
}
