// A part of a page that a script writes, inside a page that people write.

/** Replaces what stands between `<!-- name: … -->` and `<!-- end of name -->` by `lines`. Throws when the page lacks either mark. */
export function withRegion(page: string, name: string, lines: readonly string[]): string {
  const begin = page.indexOf(`<!-- ${name}:`);
  const inside = page.indexOf("-->\n", begin) + "-->\n".length;
  const end = page.indexOf(`<!-- end of ${name} -->`, inside);
  if (begin < 0 || inside < begin || end < 0) throw new Error(`the page has no part called ${name}`);
  return `${page.slice(0, inside)}\n${lines.join("\n")}\n\n${page.slice(end)}`;
}
