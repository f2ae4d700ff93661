// What every language needs to choose its words. A door of its own, so that whoever needs no more loads no more.

/** Returns the text that stands under `key`, or `otherwise` when none does. */
export function chosen(texts: Readonly<Record<string, string>>, key: string, otherwise = ""): string {
  return Object.hasOwn(texts, key) ? (texts[key] as string) : otherwise;
}

/** Makes the writer of counted nouns of a language that has one form for one and another for all other numbers. */
export function counter(language: string): (count: number, one: string, many: string) => string {
  const number = new Intl.NumberFormat(language);
  return (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;
}
