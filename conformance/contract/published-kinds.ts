// What the page of kinds says of each kind: nature, who may state it, how long it is good, its fields. docs/kinds.md.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { objectShape, type Shape } from "./field-shapes.ts";

/** A kind as the page has it. */
export interface PublishedKind {
  readonly nature: "act" | "observation";
  /** Roles of persons and types of other actors. */
  readonly by: readonly string[];
  readonly goodForHours: number;
  readonly open: Shape;
  /** Names of the sealed fields, in ascending order. */
  readonly sealed: readonly string[];
  /** The codes of its own rule, in ascending order. */
  readonly codes: readonly string[];
}

/** Reads the page: kinds by `<kind>/<version>`. */
export function publishedKinds(): ReadonlyMap<string, PublishedKind> {
  const page = readFileSync(join(import.meta.dirname, "../../docs/kinds.md"), "utf8");
  // Headings of applications and of common codes hold no dot.
  const sections = page.split(/^##+ /m).filter((section) => /^\w+\./.test(section));
  return new Map(sections.map(kindOf));
}

function kindOf(section: string): [string, PublishedKind] {
  const head = /^Version (\d+) · (act|observation) · by ([^·]+) · home: \w+(?: · good for (\d+) hours)?$/m.exec(
    section,
  );
  const [, version, nature, by = "", hours = "168"] = head ?? [];
  const name = section.slice(0, section.indexOf("\n"));
  const sealed = fields(section, "Sealed").map((field) => /^`(\w+)/.exec(field)?.[1] ?? "");
  return [
    `${name}/${version}`,
    {
      nature: nature === "act" ? "act" : "observation",
      by: by.split(", "),
      goodForHours: Number(hours),
      open: objectShape(fields(section, "Open")),
      sealed: sealed.sort(),
      codes: [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code = ""]) => code).sort(),
    },
  ];
}

/** The list below `Open:` or `Sealed:`, without its dashes. */
function fields(section: string, title: string): string[] {
  const list = new RegExp(`^${title}:\n\n((?:- .+\n)+)`, "m").exec(section)?.[1] ?? "";
  return list.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(2)]));
}
