// The data dictionary for a bundle that must stay small: every attribute with its value representation, but keywords only for those that comparisons
// ask for by name. Fingerprints rest on the representation alone; an attribute without a keyword is shown by its tag.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const tableFile = /\/dictionary\/attribute-table\.ts$/;

/** Replaces the table of attributes by one that is unpacked from a short text, which is a file of its own where a bundle may have several. */
export function compactDictionary(): Plugin {
  const part = "\0attribute-table";
  let file = "";
  return {
    name: "compact-dictionary",
    enforce: "pre",
    resolveId: (id) => (id === part ? id : undefined),
    load(id) {
      if (id === part) return compactModule(readFileSync(file, "utf8"), comparisonSources(file));
      if (!tableFile.test(id)) return undefined;
      file = id;
      return `export const { attributeTable } = await import(${JSON.stringify(part)});`;
    },
  };
}

/** Writes the module: the packed table, and the code that unpacks it into the lines that dictionary.ts reads. */
export function compactModule(table: string, users: string): string {
  const { steps, representations, keywords } = pack(table, users);
  return `const steps = ${JSON.stringify(steps)}, representations = ${JSON.stringify(representations)}, keywords = ${JSON.stringify(keywords)};
${unpack.toString()}
export const attributeTable = unpack(steps, representations, keywords);
`;
}

interface Packed {
  /** By group: its number, then the distance from one element to the next: one letter when short, else hex between commas. */
  readonly steps: string;
  /** One letter for each attribute, in the same order: its place among `known`. */
  readonly representations: string;
  /** `place keyword`, place counted in attributes. */
  readonly keywords: string;
}

// Short ones stand for many: what a value representation means here is how its value is written, and how wide its numbers are.
const known = ["LO", "CS", "SQ", "US", "UN", "FD", "FL", "UL", "SS", "SL", "UI", "xs"];
const sameAs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["LT", "PN", "SH", "ST", "UC", "UT"].map((vr) => [vr, "LO"])),
  ...Object.fromEntries(["AE", "AS", "DA", "DS", "DT", "IS", "TM", "UR"].map((vr) => [vr, "CS"])),
};
const line = /^([0-9A-FX]{4})([A-Z]{2}|ox|xs|lt|up)(!?)(.*)$/;

function pack(source: string, users: string): Packed {
  const table = source.slice(source.indexOf("`") + 1, source.lastIndexOf("`"));
  let steps = "";
  let representations = "";
  let last = 0;
  let count = 0;
  const keywords: string[] = [];
  const used = wordsIn(users);
  for (const text of table.split("\n").filter((row) => row !== "")) {
    const [, element, vr = "", , keyword = ""] = line.exec(text) ?? [];
    if (element === undefined) {
      steps += `;${text};`;
      last = 0;
      continue;
    }
    const number = Number.parseInt(element.replaceAll("X", "0"), 16);
    const step = number - last;
    // What repeats keeps its letters.
    if (element.includes("X") || step < 0 || step > 25) steps += `,${element},`;
    else steps += String.fromCharCode(97 + step);
    last = number;
    const kept = sameAs[vr] ?? vr;
    representations += String.fromCharCode(
      97 + Math.max(0, known.includes(kept) ? known.indexOf(kept) : known.indexOf("UN")),
    );
    if (used.has(keyword)) keywords.push(`${count} ${keyword}`);
    count += 1;
  }
  return { steps, representations, keywords: keywords.join("\n") };
}

// Keywords stand in quotes, or name a member whose value does.
function wordsIn(users: string): ReadonlySet<string> {
  return new Set(
    [...users.matchAll(/"([A-Za-z0-9]+)"| ([A-Za-z0-9]+): (?=")/g)].map(([, one, other = ""]) => one ?? other),
  );
}

function comparisonSources(id: string): string {
  const folder = join(dirname(id), "..", "comparison");
  return globSync("*.ts", { cwd: folder, exclude: (name) => name.endsWith(".test.ts") })
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}

// Stands in the bundle as it is: no names from outside, no newer syntax than the bundle's.
function unpack(steps: string, representations: string, keywords: string): string {
  const vrs = ["LO", "CS", "SQ", "US", "UN", "FD", "FL", "UL", "SS", "SL", "UI", "xs"];
  const names = new Map(keywords.split("\n").map((row) => row.split(" ") as [string, string]));
  let last = 0;
  let at = 0;
  let lines = "";
  for (const [token = ""] of steps.matchAll(/;[0-9A-FX]{4};|,[0-9A-FX]{4},|[a-z]/g)) {
    if (token[0] === ";") {
      lines += `${token.slice(1, 5)}\n`;
      last = 0;
      continue;
    }
    const step = token.charCodeAt(0) - 97;
    const element = token[0] === "," ? token.slice(1, 5) : (last + step).toString(16).toUpperCase().padStart(4, "0");
    last = Number.parseInt(element.replaceAll("X", "0"), 16);
    lines += `${element}${vrs[representations.charCodeAt(at) - 97]}${names.get(String(at)) ?? ""}\n`;
    at += 1;
  }
  return lines;
}
