// Texts that FHIR takes: what a header holds may have characters that no FHIR string has. FHIR R4 § 2.24.0.1 (string, code, id, dateTime).
import { type OffsetTime, offsetTimeMs } from "@fiducial/core";

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that a FHIR string has none of.
const foreign = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** A text to be read by people: what FHIR has no place for is left out; undefined when nothing remains. */
export function shownText(text: string | undefined): string | undefined {
  const shown = text?.toWellFormed().replace(foreign, "").trim();
  return shown === "" ? undefined : shown;
}

/** A text that means what it means only as a whole: undefined when FHIR cannot hold it exactly. */
export function exactText(text: string | undefined): string | undefined {
  return text !== undefined && shownText(text) === text ? text : undefined;
}

/** A code: no spaces but single ones within; undefined when it is none. */
export function codeText(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= 64 && /^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(text) ? text : undefined;
}

/** A DICOM UID, as FHIR takes it for an id; undefined when it is none. DICOM PS3.5 § 9.1. */
export function uidText(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= 64 && /^[0-2](\.(0|[1-9]\d*))+$/.test(text) ? text : undefined;
}

/** A number as FHIR's unsignedInt, or undefined. */
export function unsignedInt(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647 ? value : undefined;
}

/** A time as FHIR's dateTime: with its offset, or, when that is unknown, the day alone, since FHIR has no time without offset. */
export function dateTimeOf(time: OffsetTime | undefined): string | undefined {
  if (time === undefined || offsetTimeMs(time) === undefined || time.startsWith("0000")) return undefined;
  return time.length === 23 ? time.slice(0, 10) : time;
}

/** Tells whether a text may be the id of a resource. */
export function isResourceId(text: string): boolean {
  return /^[A-Za-z0-9\-.]{1,64}$/.test(text);
}
