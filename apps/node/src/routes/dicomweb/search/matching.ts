// Whether an attribute is what a search asks for. DICOM PS3.4 § C.2.2.2, PS3.18 § 8.3.4.1.
import type { JsonAttribute, JsonName, JsonValue } from "@fiducial/dicom/dicomweb";

/** Tells whether one of an attribute's values matches one of those asked for. An attribute that is missing or empty matches nothing. */
export function matches(attribute: JsonAttribute | undefined, asked: readonly string[]): boolean {
  const { vr, Value = [] } = attribute ?? { vr: "" };
  const match = byVr[vr] ?? wildcards;
  return Value.some((value) => asked.some((text) => match(value, text)));
}

type Match = (value: JsonValue, asked: string) => boolean;

const wildcards: Match = (value, asked) => matchesWildcards(String(value), asked);
const range: Match = (value, asked) => isInRange(String(value).replaceAll(/[.:]/g, ""), asked.replaceAll(/[.:]/g, ""));

const byVr: Readonly<Record<string, Match>> = {
  UI: (value, asked) => value === asked,
  DA: range,
  TM: range,
  DT: range,
  PN: (value, asked) => namesOf(value).some((name) => matchesWildcards(folded(name), folded(asked))),
  IS: (value, asked) => Number(value) === Number(asked),
  DS: (value, asked) => Number(value) === Number(asked),
  US: (value, asked) => String(value) === asked,
};

/** Tells whether a text fits a pattern in which `*` is any text and `?` any character, in time proportional to both lengths. */
export function matchesWildcards(text: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0];
  let star: { readonly pattern: number; text: number } | undefined;
  while (at < text.length) {
    if (pattern[inPattern] === "*") star = { pattern: inPattern++, text: at };
    else if (inPattern < pattern.length && (pattern[inPattern] === "?" || pattern[inPattern] === text[at])) {
      at++;
      inPattern++;
    } else if (star !== undefined) {
      star.text++;
      at = star.text;
      inPattern = star.pattern + 1;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern++;
  return inPattern === pattern.length;
}

// Both ends belong to it. A time that is less exact stands for all that begin with it: 10 is from 10 to 10:59:59.
function isInRange(value: string, asked: string): boolean {
  const [from = "", to] = asked.split("-");
  if (to === undefined) return value.startsWith(from) || from.startsWith(value);
  return (from === "" || value >= from) && (to === "" || value <= to || value.startsWith(to));
}

// Each component group by itself, and all of them as they stand in the object.
function namesOf(value: JsonValue): string[] {
  const { Alphabetic = "", Ideographic = "", Phonetic = "" } = value as JsonName;
  const groups = [Alphabetic, Ideographic, Phonetic];
  return [...groups.filter((group) => group !== ""), groups.join("=").replace(/=+$/, "")];
}

function folded(name: string): string {
  return name.toLowerCase().normalize("NFC").replace(/\^+$/, "");
}
