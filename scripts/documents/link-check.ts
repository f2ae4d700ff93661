// What a document points at is there: links and their anchors, and every path of this repository that it mentions.

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** Folders and files that a mentioned path can begin with. */
const roots = "packages|apps|docs|scripts|vectors|conformance|e2e|bench";
const mentionedPath = new RegExp(`^(?:${roots})/[^\\s<>…]*$`);
/** A page of docs/ as comments in the sources name it, perhaps with a section. */
const cited = /\b(docs\/[\w./-]+\.md)(?: § ([A-Z][\w -]*))?/g;

/** Returns a sentence for each link, anchor and mentioned path of a document (its path from `root`) that leads nowhere. */
export function documentFaults(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), "utf8").replace(/^```[\s\S]*?^```$/gm, "");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string);
  const paths = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => (code as string).split(" ")[0] as string);
  return [
    ...links.filter((target) => !/^[a-z]+:/.test(target)).flatMap((target) => linkFaults(root, file, target)),
    ...new Set(
      paths
        .filter((path) => mentionedPath.test(path) && !isThere(root, path))
        .map((path) => `${file} mentions ${path}, which is not there`),
    ),
  ];
}

/** Returns a sentence for each page of docs/, and each section of one, that a source file names and that is not there. */
export function citationFaults(root: string, file: string): string[] {
  return [...readFileSync(join(root, file), "utf8").matchAll(cited)].flatMap(([, page = "", section]) => {
    if (!existsSync(join(root, page))) return [`${file} names ${page}, which is not there`];
    const titles = headings(readFileSync(join(root, page), "utf8")).map((title) => title.replaceAll("`", ""));
    // A section's name may run into the sentence that follows.
    const found = section === undefined || titles.some((title) => `${section} `.startsWith(`${title} `));
    return found ? [] : [`${file} names § ${section} of ${page}, which is not there`];
  });
}

/** Returns a sentence for each `fiducial` command (of one word or two) that a document shows as code and that there is not. */
export function commandFaults(root: string, file: string, commands: readonly string[]): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const shown = text.matchAll(/(?:`(?:npx )?|^ {4})fiducial ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/gm);
  const unknown = [...shown].flatMap(([, one = "", two]) =>
    commands.includes(one) || commands.includes(`${one} ${two}`) ? [] : [one],
  );
  return [...new Set(unknown)].map((name) => `${file} shows fiducial ${name}, which is no command`);
}

/** Every document of the repository, from `root`. */
export function documents(root: string): string[] {
  return globSync(["*.md", "docs/**/*.md", "{vectors,conformance,bench,e2e,packages,apps}/**/*.md"], {
    cwd: root,
    exclude: ["**/node_modules/**", "**/build/**"],
  }).sort();
}

function linkFaults(root: string, file: string, target: string): string[] {
  const [path = "", anchor] = target.split("#");
  const aim = path === "" ? file : normalize(join(dirname(file), path));
  if (aim.startsWith("..") || !existsSync(join(root, aim))) return [`${file} links to ${target}, which is not there`];
  if (anchor === undefined || !aim.endsWith(".md")) return [];
  const anchors = anchorsOf(readFileSync(join(root, aim), "utf8"));
  return anchors.has(anchor) ? [] : [`${file} links to ${target}, and there is no such place in ${aim}`];
}

function isThere(root: string, path: string): boolean {
  const bare = path.replace(/[.,;:]$/, "");
  if (!/[*{]/.test(bare)) return existsSync(join(root, bare));
  return globSync(bare, { cwd: root, exclude: ["**/node_modules/**"] }).length > 0;
}

/** Headings become anchors as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const ofHeadings = headings(text).map((title) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...ofHeadings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id as string)]);
}

function headings(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => (title as string).trim());
}
