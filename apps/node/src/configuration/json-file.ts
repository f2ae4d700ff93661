// The configuration file as what stands where: JSON (RFC 8259) and nothing more, with the line and column of everything.
import { readFileSync } from "node:fs";
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { ConfigurationProblem } from "./problems.ts";

/** A file's settings, and where each stands. */
export interface JsonFile {
  readonly value: unknown;
  /** `file:line:column` of a path, or of the nearest above it that stands in the file. */
  position(path: readonly PropertyKey[]): string;
  readonly problems: readonly ConfigurationProblem[];
}

const mostBytes = 1_048_576;

/** Reads a file. Problems are values: it is not there, it is no JSON, a name stands twice. */
export function readJsonFile(path: string): JsonFile {
  let text: string;
  try {
    const bytes = readFileSync(path);
    if (bytes.length > mostBytes) return failed({ code: "CONFIGURATION_MALFORMED", where: path });
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    const code = thrown instanceof TypeError ? "CONFIGURATION_MALFORMED" : "CONFIGURATION_UNREADABLE";
    return failed({ code, where: path });
  }
  return parseJsonFile(path, text);
}

/** Takes a file's text apart. */
export function parseJsonFile(path: string, text: string): JsonFile {
  const at = (offset: number) => `${path}:${placeOf(text, offset)}`;
  if (text.startsWith("\ufeff"))
    return failed({ code: "CONFIGURATION_MALFORMED", where: at(0), allowed: "no byte order mark" });
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined || tree === undefined)
    return failed({ code: "CONFIGURATION_MALFORMED", where: at(first?.offset ?? 0) });
  if (tree.type !== "object")
    return failed({ code: "CONFIGURATION_MALFORMED", where: at(tree.offset), allowed: "an object" });
  const problems: ConfigurationProblem[] = [];
  return {
    value: valueAt(tree, [], (names, offset) =>
      problems.push({ code: "SETTING_TWICE", setting: pathWords(names), where: at(offset) }),
    ),
    position: (names) => at(offsetOf(tree, names)),
    problems,
  };
}

/** A path as people write it: `folders[0].id`. */
export function pathWords(names: readonly PropertyKey[]): string {
  return names
    .map((name, at) => (typeof name === "number" ? `[${name}]` : `${at === 0 ? "" : "."}${String(name)}`))
    .join("");
}

function failed(problem: ConfigurationProblem): JsonFile {
  return { value: {}, position: () => problem.where ?? "", problems: [problem] };
}

function valueAt(
  node: Node,
  names: readonly PropertyKey[],
  twice: (names: PropertyKey[], offset: number) => void,
): unknown {
  if (node.type === "array") return (node.children ?? []).map((child, at) => valueAt(child, [...names, at], twice));
  if (node.type !== "object") return node.value;
  const members = new Map<string, unknown>();
  for (const { children: [key, value] = [], offset } of node.children ?? []) {
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (members.has(name)) twice([...names, name], offset);
    members.set(name, valueAt(value, [...names, name], twice));
  }
  // A member of any name, `__proto__` too, is a member and nothing else.
  return Object.fromEntries(members);
}

function offsetOf(tree: Node, names: readonly PropertyKey[]): number {
  let node = tree;
  let offset = tree.offset;
  for (const name of names) {
    const found = childOf(node, name);
    if (found === undefined) break;
    offset = found.offset;
    node = found.value;
  }
  return offset;
}

function childOf({ type, children = [] }: Node, name: PropertyKey): { offset: number; value: Node } | undefined {
  if (type === "array") {
    const value = children[Number(name)];
    return value === undefined ? undefined : { offset: value.offset, value };
  }
  const property = children.findLast(({ children: [key] = [] }) => key?.value === name);
  const value = property?.children?.[1];
  return property === undefined || value === undefined ? undefined : { offset: property.offset, value };
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
