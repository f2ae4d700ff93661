// Which entries of identity lead to the signers of a statement: what a receipt takes along. docs/formats/receipt.md § Key chain.
import type { Content } from "@fiducial/core";
import type { IdentityQueries } from "./identity-part.ts";

/** Indexes, ascending, of the entries that show where the signers' keys, actors and roles come from, up to entry 0. */
export function keyChainOf(
  queries: IdentityQueries,
  index: number,
  content: Content,
  contentAt: (index: number) => Content,
): number[] {
  const links = new Set<number>([0]);
  const open: { readonly content: Content; readonly index: number }[] = [{ content, index }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const link of linksOf(queries, next.index, next.content)) {
      if (links.has(link)) continue;
      links.add(link);
      open.push({ index: link, content: contentAt(link) });
    }
  }
  links.delete(index);
  return [...links].sort((a, b) => a - b);
}

// What stood in the log before entry `index` about those who sign it.
function linksOf(queries: IdentityQueries, index: number, { signers }: Content): number[] {
  return signers.flatMap(({ key, actor }) => {
    const roles = queries.roles(actor).filter(({ withdrawnBy }) => withdrawnBy === null || withdrawnBy > index);
    const facts = [queries.key(key), queries.actor(actor), ...roles];
    return facts.flatMap((fact) => (fact !== undefined && fact.index < index ? [fact.index] : []));
  });
}
