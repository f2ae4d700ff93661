// When a study was acquired, as far as DICOM says: the device's own time, with its offset where that is known.
import { localTimeText } from "../../i18n/formats.ts";
import { type LanguageName, languageTags } from "../../i18n/messages.ts";

/** Writes the time, or returns undefined when there is none that can be read; whatever else stands there is given back. */
export function acquiredText(acquired: string | undefined, language: LanguageName): string | undefined {
  if (acquired === undefined || acquired.trim() === "") return undefined;
  const [, local, offset = ""] = /^(\d{4}-\d\d-\d\dT[\d:.]+)(Z|[+-]\d\d:\d\d)?$/.exec(acquired) ?? [];
  if (local === undefined || Number.isNaN(Date.parse(`${local}Z`))) return acquired;
  const text = localTimeText(local, languageTags[language]).slice(0, -3);
  return offset === "" ? text : `${text} UTC${offset === "Z" ? "" : offset}`;
}
