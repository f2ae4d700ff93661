// Texts that others chose, as a terminal may show them.

// Control characters, what ends lines, lone surrogates, and what shows nothing or turns the direction of writing; but not what letters need:
// the selectors of variants, and joiners behind letters of scripts that join. UAX #9 § 2, UAX #31 § 2.3.
const unseen =
  /[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]]|(?<![^\p{ASCII}])[\u200c\u200d]/gv;

/** Returns a text with everything replaced that would not be seen as it stands: escape sequences in it do nothing, and a line reads as it is. */
export function printable(text: string): string {
  return text.replaceAll(unseen, "\ufffd");
}

/** Returns JSON text of the same meaning in which all of that is escaped. Line ends and tabs between values stay. RFC 8259 § 7. */
export function printableJson(json: string): string {
  return json.replaceAll(unseen, (character) => (/[\n\r\t]/.test(character) ? character : escaped(character)));
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
