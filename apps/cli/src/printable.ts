// Texts that others chose, as a terminal may show them.

/** Returns a file name, or a text out of a header or receipt, with control characters replaced: escape sequences in it do nothing. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\ufffd");
}
