// Times as milliseconds since 1970, read by ECMAScript's own Date. docs/formats/statement.md § Times.

const hourMs = 3_600_000;

/** The milliseconds of so many hours. */
export function hours(count: number): number {
  return count * hourMs;
}

/** The instant that a time with `Z` means. */
export function instant(text: string): number {
  return Date.parse(text);
}

/** The first and last instant that a time may mean: one and the same, unless it has no offset. */
export function instants(text: string): { readonly earliest: number; readonly latest: number } {
  const hasOffset = /(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const at = Date.parse(hasOffset ? text : `${text}Z`);
  return hasOffset ? { earliest: at, latest: at } : { earliest: at - hours(14), latest: at + hours(12) };
}
