// Texts that others chose, as a terminal may show them.

/**
 * Returns a file name, or a text out of a header or receipt, with control characters replaced, so that escape sequences in it do nothing, and
 * those that end lines or turn the direction of writing, so that a line reads as it stands. UAX #9 § 2.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, "\ufffd");
}
